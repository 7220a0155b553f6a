"""What a difference moves: demand between pools, what is served more or less, training runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report import numbers
from router.report.difference_words import Names, owner_words, run_words, signed_money, signed_share, stretch_words
from router.report.table import Column, Row, Table, Unit
from router.report.tables.difference_rows import NOT_DISCOUNTED, cut

if TYPE_CHECKING:
    from router.difference.document import PlanDifference


def moves_table(difference: PlanDifference, names: Names, most_rows: int) -> Table:
    """A row for each stream and pair of pools, by the spend that moved."""
    shown, notes = cut(difference.moves, most_rows, "move")
    rows = tuple(
        Row(
            (
                owner_words(move.workload, move.stream),
                move.from_pool,
                move.to_pool,
                stretch_words(move.start, move.end),
                names.hours(move.from_pool, move.instance_hours_from, "h"),
                names.hours(move.to_pool, move.instance_hours_to, "h"),
                move.usd_from,
                move.usd_to,
            )
        )
        for move in shown
    )
    return Table(
        key="moves",
        title=f"What moved between pools ({NOT_DISCOUNTED})",
        columns=(
            Column("Demand", least_width=10),
            Column("From", least_width=10),
            Column("To", least_width=10),
            Column("When", least_width=10, drop_order=1),
            Column("Takes there", least_width=8, drop_order=3, spared=True),
            Column("Takes here", least_width=8, drop_order=2, spared=True),
            Column("Cost there", Unit.USD),
            Column("Cost here", Unit.USD),
        ),
        rows=rows,
        footnotes=(*notes, "There: in the pool it left, before. Here: where it went, after. Growth is no move."),
        when_empty="Nothing moves between pools.",
    )


def served_changes_table(difference: PlanDifference, names: Names, most_rows: int) -> Table:
    """A row for each stream of which more or less is served."""
    shown, notes = cut(difference.served, most_rows, "stream")
    rows = []
    for change in shown:
        hours = 24.0 * (change.end - change.start).days
        by = (change.unit_hours_after - change.unit_hours_before) / hours
        rows.append(
            Row(
                (
                    owner_words(change.workload, change.stream),
                    stretch_words(change.start, change.end),
                    _signed(numbers.quantity(by, names.unit(change.workload)), by),
                    str(change.kind) if change.share is None else signed_share(change.share),
                    numbers.aligned(signed_money(change.quantity_usd)),
                )
            )
        )
    return Table(
        key="served",
        title=f"What is served more or less ({NOT_DISCOUNTED})",
        columns=(
            Column("Demand"),
            Column("When", least_width=10),
            Column("On average", least_width=10),
            Column("Share then", Unit.SHARE),
            Column("Cost", Unit.USD),
        ),
        rows=tuple(rows),
        footnotes=(*notes, "Cost: of the quantity that comes or goes, at the average of the plan that serves more.")
        if rows
        else (),
        when_empty="As much is served of everything.",
    )


def run_changes_table(difference: PlanDifference, most_rows: int) -> Table:
    """A row for each training job whose run differs."""
    shown, notes = cut(difference.runs, most_rows, "run")
    rows = tuple(
        Row((change.workload, run_words(change), numbers.aligned(signed_money(change.usd_after - change.usd_before))))
        for change in shown
    )
    return Table(
        key="run-changes",
        title=f"Training runs that change ({NOT_DISCOUNTED})",
        columns=(Column("Job"), Column("Change", least_width=30), Column("Cost", Unit.USD)),
        rows=rows,
        footnotes=notes,
        when_empty="No training run changes.",
    )


def _signed(text: str, value: float) -> str:
    return f"+{text}" if value > 0 else text
