"""Which plan to compare: one of the open file, that of a what-if, or of another file."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from router.view.compare_sides import SideChoice, WhatIfChoice
from tui.dialogs.choosing import ChoosingDialog
from tui.frame.choices import Choices


class ChooseSide(ChoosingDialog[tuple[str, str] | None]):
    """Gives `("plan", key)` of a plan at hand, `("what-if", key)` or `("file", path)`; None where it was left."""

    BINDINGS = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "move(1)", "Next"),
        ("up", "move(-1)", "Previous"),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[SideChoice],
        what_ifs: Sequence[WhatIfChoice],
        files: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._given = [
            *(("plan", choice.key) for choice in choices),
            *(("what-if", choice.key) for choice in what_ifs),
            *(("file", path) for path, _ in files),
        ]
        self._more = [*((choice.name, choice.what) for choice in what_ifs), *files]

    def compose(self) -> ComposeResult:
        """The input for a path, then what can be chosen."""
        with Vertical(classes="dialog", id="choose-side") as box:
            box.border_title = self._title
            yield Input(placeholder="path of a scenario or a plan.json, or choose below", id="side-path", compact=True)
            plans = [Option(_line(choice.title, choice.what), disabled=choice.side is None) for choice in self._choices]
            yield Choices(*plans, *(Option(_line(title, what)) for title, what in self._more), id="side-list")

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
        self.dismiss(self._given[at])


def _line(title: str, what: str) -> Content:
    return Content.assemble(f"{title}  ", (what, "dim"))
