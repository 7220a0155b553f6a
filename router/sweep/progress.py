"""How far a run of many cases has come."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from router.sweep.answered import Answered

_WINDOW_SECONDS = 30.0
"""The rate is that of so long: it was another one before the workers had started."""


@dataclass(frozen=True, slots=True)
class Costed:
    """A case and what its plan costs."""

    name: str
    cost_usd: float


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run has come.

    ``done`` of ``total`` cases are answered, ``failed`` of these without a plan, ``resumed`` of them by an earlier run.
    ``per_second`` is None until it is known; so is ``seconds_left``. ``best`` and ``worst``: the cheapest and the
    dearest so far. ``deaths``: how often workers died, and what they had at work was planned again.
    """

    done: int
    total: int
    failed: int = 0
    resumed: int = 0
    seconds: float = 0.0
    per_second: float | None = None
    best: Costed | None = None
    worst: Costed | None = None
    deaths: int = 0
    interrupted: bool = False

    @property
    def seconds_left(self) -> float | None:
        """At the rate of now; None where that is not known."""
        return (self.total - self.done) / self.per_second if self.per_second else None


OnProgress = Callable[[RunProgress], None]


class Tally:
    """Counts answers as they come."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._total = total
        self._done = self._failed = self._resumed = 0
        self._best: Costed | None = None
        self._worst: Costed | None = None
        self._answered_at: deque[float] = deque()

    def resume(self, costs: Mapping[str, float | None]) -> None:
        """What an earlier run answered: cost by name, None where there is no plan."""
        for name, cost in costs.items():
            self._count(name, cost)
        self._resumed = len(costs)

    def add(self, answered: Answered) -> None:
        """One more answer."""
        self._count(answered.name, None if answered.outcome is None else answered.outcome.cost_usd)
        self._answered_at.append(self._clock())

    def progress(self, deaths: int = 0, *, interrupted: bool = False) -> RunProgress:
        """How far it has come by now."""
        now = self._clock()
        return RunProgress(
            done=self._done,
            total=self._total,
            failed=self._failed,
            resumed=self._resumed,
            seconds=now - self._began,
            per_second=self._rate(now),
            best=self._best,
            worst=self._worst,
            deaths=deaths,
            interrupted=interrupted,
        )

    def _count(self, name: str, cost: float | None) -> None:
        self._done += 1
        if cost is None or not math.isfinite(cost):
            self._failed += cost is None
            return
        if self._best is None or cost < self._best.cost_usd:
            self._best = Costed(name, cost)
        if self._worst is None or cost > self._worst.cost_usd:
            self._worst = Costed(name, cost)

    def _rate(self, now: float) -> float | None:
        """Answers a second since the first of those in the window; that one was begun before."""
        while self._answered_at and self._answered_at[0] < now - _WINDOW_SECONDS:
            self._answered_at.popleft()
        first = self._answered_at[0] if self._answered_at else now
        return (len(self._answered_at) - 1) / (now - first) if len(self._answered_at) > 1 and now > first else None
