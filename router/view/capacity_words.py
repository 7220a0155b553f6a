"""The line about one cell of the capacity view: the number, and how full the pool is in the plan."""

from __future__ import annotations

from router.view.cell_words import cell_words
from router.view.grid import Cells, Grid
from router.view.utilisation import PoolUtilisation
from router.view.utilisation_grid import UtilisationGrid


def capacity_words(grid: Grid, found: PoolUtilisation | None, cells: Cells, row: int, column: int) -> str:
    """`capacity of aws-h100, 2026-01: 6 instances   in the plan: 6 of 6 instances (full)`."""
    if cells.count > 1:
        return cell_words(grid, cells, row, column)
    if isinstance(grid, UtilisationGrid):
        alert = f"   {grid.alert_words}" if grid.alerts[row, column] else ""
        return f"{grid.found.line(row, column)}{alert}"
    words = cell_words(grid, cells, row, column)
    key, label = grid.rows[row].key, grid.columns[column].label
    if found is None or key[0] != "pools" or label not in found.columns:
        return words
    at = next((at for at, line in enumerate(found.rows) if line.pool == key[1]), None)
    return words if at is None else f"{words}   in the plan: {found.use_words(at, found.columns.index(label))}"
