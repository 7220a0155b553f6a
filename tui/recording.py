"""The journal of this session: each step is on disk before it is shown, or the user is told that it is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from router import __version__
from router.scenario.scenario import Scenario
from router.workspace.folders import FolderError, journal_folder
from router.workspace.journal import Journal, JournalError
from router.workspace.processes import this_process
from router.workspace.recovery import LostSession, resume
from router.workspace.replay import Replayed
from router.workspace.steps import Header, Step


class Recording:
    """Writes a journal as long as there is a place for one."""

    def __init__(self) -> None:
        self._journal: Journal | None = None
        self._in_trouble = False
        self.tell: Callable[[str], None] = _nobody
        """Called with one line where steps cannot be written down, once until they can be again."""

    def begin(self, scenario: Scenario, path: Path, file_sha256: str) -> None:
        """A new session on a file."""
        self.end(clean=True)
        try:
            self._journal = Journal.open(journal_folder(), _header(path, file_sha256), scenario)
        except (FolderError, JournalError) as error:
            self.tell(f"{error}; what you change is not kept if the app is killed")

    def go_on(self, lost: LostSession, replayed: Replayed, path: Path, file_sha256: str) -> None:
        """A lost session goes on: its steps are written down anew before its journal goes."""
        self.end(clean=True)
        try:
            self._journal = resume(journal_folder(), lost, replayed, _header(path, file_sha256))
        except (FolderError, JournalError) as error:
            self.tell(f"{error}; the lost session's journal is kept")

    def record(self, step: Step) -> None:
        """Write a step down."""
        if self._journal is None:
            return
        try:
            self._journal.append(step)
        except JournalError as error:
            if not self._in_trouble:
                self.tell(str(error))
            self._in_trouble = True
        else:
            self._in_trouble = False

    def end(self, *, clean: bool) -> None:
        """``clean``: nothing of it will be asked for again."""
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.close(clean=clean)


def _nobody(_: str) -> None:
    """Nobody listens yet."""


def _header(path: Path, file_sha256: str) -> Header:
    return Header(__version__, str(path.resolve()), file_sha256, this_process(), datetime.now(UTC))
