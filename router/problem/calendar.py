"""The calendar: periods with real hours, slices, discount factors and overlaps with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from router.arrays import FloatArray
from router.scenario.dates import period_boundaries
from router.scenario.horizon import Horizon

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Calendar:
    """T periods and H slices.

    Shapes: first_day, last_day (exclusive) (T,) day numbers; hours (T,); slice_share (H,);
    slice_hours (T, H); discount (T,).
    """

    starts: tuple[date, ...]
    ends: tuple[date, ...]
    slices: tuple[str, ...]
    first_day: FloatArray
    last_day: FloatArray
    hours: FloatArray
    slice_share: FloatArray
    slice_hours: FloatArray
    discount: FloatArray

    @property
    def periods(self) -> int:
        """T."""
        return len(self.starts)

    @property
    def horizon_start(self) -> date:
        """First day of the horizon."""
        return self.starts[0]

    @property
    def horizon_end(self) -> date:
        """First day after the horizon."""
        return self.ends[-1]

    def overlap_share(self, start: date, end: date) -> FloatArray:
        """Share of each period's hours within ``[start, end)``, shape (T,)."""
        days = np.minimum(self.last_day, end.toordinal()) - np.maximum(self.first_day, start.toordinal())
        return np.asarray(np.clip(days, 0, None) / (self.last_day - self.first_day))

    def lies_within(self, start: date, end: date) -> np.ndarray:
        """Which periods lie wholly within ``[start, end)``, shape (T,) bool."""
        return np.asarray((self.first_day >= start.toordinal()) & (self.last_day <= end.toordinal()))

    def last_period_overlapping(self, start: date, end: date) -> int:
        """The last period that shares a day with ``[start, end)``; -1 where none does."""
        overlapping = np.flatnonzero(self.overlap_share(start, end) > 0)
        return int(overlapping[-1]) if len(overlapping) else -1

    def period_containing(self, day: date) -> int:
        """The period that contains a day; the last one for a day after the horizon, 0 before it."""
        index = int(np.searchsorted(self.first_day, day.toordinal(), side="right")) - 1
        return max(0, min(index, self.periods - 1))


def build_calendar(horizon: Horizon) -> Calendar:
    """Periods, slices and discount factors of a horizon."""
    boundaries = period_boundaries(horizon)
    days = np.array([day.toordinal() for day in boundaries], dtype=np.float64)
    hours = np.diff(days) * 24.0
    slice_share = np.array([part.share_of_hours for part in horizon.slices])
    years = ((days[:-1] + days[1:]) / 2 - days[0]) / DAYS_PER_YEAR
    return Calendar(
        starts=tuple(boundaries[:-1]),
        ends=tuple(boundaries[1:]),
        slices=tuple(part.name for part in horizon.slices),
        first_day=days[:-1],
        last_day=days[1:],
        hours=hours,
        slice_share=slice_share,
        slice_hours=hours[:, None] * slice_share[None, :],
        discount=(1.0 + horizon.discount_rate) ** -years,
    )
