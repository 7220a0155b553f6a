"""Stretches of time as people write them: `2026-03`, `2026-Q3`, `2026-03..2026-06`, `2026-03-15..`.

Both ends are included as written; a `Dates` has the first day after its end.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from router.change.change import Dates
from router.reading.problems import Mistake
from router.scenario.base import FIRST_DAY, LAST_DAY
from router.scenario.dates import add_months

EXPECTED = "dates such as 2026-03, 2026-Q3, 2026, 2026-03..2026-06 or 2026-03-15.."
OPEN_END = LAST_DAY + timedelta(days=1)
"""The end of what goes on for ever."""

_MOMENT = re.compile(r"([0-9]{4})(?:-(?:[Qq]([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?", re.ASCII)
_BETWEEN = ".."


def looks_like_dates(text: str) -> bool:
    """Whether a text begins like a year or leaves an end open, so that dates are meant."""
    return re.match(r"\s*([0-9]{4}\s*(-|$|\.)|\.\.)", text, re.ASCII) is not None


def read_dates(text: str, horizon_start: date) -> Dates:
    """The dates that a text gives; `..2026-06` begins with the horizon. Raises Mistake, a ValueError.

    >>> read_dates("2026-03..2026-06", date(2026, 1, 1))
    Dates(start=datetime.date(2026, 3, 1), end=datetime.date(2026, 7, 1))
    """
    first, between, last = (part.strip() for part in text.partition(_BETWEEN))
    if not between:
        return _moment(first)
    if not first and not last:
        raise Mistake(EXPECTED)
    start = _moment(first).start if first else horizon_start
    end = _moment(last).end if last else OPEN_END
    if end <= start:
        raise Mistake(f"an end that is not before the start, {start}")
    return Dates(start, end)


def dates_text(dates: Dates) -> str:
    """The text of dates in the largest units that fit, which `read_dates` reads back.

    Raises ValueError for dates that are none: an end not after the start, or outside 1970 to 2200.
    """
    if not FIRST_DAY <= dates.start < dates.end <= OPEN_END:
        raise ValueError(f"no dates: from {dates.start} up to {dates.end}")
    first_day, last_day = dates.start, dates.end - timedelta(days=1)
    if dates.end == OPEN_END:
        return f"{_month(first_day) if first_day.day == 1 else first_day.isoformat()}{_BETWEEN}"
    for unit in _UNITS:
        first, last = unit(first_day), unit(last_day)
        if _moment(first).start == first_day and _moment(last).end == dates.end:
            return first if first == last else f"{first}{_BETWEEN}{last}"
    raise AssertionError("a day is a whole unit")


def _moment(text: str) -> Dates:
    """A year, quarter, month or day."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise Mistake(EXPECTED)
    year, quarter, month, day = match.groups()
    first_month = int(quarter) * 3 - 2 if quarter else int(month or 1)
    try:
        start = date(int(year), first_month, int(day or 1))
    except ValueError:
        raise Mistake("days of the calendar (year-month-day)") from None
    if not FIRST_DAY <= start <= LAST_DAY:
        raise Mistake(f"dates from {FIRST_DAY} to {LAST_DAY}")
    if day:
        return Dates(start, start + timedelta(days=1))
    return Dates(start, add_months(start, 1 if month else 3 if quarter else 12))


def _year(day: date) -> str:
    return f"{day.year:04}"


def _quarter(day: date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


_UNITS = (_year, _quarter, _month, date.isoformat)
