"""What all dialogs have in common: keys typed before they are drawn, or after they were closed, do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, Provider
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """Base of all dialogs."""

    _was_closed = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that come before there is anything to act on do nothing, except to close."""
        return self.is_mounted or action == "dismiss"

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result."""
        # Textual would close whatever screen is in front.
        if self._was_closed or self.app.screen is not self:
            return AwaitComplete()
        self._was_closed = True
        return super().dismiss(result)


class Palette(CommandPalette):
    """Textual's palette, which fails where a page is turned before its list was drawn."""

    _was_closed = False

    def __init__(self, only: Sequence[type[Provider]] | None = None, placeholder: str = "Search for commands…") -> None:
        """``only``: what commands it has; all that there are where not given."""
        super().__init__(only, placeholder=placeholder, id="--command-palette")

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close."""
        if self._was_closed or self.app.screen is not self:
            return AwaitComplete()
        self._was_closed = True
        return super().dismiss(result)

    def _action_command_list(self, action: str) -> None:
        with suppress(LookupError):
            super()._action_command_list(action)
