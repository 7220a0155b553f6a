"""One page of a comparison: tables, amounts with bars, or contracts' courses."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from router.report.letters import Letters
from router.view.compare_pages import ComparePage
from tui.charts.amount_bars import amount_lines
from tui.charts.burn_down_pairs import burn_down_lines
from tui.widgets.report_lines import report_lines


class ComparedPage(Static):
    """Written anew for each width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"compared--{name}" for name in ("title", "plain", "total", "alert", "dim", "less", "more", "before", "after")
    }

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._letters = letters
        self._page: ComparePage | None = None
        self._names = ("", "")
        self._width = -1

    def show(self, page: ComparePage, names: tuple[str, str]) -> None:
        """Another page, of plans with these names."""
        self._page, self._names = page, names
        self._write()

    def say(self, words: str) -> None:
        """Words in place of a page."""
        self._page = None
        self.update(words)

    def on_resize(self, event: events.Resize) -> None:
        """Made anew where the width is another."""
        if event.size.width != self._width:
            self._write()

    def _style(self, name: str) -> Style:
        return self.get_visual_style(f"compared--{name}", partial=True)

    def _write(self) -> None:
        page, width = self._page, self.size.width
        self._width = width
        if page is None or width <= 0:
            return
        lines: list[Content] = []
        for table in page.tables:
            lines += [*([Content("")] if lines else []), *report_lines(table, width, self._letters, self._style)]
        if page.amounts is not None and page.amounts.names:
            lines += amount_lines(page.amounts, width, self._letters, self._style)
        if page.curves:
            lines.append(Content.styled(page.heading, self._style("title")))
            lines += burn_down_lines(page.curves, self._names, width, self._letters, self._style)
        self.update(Content("\n").join(lines or [Content(page.when_empty)]))
