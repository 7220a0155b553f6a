"""A panel of lines of text, folded at its width."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class LinesPanel(VerticalScroll, can_focus=True):
    """Each line begins with a sign, and goes on under its text; the panel scrolls where lines have no room."""

    def compose(self) -> ComposeResult:
        """One text that fills it."""
        yield Static(markup=False)

    def tell(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Lines: a sign (or a number), the text, and the style of both: a theme's colour, or nothing."""
        self.query_one(Static).update(
            Content("\n").join(
                Content.assemble((f"{sign} " if sign else "", style), (text, style)) for sign, text, style in lines
            )
        )
