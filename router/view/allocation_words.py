"""The line about one cell of the allocations."""

from __future__ import annotations

import math

from router.report import numbers
from router.view.allocation_grid import AllocationGrid
from router.view.cell_words import cell_words
from router.view.grid import Cells
from router.view.pivot import label_of

_NOTHING = 1e-9


def allocation_words(grid: AllocationGrid, cells: Cells, row: int, column: int) -> str:
    """`chat > aws-h100, 2026-01: 120 k tokens/s, 50 % of the demand; 12 instances; 96 accelerators; 20 % on spot`."""
    if cells.count > 1:
        return cell_words(grid, cells, row, column)
    found, at = grid.found, grid.at[row]
    line = found.rows[at]
    place = f"{' > '.join(map(label_of, line.key))}, {found.columns[column]}"
    amount = float(found.units[at, column])
    instances = float(found.instances[at, column])
    share = float(found.share[at, column])
    parts = []
    if amount > _NOTHING:
        parts.append(numbers.quantity(amount, line.unit))
    if instances > _NOTHING and line.unit != "instances":
        parts.append(f"{numbers.count(instances)} instances")
    counted = float(found.accelerators[at, column])
    if counted > _NOTHING:
        parts.append(f"{numbers.count(counted)} {line.counted}")
    if share > 0 and parts:
        parts.append(f"{numbers.share(share)} of {_whole(grid, at)}")
    spot = float(found.spot_share[at, column])
    if spot > _NOTHING and not math.isnan(instances):
        parts.append(f"{numbers.share(spot)} on spot")
    alert = f"   {grid.alert_words}" if grid.alerts[row, column] else ""
    return f"{place}: {'; '.join(parts) or 'nothing'}{alert}"


def title_words(grid: AllocationGrid) -> str:
    """Rows, and what shades mean."""
    shade = "the place's capacity" if grid.found.pivot.places_first else "the workload's demand"
    return f"{grid.found.pivot.words}, average over hours; shade: part of {shade}"


def _whole(grid: AllocationGrid, at: int) -> str:
    row, pivot = grid.found.rows[at], grid.found.pivot
    return "the place's capacity" if pivot.places_first and row.key[0] else "its demand"
