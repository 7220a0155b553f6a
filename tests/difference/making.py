"""Plans made by hand to compare, and a difference told the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from router.difference.document import PlanDifference
from router.plan.document import (
    BillCategory,
    BillLine,
    PeriodRecord,
    Plan,
    RunRecord,
    ScenarioReference,
    ServingRecord,
    WindowRecord,
)
from tests.report.sample_plans import empty_plan, solve_record, totals_of

QUARTER = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
Served = tuple[str, str, str, int, float]
"""Workload, stream, pool, period, units: two units take one instance, which costs 10 USD an hour."""

_OTHER_KIND = {"came": "went", "went": "came", "grew": "shrank", "shrank": "grew", "moved": "moved"}


def periods(boundaries: Sequence[date], discount: float = 1.0) -> list[PeriodRecord]:
    """Periods of one slice, each discounted by a further factor."""
    return [
        PeriodRecord(
            index=index,
            start=start,
            end=end,
            hours=24.0 * (end - start).days,
            slice_hours={"all": 24.0 * (end - start).days},
            discount_factor=discount**index,
        )
        for index, (start, end) in enumerate(pairwise(boundaries))
    ]


def plan(
    served: Sequence[Served] = (),
    *,
    boundaries: Sequence[date] = QUARTER,
    discount: float = 1.0,
    lines: Sequence[BillLine] = (),
    runs: Sequence[RunRecord] = (),
    bound: float | None = None,
    **more: Any,
) -> Plan:
    """A plan whose bill is 10 USD for each instance-hour served or run, and the lines given."""
    made = periods(boundaries, discount)
    serving = [
        ServingRecord(
            workload=workload,
            stream=stream,
            pool=pool,
            period=period,
            slice="all",
            spot=False,
            quantity=units,
            instances=units / 2,
        )
        for workload, stream, pool, period, units in served
    ]
    hours: dict[tuple[str, int], float] = {}
    for record in serving:
        key = record.pool, record.period
        hours[key] = hours.get(key, 0.0) + record.instances * made[record.period].hours
    for run in runs:
        hours[run.pool, run.first_period] = hours.get((run.pool, run.first_period), 0.0) + run.instances * run.hours
    bill = [usage(pool, period, each) for (pool, period), each in hours.items()] + list(lines)
    totals = totals_of(bill, made)
    cost = round(totals.cost_usd, 2)
    return empty_plan().model_copy(
        update={
            "scenario": ScenarioReference(name=more.pop("name", "made"), sha256="0" * 64),
            "solve": solve_record(cost, cost if bound is None else bound),
            "periods": made,
            "totals": totals.model_copy(update={"cost_usd": cost}),
            "serving": serving,
            "runs": list(runs),
            "bill": bill,
            **more,
        }
    )


def usage(pool: str, period: int, hours: float, price: float = 10.0) -> BillLine:
    """Instance-hours on demand; the provider is the pool's name up to the first hyphen."""
    return BillLine(
        period=period,
        category=BillCategory.USAGE,
        provider=pool.split("-")[0],
        item=pool,
        purchase_option="on_demand",
        quantity=hours,
        unit="instance-hours",
        usd_per_unit=price,
        amount_usd=round(hours * price, 2),
    )


def line(category: BillCategory, item: str, usd: float, period: int = 0, **more: Any) -> BillLine:
    """One line of any category."""
    values: dict[str, Any] = {"provider": None, "quantity": usd, "unit": "USD", "usd_per_unit": 1.0, **more}
    return BillLine(period=period, category=category, item=item, amount_usd=usd, **values)


def run(workload: str = "pretrain", pool: str = "azure-us", **more: Any) -> RunRecord:
    """A run of four instances for ten days of January."""
    values: dict[str, Any] = {
        "spot": False,
        "accelerators": 32,
        "instances": 4,
        "first_period": 0,
        "last_period": 0,
        "start": date(2026, 1, 1),
        "end": date(2026, 1, 10),
        "hours": 240.0,
    }
    return RunRecord(workload=workload, pool=pool, **(values | more))


def window(contract: str = "azure", start: date = date(2026, 1, 1), **more: Any) -> WindowRecord:
    """A window of a year that promises 1000 USD and is met."""
    end = date(start.year + 1, start.month, start.day)
    values: dict[str, Any] = {
        "commitment": "spend",
        "end": end,
        "counted_from": start,
        "counted_to": end,
        "full_promise_usd": 1000.0,
        "promise_usd": 1000.0,
        "spent_to_date_usd": 0.0,
        "drawdown_usd": 1000.0,
        "carried_in_usd": 0.0,
        "carried_out_usd": 0.0,
        "shortfall_usd": 0.0,
        "shortfall_paid_usd": 0.0,
        "settled_in_period": 0,
        "met_on": start,
    }
    return WindowRecord(contract=contract, start=start, **(values | more))


def told_backwards(difference: PlanDifference) -> dict[str, Any]:
    """A difference as it must be the other way round: before is after, came is went, plus is minus."""
    turned: dict[str, Any] = _turned(difference.model_dump(mode="json"))
    cost = turned["cost"]
    least, most = cost["change_at_least_usd"], cost["change_at_most_usd"]
    cost["change_at_least_usd"], cost["change_at_most_usd"] = -most + 0.0, -least + 0.0
    return turned


def _turned(value: Any) -> Any:
    if isinstance(value, list):
        return [_turned(each) for each in value]
    if not isinstance(value, dict):
        return value
    turned: dict[str, Any] = {}
    for key, each in value.items():
        if key == "change_usd":
            turned[key] = -each + 0.0
        elif key == "kind":
            turned[key] = _OTHER_KIND.get(each, each)
        else:
            other = _other_key(key)
            turned[key] = _turned(value.get(other, each))
    return turned


def _other_key(key: str) -> str:
    for one, other in (("before", "after"), ("from", "to")):
        parts = key.split("_")
        if key.startswith("counted"):
            return key  # Days of a window, not a side of the difference.
        if one in parts or other in parts:
            return "_".join({one: other, other: one}.get(part, part) for part in parts)
    return key
