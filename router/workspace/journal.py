"""What an editing session does, on disk before it is shown: a file for each session, one line for each step.

A line counts once it is whole: what a kill or a power cut leaves of the last one is not read. The scenario that editing
starts from is written with the first step, so that nothing is lost with the scenario's own file, and looking at a
scenario writes no more than a header.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from router.scenario.scenario import Scenario
from router.workspace.journal_lines import (
    Base,
    LineError,
    Stamped,
    base_line,
    header_line,
    read_header,
    read_line,
    step_line,
)
from router.workspace.outline import Outline
from router.workspace.steps import Header, Saved, Step
from router.workspace.system_error import told

SUFFIX = ".journal"
_OWNER_ONLY = 0o600


class JournalError(Exception):
    """A journal cannot be written or read; `str()` is one line with the file and the reason."""


class Journal:
    """The journal of this session. Not for several threads at once.

    Where the disk refuses a step, it is kept and written with the next one: once there is room again, nothing is
    missing. `close` it at the end; a journal that was not closed is a session that was lost.
    """

    def __init__(self, path: Path, descriptor: int, header: Header, scenario: Scenario) -> None:
        self.path = path
        self._descriptor = descriptor
        self._base: Scenario | None = scenario
        self._pending: list[bytes] = [header_line(header)]
        self._length = 0

    @classmethod
    def open(cls, folder: Path, header: Header, scenario: Scenario) -> Journal:
        """A new journal in an existing folder; ``scenario``: what editing starts from. Raises JournalError."""
        path = folder / f"{header.started:%Y%m%d-%H%M%S}-{header.process.pid}-{secrets.token_hex(4)}{SUFFIX}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            journal = cls(path, os.open(path, flags, _OWNER_ONLY), header, scenario)
        except (OSError, ValueError) as error:
            raise JournalError(told(path, "no journal can be kept", error)) from None
        try:
            journal._write()
        except JournalError:
            journal.close(clean=True)
            raise
        _sync_folder(folder)
        return journal

    def append(self, *steps: Step) -> None:
        """Steps that were made; on return they are on disk. Raises JournalError, and tries them again the next time."""
        at = datetime.now(UTC)
        try:
            lines = [step_line(step, at) for step in steps]
        except TypeError as error:
            raise JournalError(told(self.path, "a step cannot be written", ValueError(str(error)))) from None
        if self._base is not None:
            lines.insert(0, base_line(self._base))
            self._base = None
        self._pending += lines
        self._write()

    def close(self, *, clean: bool) -> None:
        """The end of the session. ``clean``: nothing is to be recovered, and the file goes."""
        if self._descriptor < 0:
            return
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1
        if clean:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _write(self) -> None:
        if self._descriptor < 0:
            raise JournalError(f"{self.path}: the journal is closed")
        content = b"".join(self._pending)
        try:
            written = 0
            while written < len(content):
                written += os.write(self._descriptor, content[written:])
            os.fsync(self._descriptor)
        except OSError as error:
            self._forget_part()
            raise JournalError(told(self.path, "the last steps are not on disk", error)) from None
        self._length += len(content)
        self._pending.clear()

    def _forget_part(self) -> None:
        """Takes away what a failed write left, so that the next one does not continue a torn line."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._length)
            os.lseek(self._descriptor, self._length, os.SEEK_SET)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a journal holds: the session, the scenario that editing started from, and the steps since.

    ``base`` is None where no step was made. ``path`` and ``file_sha256``: of the scenario's file as last read or
    written. ``damage``: what is wrong with a line, told in one; all before it is here.
    """

    header: Header
    base: Base | None
    steps: tuple[Stamped, ...]
    outline: Outline
    path: str | None
    file_sha256: str | None
    damage: str | None


def read_journal(path: Path) -> Recorded:
    """What a journal holds, as far as it can be read. Raises JournalError where not even its header can."""
    try:
        lines = path.read_bytes().split(b"\n")
    except (OSError, ValueError) as error:
        raise JournalError(told(path, "this journal cannot be read", error)) from None
    # What follows the last line's end was being written when the session ended.
    lines.pop()
    try:
        header = read_header(lines[0] if lines else b"")
    except LineError as error:
        raise JournalError(told(path, "this is no journal", error)) from None
    return _recorded(header, lines[1:])


def _recorded(header: Header, lines: list[bytes]) -> Recorded:
    base: Base | None = None
    steps: list[Stamped] = []
    outline = Outline()
    file, file_sha256 = header.path, header.file_sha256
    damage = None
    for number, line in enumerate(lines, 2):
        try:
            item = read_line(line)
            if isinstance(item, Base) is not (base is None):
                raise LineError("the scenario comes once, before all steps")
            if isinstance(item, Base):
                base = item
                continue
            outline.take(item.step)
        except (LineError, IndexError):
            left = len(lines) + 1 - number
            damage = f"line {number} of the journal is damaged" + (f"; it and {left} after it are lost" if left else "")
            break
        steps.append(item)
        if isinstance(item.step, Saved):
            file, file_sha256 = item.step.path, item.step.file_sha256
    return Recorded(header, base, tuple(steps), outline, file, file_sha256, damage)


def _sync_folder(folder: Path) -> None:
    # That the new name survives a power cut is best effort: not every file system can.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
