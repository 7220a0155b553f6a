"""Calendars and series that many cases ask for, worked out once."""

from __future__ import annotations

from router.arrays import FloatArray
from router.problem.calendar import Calendar, build_calendar
from router.problem.values import series
from router.scenario.horizon import Horizon
from router.scenario.series import Series


class Times:
    """What was asked for last: of a thousand draws, horizon and demand are mostly the same objects.

    Scenarios are frozen, so that the same object has the same values; what is held here is not freed meanwhile.
    """

    def __init__(self) -> None:
        self._horizon: Horizon | None = None
        self._calendar: Calendar | None = None
        self._series: dict[int, tuple[Series, FloatArray]] = {}

    def calendar(self, horizon: Horizon) -> Calendar:
        """The calendar of a horizon."""
        if self._calendar is None or horizon is not self._horizon:
            self._horizon, self._calendar, self._series = horizon, build_calendar(horizon), {}
        return self._calendar

    def series(self, demand: Series, calendar: Calendar) -> FloatArray:
        """A demand series in each period of the calendar that was asked for last, not to be written to. Shape (T,)."""
        if isinstance(demand, (int, float)):
            return series(demand, calendar)
        known = self._series.get(id(demand))
        if known is None:
            if len(self._series) >= _MOST_SERIES:
                self._series.clear()
            known = self._series[id(demand)] = (demand, series(demand, calendar))
            known[1].flags.writeable = False
        return known[1]


_MOST_SERIES = 5000
"""Series held: where each case changes the demand that the next growth is on top of, none comes twice."""
