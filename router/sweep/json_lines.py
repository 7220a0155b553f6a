"""Results as JSON lines: a header, then a line for each answer, written as it comes."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from router.sweep.answered import Answered
from router.sweep.header import FORMAT, NO_RESULTS, ResultsHeader, check_header, unreadable
from router.sweep.lock import RunLock, output_error
from router.sweep.outcome_data import answered_data, answered_of
from router.sweep.store import cost_of
from router.whatif.case import Case

_SYNC_SECONDS = 2.0
"""A kill loses at most the line being written; a power cut what was written since."""


class JsonLines:
    """A file of results of one question, begun or gone on with. Close it."""

    def __init__(self, path: Path, header: ResultsHeader, cases: Mapping[str, Case]) -> None:
        """``cases`` by name. Raises OutputError: the file is another question's, or in use, or cannot be written."""
        self.path = path
        self._cases = cases
        self._costs: dict[str, float | None] = {}
        self._lock = RunLock(path.with_name(path.name + ".lock"))
        try:
            self._descriptor = _opened(path)
            try:
                self._length = self._read(header)
                self._synced_at = time.monotonic()
            except BaseException:
                os.close(self._descriptor)
                raise
        except BaseException:
            self._lock.release()
            raise

    @property
    def costs(self) -> Mapping[str, float | None]:
        """Cost in USD of what is answered, by case, None where there is no plan."""
        return self._costs

    def append(self, answered: Answered) -> None:
        """One more line; a second answer of a case is left out. Raises OutputError, and leaves no part of a line."""
        if answered.name in self._costs:
            return
        self._write(answered_data(answered, self._cases.get(answered.name)))
        self._costs[answered.name] = cost_of(answered)
        if time.monotonic() - self._synced_at > _SYNC_SECONDS:
            self._sync()

    def answers(self) -> Iterator[Answered]:
        """All answers, in the order in which they came. Raises OutputError."""
        try:
            with open(self.path, "rb") as file:
                file.readline()
                for number, line in enumerate(file, 2):
                    yield self._answered(line, number)
        except OSError as error:
            raise unreadable(self.path, error.strerror or str(error)) from None

    def close(self) -> None:
        """All lines are on disk; another run may go on. May be called again. Raises OutputError."""
        if self._descriptor < 0:
            return
        try:
            self._sync()
        finally:
            os.close(self._descriptor)
            self._descriptor = -1
            self._lock.release()

    def _read(self, header: ResultsHeader) -> int:
        """Take in what is there; the length of what counts. A new file gets the header."""
        try:
            with open(os.dup(self._descriptor), "rb") as file:
                first = file.readline()
                if not first.endswith(b"\n"):
                    if not _is_begun_by_us(first):
                        raise unreadable(self.path, NO_RESULTS)
                    length = 0
                else:
                    check_header(self.path, first, header)
                    length = len(first)
                    for number, line in enumerate(file, 2):
                        if not line.endswith(b"\n"):
                            # Torn: the run was killed while it wrote this one.
                            break
                        answered = self._answered(line, number)
                        self._costs.setdefault(answered.name, cost_of(answered))
                        length += len(line)
            os.ftruncate(self._descriptor, length)
            os.lseek(self._descriptor, length, os.SEEK_SET)
        except OSError as error:
            raise output_error(self.path, error) from None
        self._length = length
        if not length:
            self._write(header.data())
        return self._length

    def _answered(self, line: bytes, number: int) -> Answered:
        try:
            return answered_of(json.loads(line))
        except ValueError:
            raise unreadable(self.path, f"line {number} is damaged") from None

    def _write(self, data: dict[str, Any]) -> None:
        content = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        try:
            written = 0
            while written < len(content):
                written += os.write(self._descriptor, content[written:])
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._length)
                os.lseek(self._descriptor, self._length, os.SEEK_SET)
            raise output_error(self.path, error) from None
        self._length += len(content)

    def _sync(self) -> None:
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise output_error(self.path, error) from None
        self._synced_at = time.monotonic()


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise output_error(path, error) from None


def _is_begun_by_us(start: bytes) -> bool:
    """Whether a file without one whole line is empty, or a header that a kill cut off."""
    begin = b'{"format":"' + FORMAT.encode() + b'"'
    return start.startswith(begin) or begin.startswith(start)
