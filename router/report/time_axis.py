"""A time axis in letters: columns of equal length in days, with a tick at each year or quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class TimeAxis:
    """`columns` columns from `start` up to `end` (the first day after it)."""

    start: date
    end: date
    columns: int

    def middle(self, column: int) -> date:
        """The day in the middle of a column."""
        days = (self.end - self.start).days
        return self.start + timedelta(days=int((column + 0.5) * days / self.columns))

    def column(self, day: date) -> int:
        """The column that a day lies in."""
        days = max(1, (self.end - self.start).days)
        return min(self.columns - 1, max(0, (day - self.start).days * self.columns // days))

    def ticks(self) -> list[tuple[int, str]]:
        """Columns and labels of the first days of years, or of quarters or months over shorter times."""
        for months, least in ((12, 4), (3, 4), (1, 2)):
            days = _firsts(self.start, self.end, months)
            if len(days) >= least or (months == 1 and days):
                return _spread([(self.column(day), _label(day, months)) for day in days], self.columns)
        return [(0, self.start.isoformat())]

    def lines(self, corner: str, line: str, tick: str) -> tuple[str, str]:
        """The axis and the labels under it; the axis is one letter longer, with the corner at its left."""
        ticks = self.ticks()
        at = {column for column, _ in ticks}
        axis = corner + "".join(tick if column in at else line for column in range(self.columns))
        labels = ""
        for column, label in ticks:
            # Labels start under their tick, or end at the edge.
            place = min(column + 1, self.columns + 1 - len(label))
            if place >= len(labels) + (1 if labels else 0):
                labels = labels.ljust(place) + label
        return axis, labels


def _firsts(start: date, end: date, months: int) -> list[date]:
    index = start.year * 12 + start.month - 1
    index = -(-index // months) * months
    days: list[date] = []
    while True:
        day = date(index // 12, index % 12 + 1, 1)
        if day >= end:
            return days
        if day >= start:
            days.append(day)
        index += months


def _label(day: date, months: int) -> str:
    if months == 12:
        return str(day.year)
    return f"{day.year}-{day.month:02d}"


def _spread(ticks: list[tuple[int, str]], columns: int) -> list[tuple[int, str]]:
    """Every second (third, ...) tick where all of them would run into each other."""
    widest = max(len(label) for _, label in ticks) + 2
    step = max(1, -(-len(ticks) * widest // max(1, columns)))
    return ticks[::step]
