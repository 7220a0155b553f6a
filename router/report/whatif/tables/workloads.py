"""What is left unserved and what migrates, by workload."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from router.answer.answer import Answer
from router.answer.comparison import Amount, Comparison, comparisons
from router.report.table import Column, Row, Table, Unit
from router.report.tables.difference_rows import NOT_DISCOUNTED, cut
from router.report.whatif.tables.cells import changes, from_to, signed
from router.report.whatif.words import LEAST_USD


class _Change(NamedTuple):
    """What a what-if changes for a workload."""

    whatif: str
    workload: str
    value_usd: Amount
    units: Amount
    migrating: Amount

    @property
    def size(self) -> tuple[float, float, float]:
        """The larger, the more a reader wants to see it: money first."""
        return abs(self.value_usd.change), abs(self.units.change), abs(self.migrating.change)


def workloads_table(answer: Answer, most_rows: int = 24) -> Table:
    """What is left unserved and what migrates, by workload: of all what-ifs' changes the largest."""
    found = [change for each in comparisons(answer) for change in _changes(each)]
    largest, notes = cut(sorted(found, key=lambda change: change.size, reverse=True), most_rows, "row")
    order = {each.after: place for place, each in enumerate(comparisons(answer))}
    shown = sorted(largest, key=lambda change: order[change.whatif])
    rows: list[Row] = []
    for _, group in groupby(shown, key=lambda change: change.whatif):
        rows += [_row(change, first=not place) for place, change in enumerate(group)]
    return Table(
        key="workloads",
        title=f"What is left unserved and what migrates, by workload ({NOT_DISCOUNTED})",
        columns=(
            Column("What-if", least_width=12),
            Column("Workload", least_width=10),
            Column("Unserved value", Unit.USD),
            Column("Unserved unit-hours", least_width=12),
            Column("Units migrating", least_width=12),
        ),
        rows=tuple(rows),
        footnotes=(*notes, "Unserved: unit-hours of streams; 1 for a training job left out.") if rows else (),
        when_empty="No what-if changes what is served or what migrates.",
    )


def _changes(each: Comparison) -> Iterator[_Change]:
    moved = {amount.name: amount for amount in each.moved_units}
    unserved = {change.workload: change for change in each.unserved}
    for name in dict.fromkeys([*unserved, *moved]):
        nothing = Amount(name, 0.0, 0.0)
        left = unserved.get(name)
        change = _Change(
            each.after,
            name,
            nothing if left is None else left.usd,
            nothing if left is None else left.units,
            moved.get(name, nothing),
        )
        if abs(change.value_usd.change) >= LEAST_USD or changes(change.units) or changes(change.migrating):
            yield change


def _row(change: _Change, *, first: bool) -> Row:
    value = change.value_usd.change
    cells = (
        change.whatif if first else None,
        change.workload,
        signed(value),
        from_to(change.units),
        from_to(change.migrating),
    )
    return Row(cells, "alert" if value >= LEAST_USD else "plain")
