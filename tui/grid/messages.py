"""What a grid tells the view that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from router.view.grid import Cells


@dataclass
class CellsSelected(Message):
    """The cursor moved or the selection changed."""

    cells: Cells
    row: int
    column: int


@dataclass
class CellOpened(Message):
    """Enter or a double click on a cell that is not edited, or on a heading."""

    row: int
    column: int
