"""What the charts show, as data: cost over time, burn-down of each commitment, utilisation of pools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from router.plan.document import NOT_CASH, BillCategory
from router.report.period_groups import PeriodGroup, days_between, group_periods, period_label
from router.report.tables.cost import NO_PROVIDER, provider_names

if TYPE_CHECKING:
    from router.plan.document import Plan, WindowRecord
    from router.scenario.scenario import Scenario

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class CostOverTime:
    """Cash by provider and period.

    `boundaries` are the T + 1 dates between periods; `usd[provider][t]` is undiscounted cash, negative where
    credits are larger than costs; `usd_per_month` the same over the period's length, so that months and
    quarters can stand side by side.
    """

    labels: tuple[str, ...]
    boundaries: tuple[date, ...]
    providers: tuple[str, ...]
    usd: tuple[tuple[float, ...], ...]
    usd_per_month: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class BurnDownPoint:
    """What is left of a promise at the start of a day; below 0 where more was spent."""

    day: date
    remaining_usd: float


@dataclass(frozen=True)
class BurnDownWindow:
    """The course of one window, from the first day that the plan counts to its end (or the horizon's)."""

    promise_usd: float
    shortfall_usd: float
    met_on: date | None
    prorated: bool
    points: tuple[BurnDownPoint, ...]

    def remaining_at(self, day: date) -> float | None:
        """What is left at the start of a day, on straight lines between points; None outside the window."""
        if not self.points or not self.points[0].day <= day <= self.points[-1].day:
            return None
        for before, after in zip(self.points, self.points[1:], strict=False):
            if day <= after.day:
                part = days_between(before.day, day) / max(1, days_between(before.day, after.day))
                return before.remaining_usd + part * (after.remaining_usd - before.remaining_usd)
        return self.points[-1].remaining_usd


@dataclass(frozen=True)
class BurnDown:
    """A commitment's windows, in order of time."""

    contract: str
    commitment: str
    windows: tuple[BurnDownWindow, ...]


@dataclass(frozen=True)
class Utilisation:
    """How full pools are: rows are pools, columns groups of periods.

    `held` is what services and runs hold in the busiest slice, in instances, averaged over the hours of the
    group, `capacity` the pool's; `share` one by the other, None where there is no capacity.
    """

    pools: tuple[str, ...]
    groups: tuple[PeriodGroup, ...]
    held: tuple[tuple[float, ...], ...]
    capacity: tuple[tuple[float, ...], ...]
    share: tuple[tuple[float | None, ...], ...]


def cost_over_time(plan: Plan, scenario: Scenario) -> CostOverTime:
    """Cash by provider over time; providers that are paid nothing are left out."""
    names = provider_names(plan, scenario)
    amounts = {name: [0.0] * len(plan.periods) for name in names}
    for line in plan.bill:
        if line.category not in NOT_CASH:
            amounts[line.provider or NO_PROVIDER][line.period] += line.amount_usd
    paid = [name for name in names if any(amounts[name])]
    months = [days_between(period.start, period.end) / DAYS_PER_MONTH for period in plan.periods]
    return CostOverTime(
        labels=tuple(period_label(period) for period in plan.periods),
        boundaries=(*(period.start for period in plan.periods), plan.periods[-1].end),
        providers=tuple(paid),
        usd=tuple(tuple(amounts[name]) for name in paid),
        usd_per_month=tuple(
            tuple(amount / length for amount, length in zip(amounts[name], months, strict=True)) for name in paid
        ),
    )


def burn_downs(plan: Plan, scenario: Scenario) -> tuple[BurnDown, ...]:
    """The burn-down of each commitment, from the bill's usage and reservations under its contract."""
    spend: dict[str, list[float]] = {}
    for line in plan.bill:
        if line.contract is not None and line.category in (BillCategory.USAGE, BillCategory.RESERVATION):
            by_period = spend.setdefault(line.contract, [0.0] * len(plan.periods))
            by_period[line.period] += line.amount_usd
    windows: dict[tuple[str, str], list[WindowRecord]] = {}
    for window in plan.windows:
        windows.setdefault((window.contract, window.commitment), []).append(window)
    nothing = [0.0] * len(plan.periods)
    return tuple(
        BurnDown(
            contract,
            commitment,
            tuple(
                _burn_down_window(window, spend.get(contract, nothing), plan, scenario)
                for window in sorted(records, key=lambda record: record.start)
            ),
        )
        for (contract, commitment), records in windows.items()
    )


def utilisation(plan: Plan, scenario: Scenario, most_groups: int = 60) -> Utilisation:
    """How full each pool of the scenario is, over at most `most_groups` groups of periods."""
    # Reports without this chart are drawn without numpy.
    from router.report.pool_use import pool_capacity, pool_use

    groups = group_periods(plan.periods, most_groups)
    pools = tuple(scenario.pools)
    hours = [period.hours for period in plan.periods]

    def averages(rows: list[list[float]]) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(_average(row, hours, group) for group in groups) for row in rows)

    held = averages(pool_use(plan, pools).held.tolist())
    capacity = averages(pool_capacity(plan, scenario)[0].tolist())
    share = tuple(
        tuple(used / there if there > 0 else None for used, there in zip(*rows, strict=True))
        for rows in zip(held, capacity, strict=True)
    )
    return Utilisation(pools, groups, held, capacity, share)


def _burn_down_window(window: WindowRecord, spend: Sequence[float], plan: Plan, scenario: Scenario) -> BurnDownWindow:
    contract = scenario.contracts.get(window.contract)
    left = window.promise_usd - window.carried_in_usd - window.spent_to_date_usd
    # A spent to date is known as a sum only: the line starts where the plan does.
    start = max(window.counted_from, plan.periods[0].start)
    points = [BurnDownPoint(start, left)]
    for period in plan.periods:
        first, last = max(period.start, window.start), min(period.end, window.end)
        counted = days_between(first, last)
        if not counted:
            continue
        # The share of the period's spend that falls in the window: docs/model.md, commitment_window.
        in_term = (
            days_between(max(period.start, contract.start), min(period.end, contract.end))
            if contract is not None
            else days_between(period.start, period.end)
        )
        left -= spend[period.index] * counted / in_term if in_term else 0.0
        points.append(BurnDownPoint(last, left))
    # The window's own drawdown has the tier credits in it, which are settled at its end.
    final = window.promise_usd - window.carried_in_usd - window.drawdown_usd
    if len(points) > 1:
        points[-1] = BurnDownPoint(points[-1].day, final)
    return BurnDownWindow(
        promise_usd=window.promise_usd,
        shortfall_usd=window.shortfall_usd,
        met_on=window.met_on,
        prorated=window.counted_from > window.start or window.counted_to < window.end,
        points=tuple(points),
    )


def _average(values: Sequence[float], hours: Sequence[float], group: PeriodGroup) -> float:
    part = range(group.first, group.last + 1)
    return sum(values[index] * hours[index] for index in part) / group.hours
