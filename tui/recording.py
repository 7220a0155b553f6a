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
    """Writes a journal. Where there is no room for one, what was not written waits and is tried again."""

    def __init__(self) -> None:
        self._journal: Journal | None = None
        self._begun: tuple[Scenario, Path, str] | None = None
        self._waiting: list[Step] = []
        self.is_in_trouble = False
        """Whether steps are not on disk."""
        self.tell: Callable[[str], None] = _nobody
        """Called with one line where steps cannot be written down, once until they can be again."""

    def begin(self, scenario: Scenario, path: Path, file_sha256: str) -> None:
        """A new session on a file."""
        self.end(clean=True)
        self._begun = scenario, path, file_sha256
        self._try(self._open)

    def go_on(self, lost: LostSession, replayed: Replayed, path: Path, file_sha256: str) -> None:
        """A lost session goes on: its steps are written down anew before its journal goes."""
        self.end(clean=True)
        self._begun = replayed.base, path, file_sha256
        self._waiting = list(replayed.steps)

        def resumed() -> None:
            self._journal = resume(journal_folder(), lost, replayed, _header(path, file_sha256))
            self._waiting.clear()

        self._try(resumed)

    def record(self, step: Step) -> None:
        """Write a step down."""
        if self._begun is None:
            return
        self._waiting.append(step)
        self._try(self._write)

    def retry(self) -> None:
        """Write what waits, if anything does."""
        if self.is_in_trouble:
            self._try(self._write)

    def _open(self) -> None:
        if self._begun is not None:
            scenario, path, file_sha256 = self._begun
            self._journal = Journal.open(journal_folder(), _header(path, file_sha256), scenario)

    def _write(self) -> None:
        if self._journal is None:
            self._open()
        if self._journal is not None:
            steps, self._waiting = self._waiting, []
            # A step that the disk refuses waits in the journal itself.
            self._journal.append(*steps)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (FolderError, JournalError) as error:
            if not self.is_in_trouble:
                self.tell(f"{error}; what you change is lost if the app is killed")
            self.is_in_trouble = True
        else:
            self.is_in_trouble = False

    def end(self, *, clean: bool) -> None:
        """``clean``: nothing of it will be asked for again."""
        journal, self._journal = self._journal, None
        self._begun, self._waiting, self.is_in_trouble = None, [], False
        if journal is not None:
            journal.close(clean=clean)


def _nobody(_: str) -> None:
    """Nobody listens yet."""


def _header(path: Path, file_sha256: str) -> Header:
    return Header(__version__, str(path.resolve()), file_sha256, this_process(), datetime.now(UTC))
