"""Sessions that ended without being saved, offered back."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from router.workspace.lost_words import lost_words
from router.workspace.recovery import LostSession
from tui.dialogs.dialog import Dialog
from tui.frame.choices import Choices


class LostSessions(Dialog[tuple[str, LostSession] | None]):
    """Enter goes on with one, Delete discards it, Escape decides later."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "Later"),
        Binding("delete,d", "choose('discard')", "Discard"),
    ]

    def __init__(self, lost: Sequence[LostSession]) -> None:
        super().__init__()
        self._lost = list(lost)

    def compose(self) -> ComposeResult:
        """What each session had changed."""
        with Vertical(classes="dialog", id="lost-sessions") as box:
            box.border_title = "Unsaved changes of an earlier session"
            yield Choices(*(Option(Content("\n").join(map(Content, lost_words(lost)))) for lost in self._lost))
            yield Static("Enter: go on with it   d: discard it   Esc: decide later", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with one."""
        self.dismiss(("restore", self._lost[event.option_index]))

    def action_choose(self, what: str) -> None:
        """Discard the one under the cursor."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss((what, self._lost[at]))
