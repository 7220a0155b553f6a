"""The list of views: one letter goes to each."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.dialogs.dialog import Dialog
from tui.frame.choices import Choices
from tui.views.registry import VIEWS, ViewEntry


class ChooseView(Dialog[str | None]):
    """Closed by a letter, Enter or a click on a view, or Escape."""

    BINDINGS = [("escape", "dismiss(None)", "Close")]

    def compose(self) -> ComposeResult:
        """Letter, title, what it is for."""
        options = Choices(*(Option(_line(entry), id=entry.name) for entry in VIEWS), id="choose-view")
        options.border_title = "Go to"
        yield options

    def on_key(self, event: events.Key) -> None:
        """A view's letter."""
        for entry in VIEWS:
            if event.character == entry.letter:
                event.stop()
                self.dismiss(entry.name)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The view that was chosen."""
        self.dismiss(event.option.id)


def _line(entry: ViewEntry) -> Content:
    return Content.assemble((f" {entry.letter} ", "bold reverse"), f"  {entry.title:<12} ", (entry.what, "dim"))
