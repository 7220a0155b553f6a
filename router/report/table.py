"""Tables as data: what the terminal, the HTML page and the app draw alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from router.report import numbers


class Unit(StrEnum):
    """What a column holds, which decides how its numbers are written and on which side they stand."""

    TEXT = "text"
    USD = "usd"
    USD_PER_UNIT = "usd_per_unit"
    COUNT = "count"
    SHARE = "share"
    MET = "met"
    DATE = "date"
    HOURS = "hours"


Cell = str | float | date | None
"""A value in the column's unit; text is written as it is, None leaves the cell empty."""

RowRole = Literal["plain", "subtotal", "total", "alert"]
"""`alert` marks what a reader must not miss; its words say so too."""

_TO_THE_RIGHT = frozenset({Unit.USD, Unit.USD_PER_UNIT, Unit.COUNT, Unit.SHARE, Unit.HOURS})
_WITH_SUFFIX = frozenset({Unit.USD, Unit.COUNT})


@dataclass(frozen=True)
class Column:
    """A column. `drop_order` 0 is always shown; of the others, the highest leaves first where room is short.

    `least_width` is what a text column may be folded to. A column that is `spared` leaves already where
    other columns would have to be folded. One that is `repeated` says what stands elsewhere too: it leaves without a
    word.
    """

    title: str
    unit: Unit = Unit.TEXT
    drop_order: int = 0
    least_width: int = 14
    spared: bool = False
    repeated: bool = False

    @property
    def to_the_right(self) -> bool:
        """Whether its cells stand on the right side of the column."""
        return self.unit in _TO_THE_RIGHT

    def text(self, cell: Cell) -> str:
        """A cell as it is read in running text or HTML."""
        if cell is None:
            return ""
        if isinstance(cell, str):
            return cell
        if isinstance(cell, date):
            return numbers.day(cell)
        match self.unit:
            case Unit.USD:
                return numbers.money(cell)
            case Unit.USD_PER_UNIT:
                return numbers.price(cell)
            case Unit.SHARE | Unit.MET:
                return numbers.share(cell)
            case Unit.HOURS:
                return numbers.hours(cell)
            case _:
                return numbers.count(cell)

    def aligned_text(self, cell: Cell) -> str:
        """A cell as it stands in a column of fixed-width letters: digits under digits."""
        text = self.text(cell)
        return numbers.aligned(text) if self.unit in _WITH_SUFFIX and not isinstance(cell, str) else text


@dataclass(frozen=True)
class Row:
    """A row: one cell for each column."""

    cells: tuple[Cell, ...]
    role: RowRole = "plain"


@dataclass(frozen=True)
class Table:
    """A table. `key` names it for anchors and tests; `when_empty` is what is said where there are no rows.

    `headed` is False for lists of facts, which need no titles above their columns.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()
    when_empty: str = ""
    headed: bool = True

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"table {self.key!r}: {len(row.cells)} cells in {len(self.columns)} columns")

    def columns_with_content(self) -> list[int]:
        """Columns worth showing: what may be dropped is, where it is empty in every row."""
        return [
            at
            for at, column in enumerate(self.columns)
            if column.drop_order == 0 or any(row.cells[at] is not None for row in self.rows)
        ]
