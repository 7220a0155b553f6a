"""What the last edit moved, in words, biggest first."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class MovesPanel(Widget):
    """A title and a few lines; bright for a moment when they are new."""

    heading: reactive[str] = reactive("")
    lines: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Content:
        """One line for each change."""
        title = Content.styled(self.heading, "bold")
        return Content("\n").join([title, *(Content(f"• {line}") for line in self.lines)])

    def tell(self, heading: str, lines: tuple[str, ...], seconds: float) -> None:
        """Show these, bright for so long."""
        is_new = lines != self.lines
        self.heading, self.lines = heading, lines
        if is_new and lines and seconds > 0:
            self.add_class("-new")
            self.set_timer(seconds, lambda: self.remove_class("-new"))
