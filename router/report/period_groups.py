"""Periods grouped into quarters or years where there are too many to show one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from router.plan.document import PeriodRecord


@dataclass(frozen=True)
class PeriodGroup:
    """Consecutive periods, `first` to `last` (both in it). `end` is the first day after it."""

    label: str
    first: int
    last: int
    start: date
    end: date
    hours: float


def group_periods(periods: Sequence[PeriodRecord], most: int) -> tuple[PeriodGroup, ...]:
    """The finest of single periods, calendar quarters, half-years, years and runs of years with at most `most` groups.

    A period belongs to the quarter or year in which it starts. `most` is at least 1.
    """
    if not periods:
        return ()
    if len(periods) <= most:
        return tuple(_group([period], period_label(period)) for period in periods)
    for letter, months in (("Q", 3), ("H", 6)):
        parts = _by(periods, partial(_part_of_year, months))
        if len(parts) <= most:
            return tuple(
                _group(part, f"{part[0].start.year} {letter}{_part_of_year(months, part[0].start)[1] + 1}")
                for part in parts
            )
    first_year, last_year = periods[0].start.year, periods[-1].start.year
    span = -(-(last_year - first_year + 1) // max(1, most))
    years = _by(periods, lambda day: (day.year - first_year) // span)
    return tuple(_group(part, _years_label(part)) for part in years)


def period_label(period: PeriodRecord) -> str:
    """`2027-03` for a calendar month, `2027 Q1` for a quarter, `2027` for a year, else the first day."""
    start, end = period.start, period.end
    if start.day != 1 or end.day != 1:
        return start.isoformat()
    months = (end.year - start.year) * 12 + end.month - start.month
    if months == 1:
        return f"{start.year}-{start.month:02d}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year} Q{(start.month - 1) // 3 + 1}"
    if months == 12 and start.month == 1:
        return str(start.year)
    return start.isoformat()


def _part_of_year(months: int, day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // months


def _years_label(part: Sequence[PeriodRecord]) -> str:
    first, last = part[0].start.year, part[-1].start.year
    return str(first) if first == last else f"{first}-{last % 100:02d}"


def _by(periods: Sequence[PeriodRecord], key: Callable[[date], object]) -> list[list[PeriodRecord]]:
    groups: list[list[PeriodRecord]] = []
    previous: object = None
    for period in periods:
        current = key(period.start)
        if current != previous:
            groups.append([])
            previous = current
        groups[-1].append(period)
    return groups


def _group(part: Sequence[PeriodRecord], label: str) -> PeriodGroup:
    return PeriodGroup(
        label=label,
        first=part[0].index,
        last=part[-1].index,
        start=part[0].start,
        end=part[-1].end,
        hours=sum(period.hours for period in part),
    )


def days_between(start: date, end: date) -> int:
    """Days from `start` up to, not including, `end`; 0 where `end` comes first."""
    return max(timedelta(0), end - start).days
