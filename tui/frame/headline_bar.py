"""The two lines at the top: which file, and what its plan costs, misses and proves."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from router.view.fact import shortened
from router.view.headline import Headline


class HeadlineBar(Widget):
    """Redrawn when anything in it changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headline--file",
        "headline--unsaved",
        "headline--good",
        "headline--plain",
        "headline--working",
        "headline--alert",
    }

    file: reactive[str] = reactive("")
    unsaved: reactive[str] = reactive("")
    headline: reactive[Headline | None] = reactive(None)

    def render(self) -> RenderResult:
        """The file and the unsaved changes; then the facts that fit."""
        width = max(1, self.size.width - 2)
        style = self.get_component_styles
        file = shortened(self.file, width - len(self.unsaved) - 2 if self.unsaved else width)
        first = Content.assemble(
            (file, f"{style('headline--file').rich_style}"),
            "  " if self.unsaved else "",
            (self.unsaved, f"{style('headline--unsaved').rich_style}"),
        )
        if self.headline is None:
            return first
        shown = self.headline.line(width)
        facts = Content("  ").join(
            Content.styled(fact.text, f"{style(f'headline--{fact.role.value}').rich_style}") for fact in shown
        )
        return Content("\n").join([first, facts])

    def on_resize(self, event: events.Resize) -> None:
        """Other facts fit."""
        self.refresh()
