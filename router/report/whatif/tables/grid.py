"""Sweeps of two factors together: a matrix of differences in cost."""

from __future__ import annotations

from collections.abc import Sequence

from router.answer.grid import Grid
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.difference_rows import DISCOUNTED
from router.report.whatif.tables.cells import difference_cell
from router.report.whatif.tables.sweep_cells import failed_notes, open_notes
from router.report.whatif.words import case_words, factor_words, titled
from router.whatif.value_words import value_words

_HEAD_WIDTH = 16
"""Of the column of the rows' values: their factor stands above it."""


def grid_table(grid: Grid, number: int, most_columns: int, notes: Sequence[str] = ()) -> Table:
    """A matrix of differences: rows are one factor's values, columns the other's."""
    columns = _spread_over(len(grid.column_values), most_columns)
    rows = []
    for value, points in zip(grid.row_values, grid.points, strict=True):
        cells: list[Cell] = []
        for at in columns:
            each = points[at]
            cells.append("no plan" if each is None else difference_cell(each.proof))
        rows.append(Row((value_words(value, grid.row_factor.percent), *cells)))
    fixed = "".join(f"; {factor_words(factor, value)}" for factor, value in grid.fixed)
    if len(columns) < len(grid.column_values):
        notes = [f"{len(columns)} of {len(grid.column_values)} values of {grid.column_factor.title} shown.", *notes]
    return Table(
        key=f"sweep-{grid.sweep.name}" + (f"-{number}" if number > 1 else ""),
        title=titled(grid.sweep.title, f"difference in cost ({DISCOUNTED}){fixed}"),
        columns=(
            Column(grid.row_factor.title, least_width=_HEAD_WIDTH),
            *(Column(value_words(grid.column_values[at], grid.column_factor.percent), Unit.USD) for at in columns),
        ),
        rows=tuple(rows),
        footnotes=(
            f"Across: {grid.column_factor.title}. Difference: against {case_words(grid.reference)}.",
            *notes,
            *failed_notes(grid.failed),
            *open_notes(grid.listed),
        ),
    )


def _spread_over(count: int, most: int) -> list[int]:
    """At most ``most`` of ``count`` places, evenly, both ends among them."""
    if count <= most:
        return list(range(count))
    if most <= 1:
        return [0]
    return sorted({round(at * (count - 1) / (most - 1)) for at in range(most)})
