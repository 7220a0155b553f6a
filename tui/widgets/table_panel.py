"""A table of a report in a panel that scrolls."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from router.report.layout import folded, lay_out
from router.report.letters import Letters
from router.report.table import Table


class TablePanel(VerticalScroll, can_focus=True):
    """The title in the border; columns that have no room leave, as in reports."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table-panel--head",
        "table-panel--plain",
        "table-panel--subtotal",
        "table-panel--total",
        "table-panel--alert",
        "table-panel--note",
    }

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letters = letters
        self._table: Table | None = None

    def compose(self) -> ComposeResult:
        """One text that fills it."""
        yield Static(markup=False)

    def show(self, table: Table) -> None:
        """Another table, from its top."""
        self._table = table
        self.border_title = table.title
        self.scroll_home(animate=False)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Other columns fit."""
        self._draw()

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        table, width = self._table, self.scrollable_content_region.width
        if table is None or width < 1:
            return
        lines: list[Content] = []
        if table.rows:
            layout = lay_out(table, width, self._letters)
            lines += [self._styled(line, "head") for line in layout.head]
            for row in layout.rows:
                lines += [self._styled(line, row.role) for line in row.lines]
        else:
            lines.append(self._styled(table.when_empty, "plain"))
        for note in table.footnotes:
            lines += [self._styled(line, "note") for line in folded(note, width)]
        self.query_one(Static).update(Content("\n").join(lines))

    def _styled(self, line: str, name: str) -> Content:
        return Content.styled(line, self.get_visual_style(f"table-panel--{name}"))
