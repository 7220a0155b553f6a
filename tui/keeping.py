"""The plan of the file as it is, kept for the next start once its search has ended."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from router.session.events import PlanFound
from router.workspace.folders import plans_folder
from router.workspace.shown import Shown
from tui.planning import keep_plan

if TYPE_CHECKING:
    # The solver is imported after the first picture.
    from router.session.session import Session


class Keeper:
    """Knows which plan is worth keeping and which was kept already."""

    def __init__(self) -> None:
        self._kept: PlanFound | None = None
        self._interrupt = threading.Event()

    def wanted(self, shown: Shown, *, began_kept: bool) -> PlanFound | None:
        """The plan to keep, if there is one. ``began_kept``: the session began with a kept plan, its first is that."""
        found = shown.found
        if found is None or found is self._kept or not shown.is_saved or shown.is_stale or shown.solver.is_working:
            return None
        return None if began_kept and found.version == 0 else found

    def interrupt(self) -> None:
        """Something was changed: what is being kept is not wanted any more."""
        self._interrupt.set()

    def keep(self, found: PlanFound, session: Session) -> None:
        """Keeps a plan. Takes some tenths of a second, for a thread of its own or for after the end."""
        folder = plans_folder()
        if folder is None or found is self._kept:
            return
        interrupt = self._interrupt = threading.Event()
        keep_plan(session, found, folder, interrupt)
        if not interrupt.is_set():
            self._kept = found
