"""A grid of numbers over columns of time, as a spreadsheet shows it, and what each of its cells stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.change.change import Dates
from router.reading.key_path import KeyPath
from router.report import numbers


class CellUnit(StrEnum):
    """How a row's numbers are written."""

    COUNT = "count"
    USD = "usd"
    USD_PER_UNIT = "usd_per_unit"
    SHARE = "share"


WRITTEN: dict[CellUnit, Callable[[float], str]] = {
    CellUnit.COUNT: numbers.count,
    CellUnit.USD: numbers.money,
    CellUnit.USD_PER_UNIT: numbers.price,
    CellUnit.SHARE: numbers.share,
}


@dataclass(frozen=True, slots=True)
class OverTime:
    """The row is a value over time: a cell is the part of it within the column's dates."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class Apart:
    """Each cell is a value of its own; None where there is none."""

    paths: tuple[KeyPath | None, ...]


@dataclass(frozen=True, slots=True)
class OneValue:
    """The whole row is one value, whatever the cell."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class SumOf:
    """The row is the sum of values over time: what is done to it is done to each of them in proportion."""

    paths: tuple[KeyPath, ...]


Meaning = OverTime | Apart | OneValue | SumOf


@dataclass(frozen=True, slots=True)
class Fact:
    """A column of texts before those of time. Where room is short the highest ``drop_order`` leaves first."""

    title: str
    width: int
    drop_order: int
    to_the_right: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column; ``dates`` where it is a part of time."""

    label: str
    dates: Dates | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row. ``key`` names it from one grid to the next; ``subject`` says what it is, in an error or an edit line.

    ``facts`` has a text for each of the grid's facts. ``meaning`` None: its cells are not edited.
    ``shown`` (C,): letters that fill the cells in place of numbers, such as the window of a training job.
    ``moves``: dates that the row's owner has, by what they are called, which a key may shift.
    """

    key: tuple[str, ...]
    name: str
    subject: str
    unit: CellUnit
    meaning: Meaning | None
    facts: tuple[str, ...] = ()
    quantity_unit: str = ""
    depth: int = 0
    is_heading: bool = False
    is_off: bool = False
    shown: tuple[str, ...] | None = None
    moves: dict[str, KeyPath] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """R rows over C columns. values (R, C), nan where there is nothing; alerts (R, C): what a reader must not miss.

    ``alert_words`` says what an alert means, for the line below the grid. shades (R, C): from 0 to 1, how deep a cell
    of a heat map is coloured.
    """

    name: str
    facts: tuple[Fact, ...]
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    values: FloatArray
    alerts: BoolArray
    alert_words: str = ""
    shades: FloatArray | None = None

    def __post_init__(self) -> None:
        shape = (len(self.rows), len(self.columns))
        if self.values.shape != shape or self.alerts.shape != shape:
            raise ValueError(
                f"grid {self.name!r}: {self.values.shape} values and {self.alerts.shape} alerts in {shape}"
            )

    def text(self, row: int, column: int) -> str:
        """A cell as it is read; empty where there is nothing."""
        value = float(self.values[row, column])
        return "" if np.isnan(value) else WRITTEN[self.rows[row].unit](value)

    def editable_text(self, row: int, column: int) -> str:
        """A cell's number as one would type it, to the last digit that matters."""
        value = float(self.values[row, column])
        return "" if np.isnan(value) else f"{value:.10g}"

    def row_at(self, key: tuple[str, ...]) -> int | None:
        """The row of a key, None where there is none."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Cells:
    """A rectangle of cells: rows and columns from the first up to and including the last."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @staticmethod
    def between(row: int, column: int, other_row: int, other_column: int) -> Cells:
        """The rectangle with two cells as its corners."""
        rows, columns = sorted((row, other_row)), sorted((column, other_column))
        return Cells(rows[0], columns[0], rows[1], columns[1])

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.first_row, self.last_row + 1)

    @property
    def columns(self) -> range:
        """Its columns."""
        return range(self.first_column, self.last_column + 1)

    @property
    def count(self) -> int:
        """How many cells it has."""
        return len(self.rows) * len(self.columns)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return row in self.rows and column in self.columns


def cells_that_differ(grid: Grid, other: Grid) -> BoolArray:
    """Cells (R, C) whose value is another in the other grid, or whose row or column is not in it."""
    if grid is other:
        return np.zeros(grid.values.shape, dtype=np.bool_)
    differ = np.isfinite(grid.values)
    rows = {row.key: at for at, row in enumerate(other.rows)}
    columns = {column.label: at for at, column in enumerate(other.columns)}
    here = [at for at, column in enumerate(grid.columns) if column.label in columns]
    there = [columns[grid.columns[at].label] for at in here]
    for at, row in enumerate(grid.rows):
        known = rows.get(row.key)
        if known is not None:
            new, old = grid.values[at, here], other.values[known, there]
            differ[at, here] = ~np.isclose(new, old, rtol=1e-9, atol=1e-12, equal_nan=True)
    return np.asarray(differ)
