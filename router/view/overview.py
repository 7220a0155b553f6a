"""The overview: what the plan costs over time, how contracts stand, what is left out, what changed, what is broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from router.difference.biggest import biggest
from router.report import numbers
from router.report.difference_words import Names, biggest_in_words, stretch_words
from router.report.tables.breaches import breaches_table
from router.report.tables.unserved import UnservedStretch, unserved_stretches
from router.view.commitment_bars import CommitmentOutlook, commitment_outlooks
from router.view.cost_stack import CostStack, cost_stack

if TYPE_CHECKING:
    from router.difference.document import PlanDifference
    from router.plan.document import Plan
    from router.report.table import Table
    from router.scenario.scenario import Scenario

_BIGGEST = 5


@dataclass(frozen=True)
class UnservedItem:
    """Demand left out over consecutive periods. `stream` is None for a training job; `value_usd` undiscounted.

    `share` is of its demand in that time: None where that is 0.
    """

    workload: str
    stream: str | None
    first_period: int
    last_period: int
    value_usd: float
    share: float | None
    what: str
    when: str
    how_much: str
    because: str


@dataclass(frozen=True)
class BiggestChanges:
    """The biggest changes against another plan, in words, biggest first, and the USD by which each is ranked.

    `when_empty` is what is to be said where there is none.
    """

    lines: tuple[str, ...]
    usd: tuple[float, ...]
    when_empty: str


@dataclass(frozen=True)
class Overview:
    """All that the overview shows: `unserved` in order of value, `breaches` without rows where every limit is kept."""

    cost: CostStack
    commitments: tuple[CommitmentOutlook, ...]
    unserved: tuple[UnservedItem, ...]
    unserved_usd: float
    since_saved: BiggestChanges
    since_before: BiggestChanges
    breaches: Table
    notes: tuple[str, ...]

    @property
    def unserved_words(self) -> str:
        """What is left out in short: `$12.4 B in 36 places`."""
        if not self.unserved:
            return "All demand is served."
        count = len(self.unserved)
        return f"{numbers.money(self.unserved_usd)} in {count} place{'' if count == 1 else 's'}"

    @property
    def commitments_words(self) -> str:
        """How many commitments are missed: `2 of 4 short`, `all 4 met`."""
        count, short = len(self.commitments), sum(1 for each in self.commitments if each.windows_short)
        if not count:
            return "none"
        return f"{short} of {count} SHORT" if short else f"all {count} met" if count > 1 else "met"

    def breach_lines(self) -> tuple[str, ...]:
        """Each broken limit and what is wrong, a line each; one that says so where every limit is kept."""
        lines = tuple(f"{row.cells[0]}: {row.cells[-1]}" for row in self.breaches.rows)
        return lines or (self.breaches.when_empty,)


def overview(
    plan: Plan,
    scenario: Scenario,
    today: date,
    *,
    most_bars: int = 60,
    since_saved: PlanDifference | None = None,
    since_before: PlanDifference | None = None,
    names: Names | None = None,
    is_saved: bool = False,
) -> Overview:
    """The overview of a plan on a day.

    `most_bars` is how many bars of cost have room. The differences are from the saved scenario's plan and from the
    plan before the last edit, None where there is none; `names` are of the scenarios they compare. `is_saved`: the
    plan is that of the saved scenario.
    """
    names = names or Names(None, scenario)
    items = unserved_items(plan, scenario)
    return Overview(
        cost=cost_stack(plan, scenario, most_bars),
        commitments=commitment_outlooks(plan, today),
        unserved=items,
        unserved_usd=sum(item.value_usd for item in items),
        since_saved=biggest_changes(
            since_saved, names, "This is the plan of the saved file." if is_saved else "No saved plan to compare with."
        ),
        since_before=biggest_changes(since_before, names, "Nothing was edited yet."),
        breaches=breaches_table(plan, scenario),
        notes=tuple(plan.notes),
    )


def biggest_changes(
    difference: PlanDifference | None, names: Names, when_none: str, most: int = _BIGGEST
) -> BiggestChanges:
    """The biggest changes of a difference in words; `when_none` is said where there is no difference to tell of."""
    if difference is None:
        return BiggestChanges((), (), when_none)
    usd = tuple(change.usd for change in biggest(difference, most))
    when_empty = "The plans are the same." if difference.is_empty else "Nothing changes that costs money."
    return BiggestChanges(biggest_in_words(difference, most, names), usd, when_empty)


def unserved_items(plan: Plan, scenario: Scenario) -> tuple[UnservedItem, ...]:
    """What is left out, merged over slices and consecutive periods, most valuable first."""
    return tuple(_item(stretch, plan, scenario) for stretch in unserved_stretches(plan))


def _item(stretch: UnservedStretch, plan: Plan, scenario: Scenario) -> UnservedItem:
    is_job = stretch.stream is None
    share = stretch.quantity_hours / stretch.demand_hours if stretch.demand_hours > 0 else None
    first, last = plan.periods[stretch.first_period], plan.periods[stretch.last_period]
    unit: str = getattr(scenario.workloads.get(stretch.workload), "unit", "")
    some = len(stretch.slices) < len(first.slice_hours)
    slices = f" in {', '.join(stretch.slices)}" if some and not is_job else ""
    of_demand = "" if share is None else f", {numbers.share(share)}"
    return UnservedItem(
        workload=stretch.workload,
        stream=stretch.stream,
        first_period=stretch.first_period,
        last_period=stretch.last_period,
        value_usd=stretch.value_usd,
        share=1.0 if is_job else share,
        what=stretch.workload if is_job else f"{stretch.workload}/{stretch.stream}",
        when=f"from {first.start}" if is_job else stretch_words(first.start, last.end),
        how_much="whole job" if is_job else f"at most {numbers.quantity(stretch.peak, unit)}{of_demand}{slices}",
        because=stretch.because,
    )
