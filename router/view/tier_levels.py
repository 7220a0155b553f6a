"""Price tiers of a contract: the levels of a window, which is reached, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from router.report import numbers
from router.report.period_groups import days_between

if TYPE_CHECKING:
    from router.plan.document import Plan, TierRecord
    from router.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class TierLevelReached:
    """A level: from this spend on (prorated as the window is), its discount, and whether the plan reaches it."""

    from_usd: float
    discount: float
    is_reached: bool


@dataclass(frozen=True)
class TierWindow:
    """A tier window. `level` is the index of the highest level reached, -1 below the first. `end`: first day after.

    `to_next_usd` is what is missing to the next level, None at the last one or where the scenario has no such contract.
    """

    contract: str
    start: date
    end: date
    spend_usd: float
    credit_usd: float
    level: int
    levels: tuple[TierLevelReached, ...]
    to_next_usd: float | None

    @property
    def words(self) -> str:
        """The level in one line: `level 1 of 2 (7.2 % from $800 k), $8.03 M to the next, credit $12.0 k`."""
        if self.level < 0:
            reached = "below the first level"
        elif self.level < len(self.levels):
            at = self.levels[self.level]
            off = f"{numbers.share(at.discount)} from {numbers.money(at.from_usd)}"
            reached = f"level {self.level + 1} of {len(self.levels)} ({off})"
        else:
            reached = f"level {self.level + 1}"
        missing = "" if self.to_next_usd is None else f", {numbers.money(self.to_next_usd)} to the next"
        return f"{reached}{missing}, credit {numbers.money(self.credit_usd)}"


def tier_windows(plan: Plan, scenario: Scenario) -> tuple[TierWindow, ...]:
    """All tier windows of a plan, by contract and time."""
    records = sorted(plan.tiers, key=lambda record: (record.contract, record.start))
    return tuple(_tier_window(record, plan, scenario) for record in records)


def _tier_window(record: TierRecord, plan: Plan, scenario: Scenario) -> TierWindow:
    contract = scenario.contracts.get(record.contract)
    given = contract.tiers.levels if contract is not None and contract.tiers is not None else []
    # Thresholds are prorated by the days within the horizon: docs/model.md, price_tiers.
    first, last = max(record.start, plan.periods[0].start), min(record.end, plan.periods[-1].end)
    share = days_between(first, last) / max(1, days_between(record.start, record.end))
    levels = tuple(
        TierLevelReached(level.from_usd * share, level.discount, at <= record.level) for at, level in enumerate(given)
    )
    following = levels[record.level + 1] if record.level + 1 < len(levels) else None
    return TierWindow(
        contract=record.contract,
        start=record.start,
        end=record.end,
        spend_usd=record.spend_usd,
        credit_usd=record.credit_usd,
        level=record.level,
        levels=levels,
        to_next_usd=None if following is None else max(0.0, following.from_usd - record.spend_usd),
    )
