"""Arithmetic on steps: values that each hold from a date on, nothing (0) before the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from router.scenario.base import FIRST_DAY
from router.scenario.series import Steps

_LARGEST_EXACT = 2.0**40


def dated(steps: Steps) -> dict[date, float]:
    """Steps by date in order; a plain number holds from the first day there is."""
    if isinstance(steps, Mapping):
        return dict(sorted(steps.items()))
    return {FIRST_DAY: float(steps)}


def level(steps: Mapping[date, float], day: date) -> float:
    """The value in force on a day, 0 before the first."""
    past = [start for start in steps if start <= day]
    return steps[max(past)] if past else 0.0


def with_rises_moved(
    steps: Mapping[date, float], is_late: Callable[[date], bool], later: Callable[[date], date]
) -> dict[date, float]:
    """Steps in order, with every rise of which the day ``is_late`` moved to another day; falls stay.

    A fall of what has not come yet takes it away when it comes: what there is, is never below 0, and in the end as much
    as before. Exact: the sums of rises and falls are not rounded on their way.
    """
    whole = all(float(value).is_integer() and value <= _LARGEST_EXACT for value in steps.values())
    # Whole numbers add up exactly as they are, ten times as fast.
    exact: type[float] | type[Fraction] = float if whole else Fraction
    moved: dict[date, float | Fraction] = {}
    before = nothing = exact(0)
    for day, value in steps.items():
        level_now = exact(value)
        difference = level_now - before
        before = level_now
        new_day = later(day) if difference > 0 and is_late(day) else day
        moved[new_day] = moved.get(new_day, nothing) + difference
    result: dict[date, float] = {}
    total: float | Fraction = nothing
    for day in sorted(moved):
        total += moved[day]
        result[day] = float(max(total, nothing))
    return result


def lower_of(one: Mapping[date, float], other: Mapping[date, float]) -> dict[date, float]:
    """On every day the lower of two."""
    return {day: min(level(one, day), level(other, day)) for day in sorted({*one, *other})}
