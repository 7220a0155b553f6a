"""Dates, periods and values over time as plain Python: docs/model.md section 1, for the rivals only.

Written from the document and not from ``router.problem``, so that a rival's optimum is a second opinion.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from router.scenario.horizon import Horizon
from router.scenario.series import Growth, Points, Series, Stairs, Steps, Values

MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}


def later(day: date, months: int) -> date:
    """The same day of the month, ``months`` on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_shared(start: date, end: date, other_start: date, other_end: date) -> int:
    """Days that two half-open spans have in common."""
    return max(0, (min(end, other_end) - max(start, other_start)).days)


@dataclass(frozen=True)
class Periods:
    """``start[t]`` up to ``end[t]``; ``slice_hours[t][h]``; ``discount[t]``."""

    start: list[date]
    end: list[date]
    hours: list[float]
    slices: list[str]
    slice_share: list[float]
    slice_hours: list[list[float]]
    discount: list[float]

    @property
    def count(self) -> int:
        """T."""
        return len(self.start)

    def share_within(self, t: int, start: date, end: date) -> float:
        """Share of a period's hours within a span of dates."""
        return days_shared(self.start[t], self.end[t], start, end) / (self.end[t] - self.start[t]).days

    def wholly_within(self, t: int, start: date, end: date) -> bool:
        """Whether a period lies wholly within a span of dates."""
        return start <= self.start[t] and self.end[t] <= end

    def last_overlapping(self, start: date, end: date) -> int:
        """The last period that shares a day with a span of dates."""
        return max(t for t in range(self.count) if days_shared(self.start[t], self.end[t], start, end) > 0)

    def containing(self, day: date) -> int:
        """The period that contains a day; the last for one after the horizon."""
        return next((t for t in range(self.count) if day < self.end[t]), self.count - 1)


def read_periods(horizon: Horizon) -> Periods:
    """The horizon's periods."""
    edges = [horizon.start]
    months, days = 0, 0
    for group in horizon.periods:
        for _ in range(group.count):
            months += MONTHS.get(group.every, 0)
            days += DAYS.get(group.every, 0)
            edges.append(later(horizon.start, months) + timedelta(days=days))
    hours = [24.0 * (b - a).days for a, b in pairwise(edges)]
    share = [part.share_of_hours for part in horizon.slices]
    middle = [(a.toordinal() + b.toordinal()) / 2 for a, b in pairwise(edges)]
    return Periods(
        start=edges[:-1],
        end=edges[1:],
        hours=hours,
        slices=[part.name for part in horizon.slices],
        slice_share=share,
        slice_hours=[[total * part for part in share] for total in hours],
        discount=[(1 + horizon.discount_rate) ** (-(mid - horizon.start.toordinal()) / 365.25) for mid in middle],
    )


def _pieces(steps: Mapping[date, float]) -> list[tuple[date, date, float]]:
    days = sorted(steps)
    return [(day, end, steps[day]) for day, end in zip(days, [*days[1:], date(9999, 1, 1)], strict=True)]


def average_of(steps: Steps, periods: Periods) -> list[float]:
    """Average by days, 0 before the first date."""
    if not isinstance(steps, Mapping):
        return [float(steps)] * periods.count
    pieces = _pieces(steps)
    return [
        sum(value * periods.share_within(t, start, end) for start, end, value in pieces) for t in range(periods.count)
    ]


def smallest_of(steps: Steps, periods: Periods) -> list[float]:
    """Smallest value on any day, 0 before the first date."""
    if not isinstance(steps, Mapping):
        return [float(steps)] * periods.count
    pieces = _pieces(steps)
    return [
        0.0
        if periods.start[t] < pieces[0][0]
        else min(value for start, end, value in pieces if periods.share_within(t, start, end) > 0)
        for t in range(periods.count)
    ]


def exists_in(steps: Steps, periods: Periods) -> list[bool]:
    """Periods that have a price: those that do not begin before its first date."""
    if not isinstance(steps, Mapping):
        return [True] * periods.count
    return [start >= min(steps) for start in periods.start]


def demand_of(series: Series, periods: Periods) -> list[float]:
    """A demand series, one value for each period."""
    if isinstance(series, Values):
        return [float(value) for value in series.values]
    if isinstance(series, Stairs):
        return average_of(series.steps, periods)
    middle = [(a.toordinal() + b.toordinal()) / 2 for a, b in zip(periods.start, periods.end, strict=True)]
    if isinstance(series, Growth):
        first = periods.start[0].toordinal()
        return [series.start * (1 + series.growth_per_year) ** ((mid - first) / 365.25) for mid in middle]
    if isinstance(series, Points):
        return [_interpolated(series.points, mid) for mid in middle]
    return [float(series)] * periods.count


def _interpolated(points: Mapping[date, float], at: float) -> float:
    known = [(day.toordinal(), points[day]) for day in sorted(points)]
    if at <= known[0][0]:
        return known[0][1]
    for (left, low), (right, high) in pairwise(known):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return known[-1][1]
