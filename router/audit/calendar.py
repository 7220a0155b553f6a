"""Periods, slices, discount factors and how periods overlap with spans of dates (docs/model.md section 1)."""

from __future__ import annotations

import calendar as civil
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from router.scenario.horizon import Horizon

HOURS_A_DAY = 24
DAYS_A_YEAR = 365.25

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def add_months(start: date, months: int) -> date:
    """The same day so many calendar months later; a day that the month lacks becomes its last day.

    Later than the last date there is, it is the last date there is.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 2, 29), 12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(start.day, civil.monthrange(year, month + 1)[1]))


def _add_days(start: date, days: int) -> date:
    return date.max if days > (date.max - start).days else start + timedelta(days=days)


def boundaries(horizon: Horizon) -> list[date]:
    """Starts of all periods and the horizon's end.

    Months are counted from the horizon's start, or from the end of the last group of days or weeks.
    """
    bounds = [horizon.start]
    anchor, months = horizon.start, 0
    for group in horizon.periods:
        for _ in range(group.count):
            if group.every in _DAYS:
                anchor, months = _add_days(bounds[-1], _DAYS[group.every]), 0
                bounds.append(anchor)
            else:
                months += _MONTHS[group.every]
                bounds.append(add_months(anchor, months))
    return bounds


@dataclass(frozen=True)
class Calendar:
    """The horizon's time. Arrays are indexed by period, or by period and slice."""

    bounds: tuple[date, ...]
    slices: tuple[str, ...]
    slice_shares: NDArray[np.float64]
    slice_multipliers: NDArray[np.float64]
    discount_rate: float

    @classmethod
    def of(cls, horizon: Horizon) -> Calendar:
        """The calendar of a horizon."""
        return cls(
            bounds=tuple(boundaries(horizon)),
            slices=tuple(part.name for part in horizon.slices),
            slice_shares=np.array([part.share_of_hours for part in horizon.slices], dtype=float),
            slice_multipliers=np.array([part.demand_multiplier for part in horizon.slices], dtype=float),
            discount_rate=horizon.discount_rate,
        )

    @property
    def start(self) -> date:
        """The horizon's first day."""
        return self.bounds[0]

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.bounds[-1]

    @property
    def count(self) -> int:
        """How many periods there are."""
        return len(self.bounds) - 1

    @cached_property
    def slice_index(self) -> dict[str, int]:
        """Index of each slice by its name."""
        return {name: index for index, name in enumerate(self.slices)}

    @cached_property
    def starts(self) -> NDArray[np.float64]:
        """Day number of each period's start."""
        return np.array([day.toordinal() for day in self.bounds[:-1]], dtype=float)

    @cached_property
    def ends(self) -> NDArray[np.float64]:
        """Day number of each period's end."""
        return np.array([day.toordinal() for day in self.bounds[1:]], dtype=float)

    @cached_property
    def days(self) -> NDArray[np.float64]:
        """Days of each period."""
        return self.ends - self.starts

    @cached_property
    def hours(self) -> NDArray[np.float64]:
        """Hours of each period."""
        return HOURS_A_DAY * self.days

    @cached_property
    def slice_hours(self) -> NDArray[np.float64]:
        """Hours of each period and slice."""
        return np.outer(self.hours, self.slice_shares)

    @cached_property
    def midpoints(self) -> NDArray[np.float64]:
        """Day number of each period's midpoint."""
        return (self.starts + self.ends) / 2

    @cached_property
    def years_to_midpoint(self) -> NDArray[np.float64]:
        """Years of 365.25 days from the horizon's start to each period's midpoint."""
        return np.asarray((self.midpoints - self.start.toordinal()) / DAYS_A_YEAR, dtype=float)

    @cached_property
    def discount_factors(self) -> NDArray[np.float64]:
        """Discount factor of each period."""
        return np.asarray((1.0 + self.discount_rate) ** -self.years_to_midpoint, dtype=float)

    def overlap_days(self, start: date, end: date) -> NDArray[np.float64]:
        """Days of each period within [start, end)."""
        first, last = start.toordinal(), end.toordinal()
        days = np.minimum(self.ends, last) - np.maximum(self.starts, first)
        return np.asarray(np.maximum(0.0, days), dtype=float)

    def overlap_share(self, start: date, end: date) -> NDArray[np.float64]:
        """Share of each period's hours within [start, end)."""
        return np.asarray(self.overlap_days(start, end) / self.days, dtype=float)

    def wholly_within(self, start: date | None, end: date | None) -> NDArray[np.bool_]:
        """Which periods lie wholly within [start, end); None is without end."""
        first = -np.inf if start is None else start.toordinal()
        last = np.inf if end is None else end.toordinal()
        return np.asarray((self.starts >= first) & (self.ends <= last))

    def share_of_year(self, year: int) -> NDArray[np.float64]:
        """Share of each period's hours in a calendar year."""
        return self.overlap_share(date(year, 1, 1), date(year + 1, 1, 1))

    def year_of_last_day(self) -> NDArray[np.int64]:
        """Calendar year of each period's last day."""
        return np.array([(day - timedelta(days=1)).year for day in self.bounds[1:]], dtype=np.int64)

    def last_overlapping(self, start: date, end: date) -> int | None:
        """The last period that overlaps [start, end), if one does."""
        found = np.flatnonzero(self.overlap_days(start, end) > 0)
        return int(found[-1]) if found.size else None

    def containing(self, day: date) -> int:
        """The period that contains a day; the first before the horizon, the last after it."""
        found = int(np.searchsorted(self.ends, day.toordinal(), side="right"))
        return min(found, self.count - 1)
