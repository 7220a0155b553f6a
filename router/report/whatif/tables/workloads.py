"""What is left unserved and what migrates, by workload."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.comparison import Amount, comparisons
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.difference_rows import NOT_DISCOUNTED, cut
from router.report.whatif.tables.cells import changes, from_to, signed


def workloads_table(answer: Answer, most_rows: int = 24) -> Table:
    """What is left unserved and what migrates, by workload, where a what-if changes it."""
    rows: list[Row] = []
    for each in comparisons(answer):
        moved = {amount.name: amount for amount in each.moved_units}
        unserved = {change.workload: change for change in each.unserved}
        names = list(dict.fromkeys([*unserved, *moved]))
        first = True
        for name in names:
            left, goes = unserved.get(name), moved.get(name)
            value = left.usd if left is not None else Amount(name, 0.0, 0.0)
            units = left.units if left is not None else Amount(name, 0.0, 0.0)
            migrating = goes or Amount(name, 0.0, 0.0)
            if not (abs(value.change) >= 0.005 or changes(units) or changes(migrating)):
                continue
            cells: tuple[Cell, ...] = (
                each.after if first else None,
                name,
                signed(value.change),
                from_to(units),
                from_to(migrating),
            )
            rows.append(Row(cells, "alert" if value.change >= 0.005 else "plain"))
            first = False
    shown, notes = cut(rows, most_rows, "row")
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
        rows=tuple(shown),
        footnotes=(*notes, "Unserved: unit-hours of streams; 1 for a training job left out.") if rows else (),
        when_empty="No what-if changes what is served or what migrates.",
    )
