"""Two plans side by side: headline numbers, cost by cause and by name, what moved, contracts' courses, lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from router.difference.difference import difference as difference_of
from router.report import numbers
from router.report.difference_words import signed_money
from router.report.table import Column, Row, RowRole, Table, Unit
from router.report.tables.difference import difference_tables
from router.report.tables.difference_rows import DISCOUNTED, NOT_DISCOUNTED
from router.view.amount_changes import AmountChanges, cost_changes
from router.view.commitment_bars import windows_words
from router.view.contracts import CommitmentCurve, commitment_curves

if TYPE_CHECKING:
    from router.difference.document import PlanDifference
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

MOST_ROWS = 500
"""Of each list, which scrolls."""


@dataclass(frozen=True)
class ComparedSide:
    """One of the two plans, with its scenario and what to call it."""

    name: str
    plan: Plan
    scenario: Scenario


@dataclass(frozen=True)
class PairedCurves:
    """The courses of one commitment in both plans; None where a plan has no such commitment."""

    contract: str
    commitment: str
    before: CommitmentCurve | None
    after: CommitmentCurve | None

    @property
    def name(self) -> str:
        """`contract/commitment`."""
        return f"{self.contract}/{self.commitment}"

    @property
    def verdicts(self) -> tuple[str, str]:
        """How all windows end in both plans: `all 7 windows met`, `SHORT by $2.10 B in 2 of 7 windows`, `not there`."""
        return _verdict(self.before), _verdict(self.after)


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side.

    `headline` has a row for each number, with both plans' and the change. `amounts` are cost by cause, provider and
    workload and cash by year. `tables` are those of `router.report.tables.difference` that have something to tell, by
    their keys, the first always there: difference, biggest-changes, difference-by-..., window-changes, tier-changes,
    unserved-changes, breach-changes, run-changes, moves, served, reservation-changes.
    """

    before: ComparedSide
    after: ComparedSide
    difference: PlanDifference
    headline: Table
    amounts: tuple[AmountChanges, ...]
    curves: tuple[PairedCurves, ...]
    tables: dict[str, Table]


def comparison(before: ComparedSide, after: ComparedSide, difference: PlanDifference | None = None) -> Comparison:
    """Two plans side by side; `difference`, where it is known already, is from the first to the second.

    Raises DifferenceError where a plan contradicts itself.
    """
    found = difference if difference is not None else difference_of(before.plan, after.plan)
    tables = difference_tables(found, before.scenario, after.scenario, most_rows=MOST_ROWS)
    return Comparison(
        before=before,
        after=after,
        difference=found,
        headline=side_by_side(before, after),
        amounts=cost_changes(found.cost),
        curves=paired_curves(before, after),
        tables={table.key: table for table in tables},
    )


def side_by_side(before: ComparedSide, after: ComparedSide) -> Table:
    """The headline numbers of two plans and what changed."""
    rows: list[Row] = []
    for what, old, new, is_worse_above in _amounts(before.plan, after.plan):
        role: RowRole = "alert" if is_worse_above and new - old >= 0.005 else "plain"
        change = signed_money(new - old) if abs(new - old) >= 0.005 else "same"
        rows.append(Row((what, numbers.money(old), numbers.money(new), change), "total" if not rows else role))
    gaps = [numbers.at_most_share(side.plan.solve.gap) for side in (before, after)]
    rows.insert(2, Row(("Gap", *gaps, None)))
    for what, was, now, is_worse_above in _counts(before.plan, after.plan):
        role = "alert" if is_worse_above and now > was else "plain"
        rows.append(
            Row((what, numbers.whole(was), numbers.whole(now), f"{now - was:+,}" if now != was else "same"), role)
        )
    return Table(
        key="side-by-side",
        title="Side by side",
        columns=(
            Column("What", least_width=14),
            # Numbers of several units, as text: set to the right as amounts are.
            Column(before.name, Unit.USD),
            Column(after.name, Unit.USD),
            Column("Change", Unit.USD),
        ),
        rows=tuple(rows),
        footnotes=("Discounted: as the plan counts money of later periods. Not discounted: as it is paid or missed.",),
    )


def paired_curves(before: ComparedSide, after: ComparedSide) -> tuple[PairedCurves, ...]:
    """The courses of each commitment that either plan has, matched by name, in the order of the second plan."""
    old = {(curve.contract, curve.commitment): curve for curve in commitment_curves(before.plan, before.scenario)}
    new = {(curve.contract, curve.commitment): curve for curve in commitment_curves(after.plan, after.scenario)}
    return tuple(PairedCurves(*key, old.get(key), new.get(key)) for key in {**new, **old})


def _verdict(curve: CommitmentCurve | None) -> str:
    if curve is None:
        return "not there"
    records = [window.record for window in curve.windows]
    missed = [record.shortfall_usd for record in records if record.shortfall_usd > 0]
    return windows_words(len(records), len(missed), sum(missed))


def _amounts(before: Plan, after: Plan) -> list[tuple[str, float, float, bool]]:
    def of(plan: Plan) -> tuple[float, ...]:
        return (
            plan.totals.cost_usd,
            plan.solve.lower_bound_usd,
            plan.totals.cash_usd,
            sum(window.shortfall_usd for window in plan.windows),
            sum(record.value_usd for record in plan.unserved),
            sum(record.credit_usd for record in plan.tiers),
        )

    names = (
        f"Total cost, {DISCOUNTED}",
        f"Lower bound, {DISCOUNTED}",
        *(f"{name}, {NOT_DISCOUNTED}" for name in ("Cash to pay", "Shortfall", "Unserved value", "Tier credits")),
    )
    worse_above = (False, False, False, True, True, False)
    return list(zip(names, of(before), of(after), worse_above, strict=True))


def _counts(before: Plan, after: Plan) -> list[tuple[str, int, int, bool]]:
    def of(plan: Plan) -> tuple[int, ...]:
        missed = sum(window.shortfall_usd > 0 for window in plan.windows)
        return len(plan.windows), missed, len(plan.runs), len({each.limit for each in plan.breaches})

    names = ("Commitment windows", "of these missed", "Training runs", "Limits broken")
    return list(zip(names, of(before), of(after), (False, True, False, True), strict=True))
