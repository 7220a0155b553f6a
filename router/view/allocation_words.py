"""The line about one cell of the allocations."""

from __future__ import annotations

import math

from router.report import numbers
from router.view.allocation_grid import AllocationGrid
from router.view.allocations import AllocationRow, unit_of
from router.view.cell_words import cell_words
from router.view.grid import Cells
from router.view.pivot import Member, label_of

_NOTHING = 1e-9
_ROUNDING = 1e-6
"""Share of a demand below which what is more than it is the solver's rounding."""


def allocation_words(grid: AllocationGrid, cells: Cells, row: int, column: int) -> str:
    """`chat > aws-h100, 2026-01: 120 k tokens/s provisioned; 12 instances; 96 accelerators; 50 % of its demand`."""
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
        parts.append(f"{numbers.quantity(amount, line.unit)}{_provisioned(line)}")
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
    standby = _standby_words(grid, at, column)
    if standby and parts:
        parts = [f"{parts[0]}, {standby}", *parts[1:]] if line.depth == 0 else [*parts, standby]
    alert = f"   {grid.alert_words}" if grid.alerts[row, column] else ""
    return f"{place}: {'; '.join(parts) or 'nothing'}{alert}"


def title_words(grid: AllocationGrid) -> str:
    """Rows, and what shades mean."""
    shade = "the place's capacity" if grid.found.pivot.places_first else "the workload's demand"
    return f"{grid.found.pivot.words}, provisioned, average; shade: part of {shade}"


def _provisioned(line: AllocationRow) -> str:
    """Of a service; runs hold instances, and what is left out has none."""
    return "" if line.role == "alert" or line.unit in ("", "instances") else " provisioned"


def _demand_of(grid: AllocationGrid, at: int) -> Member | None:
    """The workload or stream that a row is of; None for places."""
    row = grid.found.rows[at]
    if not grid.found.pivot.places_first:
        return row.key[0]
    return row.key[1] if len(row.key) > 1 and row.key[0] else None


def _standby_words(grid: AllocationGrid, at: int, column: int) -> str:
    """How much of what a workload has is more than its demand, where it must survive the loss of a provider."""
    row, member = grid.found.rows[at], _demand_of(grid, at)
    standby = None if member is None or row.role == "alert" else grid.found.standby.of(member)
    if standby is None or member is None:
        return ""
    demand, beyond = float(standby.demand[column]), float(standby.beyond[column])
    if beyond <= _ROUNDING * demand:
        return ""
    unit = unit_of(grid.found.scenario, member[0])
    asked = numbers.quantity(demand, unit).removesuffix(unit).rstrip()
    whose = "of it" if row.depth == 0 else f"{label_of(member)} has"
    return f"{whose} {numbers.quantity(beyond, unit)} standby for the loss of a provider (demand {asked})"


def _whole(grid: AllocationGrid, at: int) -> str:
    row, pivot = grid.found.rows[at], grid.found.pivot
    if pivot.places_first and row.key[0]:
        return "the place's capacity"
    member = _demand_of(grid, at)
    has_standby = member is not None and grid.found.standby.of(member) is not None
    return "all that its workload has and lacks" if has_standby else "its demand"
