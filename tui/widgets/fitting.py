"""Texts in a given number of cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

MORE = "…"


def cut(text: str, width: int, *, pad: bool = False, to_the_right: bool = False) -> str:
    """The text in at most `width` cells, with a sign where it is cut; blanks to the whole width where asked."""
    if cell_len(text) > width:
        text = set_cell_size(text, max(0, width - 1)).rstrip() + MORE if width > 0 else ""
    if not pad and not to_the_right:
        return text
    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if to_the_right else text + blanks
