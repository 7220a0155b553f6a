"""The line about the cell under the cursor: what it is, its value, and what needs a look."""

from __future__ import annotations

import numpy as np

from router.report import numbers
from router.view.grid import WRITTEN, Cells, CellUnit, Grid
from router.view.grid_edit import cells_words


def cell_words(grid: Grid, cells: Cells, row: int, column: int) -> str:
    """`chat/us, 2026-03: 1.2 M tokens/s`; for a selection, how many cells and their sum."""
    line = grid.rows[row]
    if cells.count > 1:
        chosen = grid.values[cells.first_row : cells.last_row + 1, cells.first_column : cells.last_column + 1]
        known = chosen[np.isfinite(chosen)]
        written = WRITTEN[line.unit]
        if not len(known):
            return f"{cells_words(grid, cells)}: {cells.count} cells, all empty"
        mean = f", mean {written(float(known.mean()))}"
        total = "" if line.unit is CellUnit.SHARE else f", sum {written(float(known.sum()))}"
        return f"{cells_words(grid, cells)}: {cells.count} cells{total}{mean}"
    if line.is_heading:
        return line.name
    alert = f"   {grid.alert_words}" if grid.alerts[row, column] else ""
    text = grid.text(row, column)
    unit = f" {line.quantity_unit}" if line.quantity_unit and line.unit is CellUnit.COUNT else ""
    if line.unit is CellUnit.COUNT and line.quantity_unit and text:
        text, unit = numbers.quantity(float(grid.values[row, column]), line.quantity_unit), ""
    return f"{cells_words(grid, Cells(row, column, row, column))}: {text or 'nothing'}{unit}{alert}"
