"""Which file to open: a recent one, a shipped one, or any that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from router.scenario.shipped import shipped_names
from tui.dialogs.choosing import ChoosingDialog
from tui.frame.choices import Choices


class OpenDialog(ChoosingDialog[str | None]):
    """Type a path, or choose."""

    BINDINGS = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "move(1)", "Next"),
        ("up", "move(-1)", "Previous"),
    ]

    def __init__(self, recent: Sequence[str]) -> None:
        super().__init__()
        self._choices = [(path, "recent") for path in recent] + [(name, "shipped") for name in shipped_names()]

    def compose(self) -> ComposeResult:
        """The input, then what can be chosen."""
        with Vertical(classes="dialog", id="open-file") as box:
            box.border_title = "Open a scenario"
            yield Input(
                placeholder="path of a scenario file, or choose below",
                suggester=SuggestFromList([choice for choice, _ in self._choices]),
                id="open-path",
                compact=True,
            )
            yield Choices(
                *(Option(Content.assemble(f"{choice}  ", (what, "dim"))) for choice, what in self._choices),
                id="open-list",
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What is typed, else what is chosen."""
        typed = event.value.strip()
        at = self.query_one(OptionList).highlighted
        if typed:
            self.dismiss(typed)
        elif at is not None:
            self.dismiss(self._choices[at][0])
        else:
            self.app.bell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """What was clicked."""
        self.dismiss(self._choices[event.option_index][0])
