"""Which part of the horizon a timeline shows: zoomed, scrolled, brought to a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from router.report.time_axis import TimeAxis
from router.view.timeline import Timeline, TimelineRow

LEAST_DAYS = 14
"""No closer than this: a letter is then a few hours."""
_STEP = 8
"""A step to the side is this part of what is shown."""


@dataclass(frozen=True, slots=True)
class TimelineWindow:
    """From ``start`` up to ``end``, within the horizon from ``first`` up to ``last``."""

    first: date
    last: date
    start: date
    end: date

    @property
    def days(self) -> int:
        """How much is shown."""
        return (self.end - self.start).days

    @property
    def is_whole(self) -> bool:
        """Whether all of the horizon is."""
        return self.start <= self.first and self.end >= self.last

    def axis(self, columns: int) -> TimeAxis:
        """What is shown, in at least one column."""
        return TimeAxis(self.start, self.end, max(1, columns))

    def zoomed(self, steps: int, around: date | None = None) -> TimelineWindow:
        """Half as much for each step, twice as much for each below 0; ``around`` stays where it is, else the middle."""
        longest = (self.last - self.first).days
        days = min(longest, max(min(LEAST_DAYS, longest), round(self.days * 0.5**steps)))
        if around is None or not self.start <= around < self.end:
            around = self.start + timedelta(days=self.days // 2)
        before = round((around - self.start).days * days / max(1, self.days))
        return self._from(around - timedelta(days=before), days)

    def scrolled(self, steps: int) -> TimelineWindow:
        """Some steps to the right, or to the left where below 0; at most to the horizon's edge."""
        return self._from(self.start + timedelta(days=steps * max(1, self.days // _STEP)), self.days)

    def at_first(self) -> TimelineWindow:
        """As much from the horizon's start."""
        return self._from(self.first, self.days)

    def at_last(self) -> TimelineWindow:
        """As much up to the horizon's end."""
        return self._from(self.last, self.days)

    def showing(self, row: TimelineRow) -> TimelineWindow:
        """Moved, where need be, so that the start of a row's run, or of its time, is seen."""
        day = row.start or row.earliest_start
        if day is None or self.start <= day < self.end or not self.first <= day < self.last:
            return self
        return self._from(day - timedelta(days=self.days // _STEP), self.days)

    def fitted_to(self, found: Timeline) -> TimelineWindow:
        """The same part of another timeline's horizon; the whole of it where the whole was shown."""
        whole = whole_window(found)
        if self.is_whole:
            return whole
        return replace(whole, start=self.start, end=self.end)._from(self.start, self.days)

    def _from(self, start: date, days: int) -> TimelineWindow:
        days = min(days, (self.last - self.first).days)
        start = max(self.first, min(start, self.last - timedelta(days=days)))
        return replace(self, start=start, end=start + timedelta(days=days))


def whole_window(found: Timeline) -> TimelineWindow:
    """All of the horizon."""
    first, last = found.periods[0].start, found.periods[-1].end
    return TimelineWindow(first, last, first, last)
