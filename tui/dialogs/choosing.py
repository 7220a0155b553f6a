"""A dialog in which something is typed while a list below is moved through."""

from __future__ import annotations

from textual.screen import ScreenResultType
from textual.widgets import OptionList

from tui.dialogs.dialog import Dialog


class ChoosingDialog(Dialog[ScreenResultType]):
    """Base of the dialogs with an input above a list."""

    def action_move(self, by: int) -> None:
        """The choice moves while the input keeps the keys."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()
