"""Tables of any length whose rows are written when they come into sight: what columns they have, and which fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

COLUMN_GAP = 2
"""Blanks between two columns."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column: `width` is what its widest cell takes, `least` what it may be cut to.

    `drop_order` 0 is always shown; of the others the highest leaves first where room is short.
    """

    title: str
    width: int
    least: int
    to_the_right: bool = False
    drop_order: int = 0


class TableRows(Protocol):
    """Rows to show. `cells` has a text for each column; it raises IndexError for a row there is not."""

    @property
    def columns(self) -> tuple[RowColumn, ...]:
        """From left to right."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""


class NoRows:
    """Nothing to show."""

    columns: tuple[RowColumn, ...] = ()
    count: int = 0

    def cells(self, row: int) -> tuple[str, ...]:
        """There is no row."""
        raise IndexError(row)


def fitted_columns(columns: Sequence[RowColumn], width: int, gap: int = COLUMN_GAP) -> tuple[tuple[int, int], ...]:
    """The columns that `width` cells have room for, each with its width; room that is left goes to cut columns.

    Where not even those that are always shown have room at their least, they are shown all the same, and cut off.
    """
    kept = list(range(len(columns)))

    def least_total() -> int:
        return sum(columns[at].least for at in kept) + gap * max(0, len(kept) - 1)

    while kept and least_total() > width:
        droppable = [at for at in kept if columns[at].drop_order > 0]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda at: (columns[at].drop_order, at)))
    room = width - least_total()
    widths = {at: columns[at].least for at in kept}
    for at in kept:
        more = min(max(0, room), columns[at].width - widths[at])
        widths[at] += more
        room -= more
    return tuple((at, widths[at]) for at in kept)
