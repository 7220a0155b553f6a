"""Names of periods that a planner types and reads: ``2026-07``, ``2028-Q1``, ``2029``."""

from __future__ import annotations

import re
from datetime import date

from router.problem.calendar import Calendar

_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])", re.IGNORECASE)


def period_name(calendar: Calendar, period: int) -> str:
    """``2026-07`` for a calendar month, ``2028-Q1`` for a quarter, ``2029`` for a year, else the first day."""
    start, end = calendar.starts[period], calendar.ends[period]
    if start.day != 1 or end.day != 1:
        return start.isoformat()
    months = (end.year - start.year) * 12 + end.month - start.month
    if months == 1:
        return f"{start.year}-{start.month:02d}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{start.month // 3 + 1}"
    if months == 12 and start.month == 1:
        return str(start.year)
    return start.isoformat()


def period_at(calendar: Calendar, text: str) -> int | None:
    """The period that a day, month, quarter or year begins in; None where it is none of these or out of the horizon."""
    day = _first_day(text.strip())
    if day is None:
        return None
    for period, (start, end) in enumerate(zip(calendar.starts, calendar.ends, strict=True)):
        if start <= day < end:
            return period
    # A month, quarter or year that begins before the horizon but is where it starts.
    if day < calendar.horizon_start and period_name(calendar, 0).startswith(text.strip()):
        return 0
    return None


def _first_day(text: str) -> date | None:
    quarter = _QUARTER.fullmatch(text)
    try:
        if quarter:
            return date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), 1, 1)
        if re.fullmatch(r"\d{4}-\d{1,2}", text):
            year, month = text.split("-")
            return date(int(year), int(month), 1)
        return date.fromisoformat(text)
    except ValueError:
        return None
