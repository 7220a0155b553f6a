"""Days as numbers, for axes that are numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from router.arrays import FloatArray, Ids


def day_numbers(days: Iterable[date]) -> Ids:
    """Days as whole numbers, one a day (`date.toordinal`)."""
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def decimal_years(days: Iterable[date]) -> FloatArray:
    """Days as years with a fraction: 2027-07-02 is about 2027.5. One year is 1 long, whether of 365 or 366 days."""
    return np.array([_decimal_year(day) for day in days], dtype=np.float64)


def day_at(year: float) -> date:
    """The day that a decimal year falls on."""
    whole = int(year // 1)
    start = date(whole, 1, 1)
    return start + timedelta(days=int((year - whole) * _days_in(whole) + 1e-6))


def axis_ticks(first: float, last: float, most: int) -> tuple[tuple[float, str], ...]:
    """At most ``most`` ticks of an axis from one decimal year to another, on the first days of years, quarters or
    months, with their labels; none where even centuries are too many.
    """
    if not last > first or most < 1 or first < date.min.year or last >= date.max.year:
        return ()
    found: list[tuple[float, str]] = []
    for months in (1, 3, 12, 24, 60, 120, 240, 600, 1200):
        step = months / 12
        starts = np.arange(np.ceil(first / step - 1e-9), np.floor(last / step + 1e-9) + 1) * months
        if len(starts) <= most:
            found = [_tick(int(start)) for start in starts]
            break
    return tuple(found)


def _tick(months: int) -> tuple[float, str]:
    year, month = divmod(months, 12)
    label = f"{year}" if month == 0 else f"{year}-{month + 1:02}"
    return float(decimal_years([date(year, month + 1, 1)])[0]), label


def _decimal_year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / _days_in(day.year)


def _days_in(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
