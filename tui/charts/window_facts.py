"""The facts of one commitment window."""

from __future__ import annotations

from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from router.report.letters import Letters
from router.report.table import Table
from router.view.laid_lines import LineRole, table_lines


class WindowFacts(Widget):
    """A table of facts, laid out for the width there is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--title", "facts--alert"}

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letters = letters
        self._table: Table | None = None
        self._when_none = ""

    def show(self, table: Table | None, when_none: str) -> None:
        """Other facts; ``when_none`` is said where there are none."""
        self._table, self._when_none = table, when_none
        self.refresh()

    def render(self) -> RenderResult:
        """A line or more for each fact."""
        if self._table is None:
            return Content(self._when_none)
        lines = []
        for line in table_lines(self._table, max(20, self.size.width), self._letters):
            name = {LineRole.TITLE: "title", LineRole.ALERT: "alert"}.get(line.role)
            style = "" if name is None else self.get_visual_style(f"facts--{name}")
            lines.append(Content.styled(line.text, style))
        return Content("\n").join(lines)
