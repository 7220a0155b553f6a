"""Which plan to compare: one of the open file, or that of another."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from router.view.compare_sides import SideChoice
from tui.dialogs.choosing import ChoosingDialog
from tui.frame.choices import Choices


class ChooseSide(ChoosingDialog[tuple[str, str] | None]):
    """Gives `("plan", key)` of a plan at hand or `("file", path)`; None where it was left."""

    BINDINGS = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "move(1)", "Next"),
        ("up", "move(-1)", "Previous"),
    ]

    def __init__(self, title: str, choices: Sequence[SideChoice], files: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._files = files

    def compose(self) -> ComposeResult:
        """The input for a path, then what can be chosen."""
        with Vertical(classes="dialog", id="choose-side") as box:
            box.border_title = self._title
            yield Input(placeholder="path of a scenario or a plan.json, or choose below", id="side-path", compact=True)
            plans = [Option(_line(choice.title, choice.what), disabled=choice.side is None) for choice in self._choices]
            yield Choices(*plans, *(Option(_line(path, what)) for path, what in self._files), id="side-list")

    def on_mount(self) -> None:
        """The first that can be chosen."""
        self.query_one(OptionList).action_first()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What is typed, else what is chosen."""
        typed = event.value.strip()
        at = self.query_one(OptionList).highlighted
        if typed:
            self.dismiss(("file", typed))
        elif at is not None:
            self._choose(at)
        else:
            self.app.bell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """What was clicked."""
        self._choose(event.option_index)

    def _choose(self, at: int) -> None:
        plans = len(self._choices)
        self.dismiss(("plan", self._choices[at].key) if at < plans else ("file", self._files[at - plans][0]))


def _line(title: str, what: str) -> Content:
    return Content.assemble(f"{title}  ", (what, "dim"))
