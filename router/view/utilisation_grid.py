"""How full pools are, as a grid: one reading in its cells, shades behind them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from router.change.change import Dates
from router.plan.document import Plan
from router.report.letters import Letters
from router.view.capacity_grid import FACTS, TREND_WIDTH
from router.view.grid import Cells, CellUnit, Grid, GridColumn, GridRow
from router.view.sparklines import sparklines
from router.view.utilisation import FULL, PoolUtilisation, Reading

_UNITS = {Reading.SHARE: CellUnit.SHARE, Reading.WORTH: CellUnit.USD}
_ALERTED = (Reading.SHARE, Reading.USED)

MODES: tuple[tuple[str, Reading | None], ...] = (
    ("edit", None),
    ("share", Reading.SHARE),
    ("used", Reading.USED),
    ("spot", Reading.SPOT),
    ("added", Reading.ADDED),
    ("worth", Reading.WORTH),
)
"""What the capacity view shows: the numbers to edit, or a reading of the plan."""

EDIT_WORDS = "instances of each pool, to type over; `!`: full in the plan"
NO_PLAN = "No plan yet: it fills as soon as there is one."
NO_WORTH = "What capacity is worth is known as soon as the plan was solved here."


@dataclass(frozen=True, kw_only=True)
class UtilisationGrid(Grid):
    """The rows of ``found``, each a row of the grid; a pool's key is that of its row in the capacity grid."""

    found: PoolUtilisation = field(repr=False, compare=False)
    reading: Reading

    def text(self, row: int, column: int) -> str:
        """A cell as it is read: `full` where nothing is left."""
        return self.found.text(row, column, self.reading)


def utilisation_grid(found: PoolUtilisation, plan: Plan, reading: Reading, letters: Letters) -> UtilisationGrid:
    """One reading of all pools of ``plan``."""
    values = found.values(reading)
    values = np.where(np.abs(values) > 0, values, np.nan)
    rows = []
    for row, trend in zip(found.rows, sparklines(np.abs(values), TREND_WIDTH, letters), strict=True):
        facts = row.facts
        rows.append(
            GridRow(
                (row.provider,) if row.pool is None else ("pools", row.pool),
                row.label,
                row.label,
                _UNITS.get(reading, CellUnit.COUNT),
                None,
                ("", row.unit, trend) if facts is None else (facts.region, facts.kind, trend),
                quantity_unit="" if reading in _UNITS else row.unit,
                is_heading=row.pool is None,
            )
        )
    columns = tuple(
        GridColumn(label, Dates(period.start, period.end))
        for label, period in zip(found.columns, plan.periods, strict=True)
    )
    return UtilisationGrid(
        "capacity",
        tuple(replace(fact, title="trend") if fact.title == "ramp" else fact for fact in FACTS),
        columns,
        tuple(rows),
        values,
        (np.nan_to_num(found.share) >= FULL) & (reading in _ALERTED),
        alert_words="! full",
        shades=found.shades(reading),
        found=found,
        reading=reading,
    )


def no_grid() -> Grid:
    """Where there is nothing to show."""
    return Grid("capacity", (), (), (), np.zeros((0, 0)), np.zeros((0, 0), dtype=np.bool_))


def mode_words(found: PoolUtilisation | None, reading: Reading | None) -> str:
    """What the cells mean; or why there are none."""
    if reading is None:
        return EDIT_WORDS
    if found is None:
        return NO_PLAN
    if reading is Reading.WORTH and np.isnan(found.worth_usd).all():
        return NO_WORTH
    return found.words(reading).partition(": ")[2]


def same_cells(grid: Grid, cells: Cells, other: Grid) -> Cells | None:
    """Cells of one row by the names of their row and periods in another grid; None where one of them is not there."""
    columns = {column.label: at for at, column in enumerate(other.columns)}
    row = other.row_at(grid.rows[cells.first_row].key)
    first, last = (columns.get(grid.columns[at].label) for at in (cells.first_column, cells.last_column))
    return None if row is None or first is None or last is None else Cells.between(row, first, row, last)
