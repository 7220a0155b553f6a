"""Find anything by some of its letters."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from router.scenario.scenario import Scenario
from router.view.finder import Named, all_named, find
from tui.dialogs.choosing import ChoosingDialog
from tui.frame.choices import Choices

_MOST = 50


class FindDialog(ChoosingDialog[Named | None]):
    """Type, choose with the arrows, Enter goes there."""

    BINDINGS = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "move(1)", "Next"),
        ("up", "move(-1)", "Previous"),
    ]

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._named = all_named(scenario)
        self._found: list[Named] = []

    def compose(self) -> ComposeResult:
        """The input and what it finds."""
        with Vertical(id="find") as box:
            box.border_title = "Find a workload, pool, contract or price"
            yield Input(placeholder="some letters of its name", id="find-input", compact=True)
            yield Choices(id="find-list")

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """The best matches of what is typed."""
        self._show(event.value)

    def _show(self, typed: str) -> None:
        self._found = find(self._named, typed, _MOST)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Content.assemble(f"{named.name}  ", (named.what, "dim"))) for named in self._found)
        if self._found:
            options.highlighted = 0

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to what is chosen."""
        at = self.query_one(OptionList).highlighted
        self.dismiss(self._found[at] if at is not None and at < len(self._found) else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to what was clicked."""
        self.dismiss(self._found[event.option_index])
