"""Values over time, one per period (docs/model.md section 1)."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from router.audit.calendar import Calendar
from router.scenario.series import Growth, Points, Series, Stairs, Values

Dated = float | dict[date, float]


def _steps(dated: dict[date, float]) -> tuple[list[float], list[float], list[float]]:
    # Each step as [from, to) in day numbers with its value; the last one has no end.
    days = sorted(dated)
    starts = [float(day.toordinal()) for day in days]
    ends = [*starts[1:], np.inf][: len(starts)]
    return starts, ends, [float(dated[day]) for day in days]


def average(dated: Dated, calendar: Calendar) -> NDArray[np.float64]:
    """Average by days over each period; 0 before the first date."""
    if not isinstance(dated, dict):
        return np.full(calendar.count, float(dated))
    total = np.zeros(calendar.count)
    for start, end, value in zip(*_steps(dated), strict=True):
        days = np.minimum(calendar.ends, end) - np.maximum(calendar.starts, start)
        total += value * np.maximum(0.0, days)
    return np.asarray(total / calendar.days, dtype=float)


def price(dated: Dated, calendar: Calendar) -> NDArray[np.float64]:
    """USD per hour of each period; not a number in a period that begins before the first date: no offer."""
    values = average(dated, calendar)
    if isinstance(dated, dict):
        first = min(dated).toordinal() if dated else np.inf
        values[calendar.starts < first] = np.nan
    return values


def smallest(dated: Dated, calendar: Calendar) -> NDArray[np.float64]:
    """The smallest value on any day of each period, where there is 0 before the first date."""
    if not isinstance(dated, dict):
        return np.full(calendar.count, float(dated))
    least = np.full(calendar.count, np.inf)
    for start, end, value in zip(*_steps(dated), strict=True):
        touched = (start < calendar.ends) & (end > calendar.starts)
        least[touched] = np.minimum(least[touched], value)
    first = min(dated).toordinal() if dated else np.inf
    least[calendar.starts < first] = 0.0
    return least


def demand(series: Series, calendar: Calendar) -> NDArray[np.float64]:
    """Demand of each period, before slice multipliers."""
    match series:
        case Points():
            days = sorted(series.points)
            numbers = [float(day.toordinal()) for day in days]
            return np.interp(calendar.midpoints, numbers, [series.points[day] for day in days])
        case Growth():
            growth = (1.0 + series.growth_per_year) ** calendar.years_to_midpoint
            return np.asarray(series.start * growth, dtype=float)
        case Values():
            given = series.values[: calendar.count]
            return np.array([*given, *[0.0] * (calendar.count - len(given))], dtype=float)
        case Stairs():
            return average(series.steps, calendar)
        case _:
            return np.full(calendar.count, float(series))
