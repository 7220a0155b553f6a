"""The journal of this session, and lost sessions offered back."""

from __future__ import annotations

from textual import work

from router.reading.problems import ScenarioError
from router.workspace.folders import FolderError, journal_folder
from router.workspace.journal import JournalError
from router.workspace.recovery import LostSession, discard, find_lost, living
from router.workspace.replay import replay
from tui.actions.base import Actions
from tui.opening import Opened, open_lost, sha256_of


class RecoveryActions(Actions):
    """What happens with journals."""

    @work(exclusive=True, group="journal")
    async def offer_lost_sessions(self) -> None:
        """What earlier sessions left, and whether another one has this file open."""
        self._tell_if_open_elsewhere()
        await self._offer_lost()

    def begin_journal(self) -> None:
        """A journal for what is open."""
        opened = self.opened
        self.recording.begin(self.workspace.scenario, opened.path, sha256_of(opened.state))

    def tell_trouble(self, line: str) -> None:
        """Steps cannot be written down."""
        self.notify(line, severity="warning", timeout=10, markup=False)

    def _tell_if_open_elsewhere(self) -> None:
        try:
            other = living(journal_folder(), self.opened.path)
        except FolderError:
            return
        if other is not None:
            may = "is" if other.is_sure else "may be"
            where = f"in process {other.process.pid}" if other.is_sure else f"on {other.process.host}"
            self.notify(f"This file {may} open in another router too, {where}.", severity="warning", markup=False)

    async def _offer_lost(self) -> None:
        from tui.dialogs.lost_sessions import LostSessions

        while True:
            try:
                lost = find_lost(journal_folder())
            except FolderError:
                return
            if not lost:
                return
            answer = await self.push_screen_wait(LostSessions(lost))
            if answer is None:
                return
            what, session = answer
            if what == "restore":
                self._restore(session)
                return
            try:
                discard(session)
            except JournalError as error:
                self.tell_error(error)
                return

    def _restore(self, lost: LostSession) -> None:
        try:
            now = open_lost(lost, self.opened)
            replayed = replay(lost.recorded, now.scenario if lost.path is not None else None)
        except (ScenarioError, JournalError) as error:
            self.tell_error(error)
            return
        self.recording.go_on(lost, replayed, now.path, sha256_of(now.state))
        self.open_workspace(Opened(now.scenario, now.path, now.state, now.kept, replayed.history))
        count = len(replayed.history.entries)
        self.notify(f"Brought back: {count} unsaved change{'' if count == 1 else 's'}.", timeout=5)
        for line in (*replayed.refused, *replayed.overwritten):
            self.notify(line, severity="warning", timeout=15, markup=False)
