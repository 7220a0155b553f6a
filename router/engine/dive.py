"""From a fractional answer to a plan: fix some integer columns, solve again from the last basis, repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray
from router.engine.check import INTEGRALITY
from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.tiers import tiers_reached
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.linear_program import ColumnKind, LinearProgram

_ORDER = (ColumnKind.SWITCH, ColumnKind.RUN, ColumnKind.WHOLE)
"""Tiers move the most spend, runs load the pools, instances follow from both."""

_MOST_RETREATS = 60
"""Dead ends after which a dive gives up."""


@dataclass(frozen=True)
class DiveFlavour:
    """How boldly a dive fixes. ``share``: of the fractional columns fixed before solving again.
    ``round_up_from``: fractions at or above it go up (whole instances and tiers)."""

    name: str
    share: float
    round_up_from: float = 0.5


BOLD = DiveFlavour("dive", share=0.2)
CAREFUL = DiveFlavour("careful dive", share=0.04)
UPWARD = DiveFlavour("upward dive", share=0.2, round_up_from=0.3)


def dive(
    warm: WarmLinearProgram,
    program: LinearProgram,
    start: LinearAnswer,
    flavour: DiveFlavour,
    cutoff: float,
    stop: StopSignal,
    settings: EngineSettings,
    fixed: Mapping[int, float] | None = None,
) -> LinearAnswer | None:
    """A plan cheaper than ``cutoff`` with all integer columns whole, or None.

    ``start`` is the answer of the relaxation with the columns of ``fixed`` at their values.
    The bounds of ``warm`` are the program's again on return.
    """
    try:
        return _Dive(warm, program, flavour, cutoff, stop, settings).run(start, fixed or {})
    finally:
        whole = np.flatnonzero(program.is_integer)
        warm.set_column_bounds(whole, program.lower[whole], program.upper[whole])


def floor_plan(
    warm: WarmLinearProgram, program: LinearProgram, settings: EngineSettings, stop: StopSignal
) -> LinearAnswer | None:
    """The plan with every run and whole instance at its lower bound: nothing rented, what that leaves out unserved.

    Dear, but it exists where unserved demand may be paid for, and a search that ends early has an answer.
    The bounds of ``warm`` are the program's again on return.
    """
    try:
        lowest = LinearAnswer(LinearStatus.OPTIMAL, values=np.where(program.is_integer, program.lower, 0.0))
        return _Dive(warm, program, BOLD, np.inf, stop, settings).finish(lowest)
    finally:
        whole = np.flatnonzero(program.is_integer)
        warm.set_column_bounds(whole, program.lower[whole], program.upper[whole])


class _Dive:
    def __init__(
        self,
        warm: WarmLinearProgram,
        program: LinearProgram,
        flavour: DiveFlavour,
        cutoff: float,
        stop: StopSignal,
        settings: EngineSettings,
    ) -> None:
        self._warm = warm
        self._program = program
        self._flavour = flavour
        self._cutoff = cutoff
        self._stop = stop
        self._settings = settings
        self._lower = program.lower.copy()
        self._upper = program.upper.copy()
        self._retreats = 0

    def run(self, start: LinearAnswer, fixed: Mapping[int, float]) -> LinearAnswer | None:
        columns = np.fromiter(fixed.keys(), dtype=np.int64, count=len(fixed))
        values = np.fromiter(fixed.values(), dtype=np.float64, count=len(fixed))
        self._set(columns, values, values)
        answer: LinearAnswer | None = start
        for kind in _ORDER:
            columns = np.flatnonzero(self._program.kind == kind)
            while answer is not None:
                values = answer.values[columns]
                fractional = columns[np.abs(values - np.round(values)) > INTEGRALITY]
                if not len(fractional):
                    # What is whole now must not turn fractional again when the next kind is fixed.
                    self._set(columns, np.round(values), np.round(values))
                    break
                answer = self._step(kind, fractional, answer.values)
        return None if answer is None else self.finish(answer)

    def _step(self, kind: ColumnKind, fractional: NDArray[np.int64], values: FloatArray) -> LinearAnswer | None:
        """Fix a batch of fractional columns; halve it at a dead end, and turn the last one round."""
        chosen, targets = self._batch(kind, fractional, values[fractional])
        while True:
            answer = self._solve_fixed(chosen, targets)
            if answer is not None or self._stop.reason:
                return answer
            self._retreats += 1
            if self._retreats > _MOST_RETREATS:
                return None
            if len(chosen) > 1:
                chosen, targets = chosen[: len(chosen) // 2], targets[: len(targets) // 2]
                continue
            value = values[chosen]
            other = np.where(targets > value, np.floor(value), np.ceil(value))
            return self._solve_fixed(chosen, other)

    def _batch(
        self, kind: ColumnKind, fractional: NDArray[np.int64], values: FloatArray
    ) -> tuple[NDArray[np.int64], FloatArray]:
        count = max(1, int(len(fractional) * self._flavour.share))
        if kind is ColumnKind.SWITCH:
            # One at a time: a tier may be one of several of which exactly one is reached.
            count = 1
        if kind is ColumnKind.RUN:
            # Runs of one job sum to at most one: those above a half are of different jobs.
            order = np.argsort(-values, kind="stable")
            sure = int(np.count_nonzero(values > 0.5))
            chosen = order[: max(1, min(count, sure))]
            return fractional[chosen], np.ones(len(chosen))
        fraction = values - np.floor(values)
        up = fraction >= self._flavour.round_up_from
        distance = np.where(up, 1.0 - fraction, fraction)
        chosen = np.argsort(distance, kind="stable")[:count]
        return fractional[chosen], np.where(up, np.ceil(values), np.floor(values))[chosen]

    def _solve_fixed(self, columns: NDArray[np.int64], targets: FloatArray) -> LinearAnswer | None:
        old_lower, old_upper = self._lower[columns].copy(), self._upper[columns].copy()
        targets = np.clip(targets, old_lower, old_upper)
        self._set(columns, targets, targets)
        answer = self._warm.solve(self._stop)
        if answer.status is LinearStatus.OPTIMAL and answer.objective < self._cutoff:
            return answer
        self._set(columns, old_lower, old_upper)
        return None

    def _set(self, columns: NDArray[np.int64], lower: FloatArray, upper: FloatArray) -> None:
        self._lower[columns], self._upper[columns] = lower, upper
        self._warm.set_column_bounds(columns, lower, upper)

    def finish(self, answer: LinearAnswer) -> LinearAnswer | None:
        """Fix every integer column at its whole value, for the plan's own duals; tiers at what the spend reaches.

        Whole instances fix the spend, so tiers that were chosen for the relaxation's spend may not fit any more.
        """
        switches = np.flatnonzero(self._program.kind == ColumnKind.SWITCH)
        if not len(switches):
            return solve_with_integers_fixed(self._warm, self._program, answer.values, self._stop)
        others = np.flatnonzero(self._program.is_integer & (self._program.kind != ColumnKind.SWITCH))
        whole = np.clip(np.round(answer.values[others]), self._program.lower[others], self._program.upper[others])
        self._set(others, whole, whole)
        self._set(switches, self._program.lower[switches], self._program.upper[switches])
        relaxed = self._warm.solve(self._stop)
        if relaxed.status is not LinearStatus.OPTIMAL:
            return None
        values = relaxed.values.copy()
        if np.abs(values[switches] - np.round(values[switches])).max() > INTEGRALITY:
            reached = tiers_reached(self._program, values, self._settings, self._stop)
            if reached is None:
                return None
            values[switches] = reached
        return solve_with_integers_fixed(self._warm, self._program, values, self._stop)


def solve_with_integers_fixed(
    warm: WarmLinearProgram, program: LinearProgram, values: FloatArray, stop: StopSignal
) -> LinearAnswer | None:
    """The best plan with the integer columns of ``values``, or None. Leaves them fixed in ``warm``."""
    columns = np.flatnonzero(program.is_integer)
    whole = np.clip(np.round(values[columns]), program.lower[columns], program.upper[columns])
    warm.set_column_bounds(columns, whole, whole)
    answer = warm.solve(stop)
    return answer if answer.status is LinearStatus.OPTIMAL else None
