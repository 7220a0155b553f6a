"""The linear program with its whole-number columns fixed at the plan, solved again with a bound or two moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray, Ids
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.linear_program import LinearProgram
from router.why.shift import Shift


class NoPricesError(Exception):
    """The program with whole-number columns at the plan could not be solved."""


_NOT_SOLVED = "no prices: the plan's linear program could not be solved again ({})"


@dataclass(frozen=True)
class Frame:
    """Bounds of some columns that a question sets before it moves anything: columns, lower, upper (f,)."""

    columns: Ids
    lower: FloatArray
    upper: FloatArray

    def also(self, other: Frame) -> Frame:
        """Both frames; where both speak of a column, the other's word holds."""
        keep = ~np.isin(self.columns, other.columns)
        return Frame(
            np.concatenate([self.columns[keep], other.columns]),
            np.concatenate([self.lower[keep], other.lower]),
            np.concatenate([self.upper[keep], other.upper]),
        )


NO_FRAME = Frame(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


class FixedProgram:
    """Answers for moved bounds, each from the basis of the one before. Not safe for two threads at once.

    ``warm``: a live program to work on, with the columns and rows of ``program``; its whole-number columns stay fixed
    until ``release``. Without one there is a cold start. ``values`` (n,): the plan. Raises NoPricesError where the
    program with whole-number columns at the plan has no optimal answer.
    """

    def __init__(
        self,
        program: LinearProgram,
        values: FloatArray,
        warm: WarmLinearProgram | None = None,
        stop: StopSignal | None = None,
    ) -> None:
        self.program = program
        self.values = values
        self._warm = warm if warm is not None else WarmLinearProgram(program)
        self._stop = stop if stop is not None else StopSignal()
        self._integers = np.flatnonzero(program.is_integer)
        self._lower_before = self._warm.program.lower[self._integers]
        self._upper_before = self._warm.program.upper[self._integers]
        whole = np.clip(np.round(values[self._integers]), program.lower[self._integers], program.upper[self._integers])
        self._lower, self._upper = program.lower.copy(), program.upper.copy()
        self._lower[self._integers] = self._upper[self._integers] = whole
        self._warm.set_column_bounds(self._integers, whole, whole)
        self.solves = 0
        """Linear programs solved so far."""
        self.base = self._solve()
        """The answer with nothing moved."""
        if self.base.status is not LinearStatus.OPTIMAL:
            self.release()
            raise NoPricesError(_NOT_SOLVED.format(self.base.status.value))

    @property
    def lower(self) -> FloatArray:
        """Lower bounds with whole-number columns at the plan, shape (n,); not to be written to."""
        return self._lower

    @property
    def upper(self) -> FloatArray:
        """Upper bounds with whole-number columns at the plan, shape (n,); not to be written to."""
        return self._upper

    def release(self) -> None:
        """Give whole-number columns of the live program the bounds back that they had."""
        self._warm.set_column_bounds(self._integers, self._lower_before, self._upper_before)

    def solve(self, shift: Shift, amount: float, frame: Frame = NO_FRAME) -> LinearAnswer:
        """The answer with the frame set and the shift made ``amount`` times; bounds are as before on return.

        Raises NoPricesError where the solver was stopped or gave up; that there is no plan is an answer.
        """
        rows, touched = shift.rows, np.concatenate([frame.columns, shift.columns])
        lower, upper = self._bounds(frame, shift, amount)
        program = self.program
        row_lower = program.row_lower[rows] + amount * shift.row_lower
        row_upper = program.row_upper[rows] + amount * shift.row_upper
        if _crossed(lower[touched], upper[touched]) or _crossed(row_lower, row_upper):
            # Demand below none, say.
            return LinearAnswer(LinearStatus.INFEASIBLE)
        self._warm.set_column_bounds(touched, lower[touched], np.maximum(lower[touched], upper[touched]))
        self._warm.set_row_bounds(rows, row_lower, np.maximum(row_lower, row_upper))
        try:
            return self._solve()
        finally:
            self._warm.set_column_bounds(touched, self._lower[touched], self._upper[touched])
            self._warm.set_row_bounds(rows, program.row_lower[rows], program.row_upper[rows])

    def _bounds(self, frame: Frame, shift: Shift, amount: float) -> tuple[FloatArray, FloatArray]:
        lower, upper = self._lower.copy(), self._upper.copy()
        lower[frame.columns], upper[frame.columns] = frame.lower, frame.upper
        lower[shift.columns] += amount * shift.lower
        upper[shift.columns] += amount * shift.upper
        return lower, upper

    def _solve(self) -> LinearAnswer:
        self.solves += 1
        answer = self._warm.solve(self._stop)
        if answer.status in (LinearStatus.STOPPED, LinearStatus.FAILED):
            raise NoPricesError(_NOT_SOLVED.format(self._stop.reason or answer.message))
        return answer


_ROUNDING = 1e-9
"""By which a lower bound may pass an upper one, over 1 + its size, and still mean the same."""


def _crossed(lower: FloatArray, upper: FloatArray) -> bool:
    with np.errstate(invalid="ignore"):
        return bool((lower - upper > _ROUNDING * (1.0 + np.abs(upper))).any())
