"""Cases in chunks: consecutive ones go to one worker, which plans each warm from its neighbour."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from router.whatif.case import Case

_TARGET_SECONDS = 0.7
"""Work in a chunk: results come about once a second, and handing over (2 ms) costs nothing beside it."""

_FIRST = 2
_NEW_WEIGHT = 0.3
"""Of a chunk just measured, in the running mean of seconds a case takes."""


@dataclass(frozen=True)
class Chunk:
    """Cases for one worker, in order. ``number`` is unique within a run."""

    number: int
    cases: tuple[Case, ...]


class Chunks:
    """What is left to hand out, cut by how long cases took so far."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._left = deque(cases)
        self._first: deque[Case] = deque()
        self._number = 0
        self._seconds: float | None = None

    def __len__(self) -> int:
        return len(self._left) + len(self._first)

    def take(self, workers: int) -> Chunk | None:
        """The next chunk, None where nothing is left. Towards the end they get smaller, so that all end together."""
        if self._first:
            return self.only(self._first.popleft())
        if not self._left:
            return None
        most = max(1, len(self._left) // (2 * max(1, workers)))
        wanted = _FIRST if self._seconds is None else int(_TARGET_SECONDS / max(self._seconds, 1e-6))
        return self._chunk([self._left.popleft() for _ in range(min(len(self._left), most, max(1, wanted)))])

    def only(self, case: Case) -> Chunk:
        """A chunk of one case."""
        return self._chunk([case])

    def put_back(self, cases: Sequence[Case]) -> None:
        """Cases that were handed out and not planned; they are next."""
        self._left.extendleft(reversed(cases))

    def put_back_alone(self, case: Case) -> None:
        """A case to be handed out next, in a chunk of its own."""
        self._first.append(case)

    def take_all(self) -> list[Case]:
        """All that is left; nothing is afterwards."""
        left = [*self._first, *self._left]
        self._first.clear()
        self._left.clear()
        return left

    def measured(self, cases: int, seconds: float) -> None:
        """How long some cases took a worker."""
        if cases:
            each = seconds / cases
            before = self._seconds
            self._seconds = each if before is None else (1 - _NEW_WEIGHT) * before + _NEW_WEIGHT * each

    def _chunk(self, cases: list[Case]) -> Chunk:
        self._number += 1
        return Chunk(self._number, tuple(cases))
