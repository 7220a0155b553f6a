"""What runs cases in other processes: a pool on this machine, or a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from router.sweep.answered import Answered
from router.sweep.chunks import Chunk
from router.whatif.case import Case


class WorkersError(Exception):
    """Cases cannot be planned with these workers; `str()` is one line. What was answered so far is kept."""


@dataclass(frozen=True)
class Finished:
    """What became of a chunk. All of it is in ``answers``, unless its worker died.

    ``left``: cases without an answer. ``suspects``: of these, the ones at work when the worker died; any of them may
    have killed it. ``seconds``: spent on planning the answered ones, None where it is not known.
    """

    answers: tuple[Answered, ...]
    seconds: float | None = None
    left: tuple[Case, ...] = ()
    suspects: tuple[Case, ...] = ()


class Workers(Protocol):
    """Takes chunks and gives answers, in any order. Close it: no process is left."""

    @property
    def count(self) -> int:
        """Cases that can be at work at the same time; may change."""

    @property
    def share_memory(self) -> bool:
        """Whether all are on one machine: one that needs much memory may be the death of another."""

    @property
    def deaths(self) -> int:
        """How often workers died so far."""

    def hand(self, chunk: Chunk) -> None:
        """Give a chunk to whichever worker is free next. Raises WorkersError."""

    def wait(self, seconds: float) -> list[Finished]:
        """Chunks that ended since the last call; waits for one, but not longer than that. Raises WorkersError."""

    def stop(self) -> list[Finished]:
        """Ends all work at once; what was answered of chunks under way, where it can be known."""

    def close(self) -> None:
        """Ends all work and all processes that were started. May be called again."""
