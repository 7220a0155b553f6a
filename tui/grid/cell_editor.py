"""What a grid hands its keys to when cells are edited."""

from __future__ import annotations

from typing import Protocol

from textual.events import Key

from router.view.entry_preview import Preview
from router.view.grid import Cells


class CellEditor(Protocol):
    """Called at once and not by message, so that no key is lost of those typed before the focus has moved."""

    def begin_entry(self, cells: Cells, typed: str) -> None:
        """Edit these cells, beginning with this text."""

    def take_key(self, key: Key) -> bool:
        """A key that was meant for the edit under way; False where there is none."""

    def take_late(self, key: Key) -> bool:
        """A key that was typed after the edit had ended, when the focus had not come back yet."""

    def entry_made(self, preview: Preview, rows: int, columns: int) -> None:
        """The edit was confirmed and can be applied; the cursor moves on by so many rows and columns."""

    def entry_left(self) -> None:
        """Nothing is edited any more."""
