"""Which kind of workload to add."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from router.view.forms.opening import WORKLOAD_KIND_WORDS, WORKLOAD_KINDS
from tui.dialogs.dialog import Dialog
from tui.frame.choices import Choices


class ChooseKind(Dialog[str | None]):
    """A letter, or arrows and Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Close"),
        *((kind[0], f"dismiss('{kind}')", kind) for kind in WORKLOAD_KINDS),
    ]

    def __init__(self, first: str) -> None:
        """``first``: the one that Enter takes."""
        super().__init__()
        self._first = first

    def compose(self) -> ComposeResult:
        """The kinds."""
        with Vertical(classes="dialog", id="choose-kind") as box:
            box.border_title = "Add a workload"
            yield Choices(
                *(
                    Option(Content.assemble((kind[0], "bold"), f"  {WORKLOAD_KIND_WORDS[kind]}"), id=kind)
                    for kind in WORKLOAD_KINDS
                ),
                compact=True,
            )

    def on_mount(self) -> None:
        """The likeliest one."""
        options = self.query_one(OptionList)
        options.highlighted = WORKLOAD_KINDS.index(self._first)
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(event.option_id)
