"""One line with the names of all views; a click goes there."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.views.registry import VIEWS, ViewEntry


class TabStrip(Widget):
    """The view in front stands out; `g` and the underlined letter go to a view."""

    current: reactive[str] = reactive("")

    def render(self) -> Content:
        """Titles in full where they fit, else short."""
        parts: list[Content] = []
        for entry in VIEWS:
            title = self._title(entry)
            is_current = entry.name == self.current
            text = f"[{title}]" if is_current else f" {title} "
            style = "bold reverse" if is_current else ""
            parts.append(Content.styled(text, style).stylize(f"@click=app.go('{entry.name}')"))
        return Content("").join(parts)

    def _title(self, entry: ViewEntry) -> str:
        full = sum(len(other.title) + 2 for other in VIEWS)
        return entry.title if full <= self.size.width else entry.short

    def on_resize(self, event: events.Resize) -> None:
        """Titles change with the width."""
        self.refresh()
