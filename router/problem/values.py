"""Values over time, one for each period (docs/model.md section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from router.arrays import FloatArray
from router.problem.calendar import DAYS_PER_YEAR, Calendar
from router.scenario.series import Growth, Points, Series, Stairs, Steps, Values


def _sorted(steps: Mapping[date, float]) -> tuple[FloatArray, FloatArray]:
    days = sorted(steps)
    return (
        np.array([day.toordinal() for day in days], dtype=np.float64),
        np.array([steps[day] for day in days], dtype=np.float64),
    )


def average(steps: Steps, calendar: Calendar) -> FloatArray:
    """Average by days of a step function in each period, 0 before its first date. Shape (T,)."""
    if not isinstance(steps, Mapping):
        return np.full(calendar.periods, float(steps))
    days, values = _sorted(steps)
    ends = np.append(days[1:], np.inf)
    overlap = np.clip(
        np.minimum(calendar.last_day[:, None], ends[None, :]) - np.maximum(calendar.first_day[:, None], days[None, :]),
        0.0,
        None,
    )
    return np.asarray(overlap @ values / (calendar.last_day - calendar.first_day))


def smallest(steps: Steps, calendar: Calendar) -> FloatArray:
    """Smallest value of a step function on any day of each period, 0 before its first date. Shape (T,)."""
    if not isinstance(steps, Mapping):
        return np.full(calendar.periods, float(steps))
    days, values = _sorted(steps)
    ends = np.append(days[1:], np.inf)
    touches = (calendar.first_day[:, None] < ends[None, :]) & (calendar.last_day[:, None] > days[None, :])
    lowest = np.min(np.where(touches, values[None, :], np.inf), axis=1)
    return np.asarray(np.where(calendar.first_day < days[0], 0.0, lowest))


def offered(steps: Steps, calendar: Calendar) -> np.ndarray:
    """Periods in which a price exists: those that do not begin before its first date. Shape (T,) bool."""
    if not isinstance(steps, Mapping):
        return np.ones(calendar.periods, dtype=bool)
    return np.asarray(calendar.first_day >= min(steps).toordinal())


def series(demand: Series, calendar: Calendar) -> FloatArray:
    """A demand series in each period, in the workload's unit. Shape (T,)."""
    midpoint = (calendar.first_day + calendar.last_day) / 2
    if isinstance(demand, Points):
        days, values = _sorted(demand.points)
        return np.asarray(np.interp(midpoint, days, values))
    if isinstance(demand, Growth):
        years = (midpoint - calendar.first_day[0]) / DAYS_PER_YEAR
        return np.asarray(demand.start * (1.0 + demand.growth_per_year) ** years)
    if isinstance(demand, Values):
        return np.array(demand.values, dtype=np.float64)
    if isinstance(demand, Stairs):
        return average(demand.steps, calendar)
    return np.full(calendar.periods, float(demand))
