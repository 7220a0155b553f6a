"""A list to choose from."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from textual.widgets import OptionList


class Choices(OptionList):
    """Textual's list, which fails where a page is turned before it was drawn; here such a key does nothing."""

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(LookupError):
            super()._move_page(direction)
