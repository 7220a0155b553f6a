"""Chunks and answers as files in a folder that a pool shares.

Through the pool's own pipes go numbers only. A worker that is killed while it writes a long message leaves a part of
it in the pipe, and the pool waits for the rest for ever; a part of a file is seen as one, and what is before it counts.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterable
from pathlib import Path

from router.outcome.effort import Effort
from router.sweep.answered import Answered
from router.sweep.planned_base import PlannedBase
from router.whatif.case import Case

_LENGTH = struct.Struct("<Q")


class ChunkFiles:
    """The folder of one run."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def write_base(self, base: PlannedBase) -> None:
        """What workers start from."""
        (self.folder / "base").write_bytes(pickle.dumps(base, protocol=5))

    def base(self) -> PlannedBase:
        """As written."""
        base = pickle.loads((self.folder / "base").read_bytes())
        assert isinstance(base, PlannedBase)
        return base

    def write_cases(self, number: int, cases: tuple[Case, ...], effort: Effort) -> None:
        """A chunk to be planned."""
        self._cases(number).write_bytes(pickle.dumps((cases, effort), protocol=5))

    def cases(self, number: int) -> tuple[tuple[Case, ...], Effort]:
        """As written."""
        cases, effort = pickle.loads(self._cases(number).read_bytes())
        return cases, effort

    def write_answers(self, number: int, answers: Iterable[Answered]) -> None:
        """Each as it comes. The file is there from the first moment: work on the chunk has begun."""
        with open(self._answers(number), "wb", buffering=0) as file:
            for answered in answers:
                content = pickle.dumps(answered, protocol=5)
                file.write(_LENGTH.pack(len(content)) + content)

    def take_answers(self, number: int) -> list[Answered] | None:
        """Answers that are there whole, None where work has not begun. The chunk's files go."""
        self._cases(number).unlink(missing_ok=True)
        try:
            content = self._answers(number).read_bytes()
        except FileNotFoundError:
            return None
        self._answers(number).unlink()
        answers, at = [], 0
        while at + _LENGTH.size <= len(content):
            (length,) = _LENGTH.unpack_from(content, at)
            at += _LENGTH.size + length
            if at > len(content):
                break
            answers.append(pickle.loads(content[at - length : at]))
        return answers

    def _cases(self, number: int) -> Path:
        return self.folder / f"{number}.cases"

    def _answers(self, number: int) -> Path:
        return self.folder / f"{number}.answers"
