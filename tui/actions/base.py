"""What the app's groups of actions know of the app."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App

from router.change.change import Change
from router.workspace.settings import Settings
from router.workspace.whatif_desk import WhatIfDesk
from router.workspace.workspace import Workspace

if TYPE_CHECKING:
    from router.workspace.comparer import Differences
    from tui.opening import Opened
    from tui.recording import Recording
    from tui.views.view import View


class Actions(App[None]):
    """Base of each group. The app itself fills in what is declared here."""

    workspace: Workspace
    settings: Settings
    recording: Recording
    desk: WhatIfDesk
    opened: Opened
    differences: Differences | None
    one_file_action: Lock
    """Held while the file is read or written, so that no two actions do at once; the next one waits."""

    @property
    def view(self) -> View | None:
        """The view in front."""
        raise NotImplementedError

    async def go_to_view(self, name: str) -> View:
        """Bring a view to the front."""
        raise NotImplementedError

    def change(self, changes: Sequence[Change]) -> bool:
        """Make changes; whether the scenario took them."""
        raise NotImplementedError

    def tell_error(self, error: Exception) -> None:
        """What went wrong, in its own words."""
        raise NotImplementedError

    def begin_journal(self) -> None:
        """A journal for what is open."""
        raise NotImplementedError

    def open_workspace(self, opened: Opened) -> None:
        """Another scenario, or the same one read anew."""
        raise NotImplementedError
