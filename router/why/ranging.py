"""What one more (and one fewer) of a limit is worth, and how far that holds: by solving again with the limit moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from router.engine.warm_linear_program import LinearAnswer, LinearStatus
from router.why.fixed_program import NO_FRAME, FixedProgram, Frame
from router.why.shift import Shift

STEP = 1e-5
"""A small step, as a share of the limit's size: far above the solver's tolerance, far below what is planned with."""
_MOST_SOLVES = 20
_FIRST, _STRIDE = 1.0 / 1024.0, 8.0
_CLOSE = 0.01
"""How closely the end of a range is found where there is no plan beyond it."""
_SAME = 1e-6
"""Relative difference up to which two amounts count as the same."""


class RangeEnd(StrEnum):
    """Why a value holds no further."""

    CHANGES = "changes"
    """One more is worth something else from there on."""
    IMPOSSIBLE = "impossible"
    """Beyond it there is no plan with these runs, whole instances and price tiers."""
    NOT_FOUND = "not found"
    """It holds at least that far."""


@dataclass(frozen=True)
class Side:
    """One direction of a limit. ``slope``: objective per unit of the limit (of the limit as it grows, in both
    directions); ``until``: how many units it holds for, 0 or more; ``ends``: why no further."""

    slope: float
    until: float
    ends: RangeEnd


def right_beside(
    fixed: FixedProgram, shift: Shift, direction: int, scale: float, frame: Frame = NO_FRAME
) -> LinearAnswer | None:
    """The answer a small step away, whose duals are those of the direction; None where there is no plan that way.

    The step gets smaller until the duals that the answer has hold all the way to where nothing is moved.
    """
    start = starting_point(fixed, frame)
    answer = None
    for share in (STEP, STEP / 30.0, STEP / 1000.0):
        step = direction * share * max(1.0, scale)
        found = fixed.solve(shift, step, frame)
        if found.status is not LinearStatus.OPTIMAL:
            continue
        answer = found
        if start is None or abs(found.objective - start - step * shift.slope(found)) <= _noise(start, found, step):
            break
    return answer


def starting_point(fixed: FixedProgram, frame: Frame) -> float | None:
    """The objective with the frame set and nothing moved; None where there is no plan."""
    columns = frame.columns
    tighter = (frame.lower >= fixed.lower[columns]) & (frame.upper <= fixed.upper[columns])
    known = fixed.base.values[columns]
    if np.all(tighter & (known >= frame.lower) & (known <= frame.upper)):
        return fixed.base.objective
    framed = fixed.solve(Shift(), 0.0, frame)
    return framed.objective if framed.status is LinearStatus.OPTIMAL else None


def _noise(start: float, found: LinearAnswer, step: float) -> float:
    return 1e-11 * max(1.0, abs(start)) + _SAME * abs(found.objective - start)


def side(
    fixed: FixedProgram, shift: Shift, direction: int, scale: float, furthest: float, frame: Frame = NO_FRAME
) -> Side | None:
    """The worth of a limit in one direction (+1, -1), and its range up to ``furthest`` units.

    None where there is no plan that way. No range is sought where ``furthest`` is 0.
    ``scale``: size of the limit. The optimal value is convex and made of straight pieces along the shift: a line
    at a point beyond the end of the first piece meets that piece's line before that point, at its end or beyond.
    """
    start = starting_point(fixed, frame)
    answer = right_beside(fixed, shift, direction, scale, frame)
    if answer is None or start is None:
        return None
    slope = shift.slope(answer)
    good, bad, at = 0.0, float("inf"), furthest * _FIRST
    ends = RangeEnd.NOT_FOUND
    meets = False
    if furthest <= 0:
        return Side(slope, 0.0, ends)
    for _ in range(_MOST_SOLVES):
        found = fixed.solve(shift, direction * at, frame)
        if found.status is not LinearStatus.OPTIMAL:
            bad, ends, meets = at, RangeEnd.IMPOSSIBLE, False
        elif _on_line(found, start, direction * slope * at):
            good = at
            if meets or at >= furthest:
                break
        else:
            bad, ends = at, RangeEnd.CHANGES
            there = shift.slope(found)
            if there != slope:
                crossing = direction * (found.objective - direction * there * at - start) / (slope - there)
                if good < crossing < at * (1.0 - 1e-9):
                    at, meets = crossing, True
                    continue
        meets = False
        # Far from the plan a solve takes long, so the way there is made in growing strides.
        at = min(furthest, _STRIDE * at) if bad == float("inf") else 0.5 * (good + bad)
        if bad <= good * (1.0 + _CLOSE):
            break
    return Side(slope, good, ends)


def _on_line(found: LinearAnswer, start: float, rise: float) -> bool:
    return found.objective - start - rise <= 1e-11 * max(1.0, abs(start)) + _SAME * abs(rise)
