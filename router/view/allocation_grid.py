"""Allocations as a grid: the rows that are not folded, each number in its cell, shades behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.change.change import Dates
from router.report.letters import Letters
from router.view.allocation_choice import AllocationChoice
from router.view.allocations import AllocationRow, Allocations, Measure
from router.view.grid import CellUnit, Fact, Grid, GridColumn, GridRow
from router.view.pivot import Place, RowKey
from router.view.sparklines import sparklines

TREND_WIDTH = 8
BELOW = ">"
"""Stands in a row's key between its group and the member of the group."""

_FACTS = (Fact("unit", 13, drop_order=1), Fact("trend", TREND_WIDTH, drop_order=2))


@dataclass(frozen=True, kw_only=True)
class AllocationGrid(Grid):
    """R rows of ``found``: those at ``at`` (R,)."""

    found: Allocations = field(repr=False, compare=False)
    at: tuple[int, ...]
    choice: AllocationChoice

    def text(self, row: int, column: int) -> str:
        """A cell as it is read; what is unserved is always told in its units, since it has no instances."""
        return self.found.text(self.at[row], column, _measure(self.found.rows[self.at[row]], self.choice.measure))

    @property
    def groups(self) -> frozenset[RowKey]:
        """The groups that can be folded."""
        return frozenset(row.key for row in self.found.rows if row.members)

    def row_of(self, row: int) -> AllocationRow:
        """What a row of the grid is about."""
        return self.found.rows[self.at[row]]

    def marked(self, moved: BoolArray) -> BoolArray:
        """Cells of all rows of ``found`` as cells of the grid, shape (R, C)."""
        return moved[list(self.at)]


def allocation_grid(found: Allocations, choice: AllocationChoice, letters: Letters) -> AllocationGrid:
    """The rows of ``found`` of which no group is folded. ``found`` is by the pivot chosen."""
    measure, folded = choice.measure, choice.folded
    at = found.shown(folded)
    values = np.array([_values(found, row, measure) for row in at]).reshape(len(at), len(found.columns))
    alerts = np.array([found.rows[row].role == "alert" for row in at], dtype=np.bool_)[:, None] & (
        found.share[list(at)] > 0
    )
    rows = []
    for row, trend in zip(at, sparklines(values, TREND_WIDTH, letters), strict=True):
        line = found.rows[row]
        unit = found.unit(row, _measure(line, measure))
        rows.append(
            GridRow(
                flat_key(line.key),
                _name(line, folded, letters),
                line.label,
                CellUnit.COUNT,
                None,
                (unit, trend),
                quantity_unit=unit,
                depth=line.depth,
                is_heading=line.depth == 0,
            )
        )
    columns = tuple(
        GridColumn(label, Dates(period.start, period.end))
        for label, period in zip(found.columns, found.plan.periods, strict=True)
    )
    return AllocationGrid(
        "allocations",
        _FACTS,
        columns,
        tuple(rows),
        values,
        alerts,
        alert_words="! left unserved",
        shades=found.share[list(at)],
        found=found,
        at=at,
        choice=choice,
    )


def flat_key(key: RowKey) -> tuple[str, ...]:
    """A row's key as grids have keys: the group, and after a sign its member."""
    return key[0] if len(key) == 1 else (*key[0], BELOW, *key[1])


def subject_of(found: Allocations, row: AllocationRow) -> tuple[str, ...] | None:
    """What to ask about a row: its workload (and stream), or its pool; None for places that are no single pool."""
    if not found.pivot.places_first:
        return ("workloads", *row.key[0])
    if row.depth:
        return ("workloads", *row.key[1])
    return ("pools", *row.key[0]) if found.pivot.place is Place.POOL and row.key[0] else None


def row_about(grid: AllocationGrid, key: tuple[str, ...]) -> AllocationRow | None:
    """The first row of a workload, stream or pool named as elsewhere: `("workloads", name)`, `("pools", name)`.

    Rows that are folded away count. None where there is none; for a pool also where rows do not begin with pools.
    """
    rows, pivot, asked = grid.found.rows, grid.found.pivot, key[1:]
    if key[:1] == ("workloads",):
        at = 1 if pivot.places_first else 0
    elif key[:1] == ("pools",) and pivot.places_first and pivot.place is Place.POOL:
        at = 0
    else:
        return None
    mine = [row for row in rows if len(row.key) > at and row.key[at][:1] == asked[:1]]
    exact = [row for row in mine if row.key[at] == asked]
    return next(iter(exact or mine), None)


def _measure(row: AllocationRow, measure: Measure) -> Measure:
    return Measure.UNITS if row.role == "alert" else measure


def _values(found: Allocations, row: int, measure: Measure) -> FloatArray:
    values = found.values(_measure(found.rows[row], measure))[row]
    return np.where(values > 0, values, np.nan)


def _name(line: AllocationRow, folded: Collection[RowKey], letters: Letters) -> str:
    if not line.members:
        return f"! {line.label}" if line.role == "alert" else line.label
    closed, opened = ("▸", "▾") if letters.encoding == "utf-8" else ("+", "-")
    return f"{closed if line.key in folded else opened} {line.label}"
