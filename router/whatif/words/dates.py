"""Dates and spans of time in a planner's words, as text until the scenario's horizon is known."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

from router.change.change import Dates, Span
from router.change.range_text import EXPECTED, OPEN_END, read_dates
from router.change.span_text import EXPECTED as SPAN_EXPECTED
from router.change.span_text import read_span
from router.problem.calendar import Calendar
from router.reading.problems import Mistake
from router.scenario.base import FIRST_DAY

_MOMENT_EXPECTED = "a day, month, quarter or year such as 2026-03-15, 2026-03, 2026-Q3 or 2026"


def _dates_text(value: Any) -> str:
    """What a file has for dates: text, or what YAML took for a day or a number."""
    text = _as_text(value, EXPECTED)
    read_dates(text, FIRST_DAY)
    return text


def _moment(value: Any) -> date:
    text = _as_text(value, _MOMENT_EXPECTED)
    if ".." in text:
        raise Mistake(_MOMENT_EXPECTED)
    try:
        return read_dates(text, FIRST_DAY).start
    except Mistake as mistake:
        raise Mistake(_MOMENT_EXPECTED if mistake.expected == EXPECTED else mistake.expected) from None


def _as_text(value: Any, expected: str) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise Mistake(expected)
    return value


def _span(value: Any) -> Span:
    if isinstance(value, Span):
        return value
    if not isinstance(value, str):
        raise Mistake(SPAN_EXPECTED)
    return read_span(value)


DatesText = Annotated[str, BeforeValidator(_dates_text, json_schema_input_type=str | int)]
"""Text that `read_dates` reads: `2027-Q1`, `2027-01..2027-03`, `2027-06..`."""

Moment = Annotated[date, BeforeValidator(_moment, json_schema_input_type=str | int)]
"""The first day of a day, month, quarter or year."""

SpanOfTime = Annotated[Span, BeforeValidator(_span, json_schema_input_type=str)]
"""A span of time: `2 quarters`."""


def stretch(during: str | None, start: date | None, calendar: Calendar) -> Dates | None:
    """The dates that `during` or `from` gives; None where neither does. Raises Mistake, with the key as its path.

    Both at once, and dates of which no day lies within the horizon, are mistakes.
    """
    if during is not None and start is not None:
        raise Mistake("one of them", found="both `during` and `from`", path=("from",), at_key=True)
    if during is None and start is None:
        return None
    key = "from" if during is None else "during"
    dates = Dates(start, OPEN_END) if start is not None else read_dates(during or "", calendar.horizon_start)
    if dates.end <= calendar.horizon_start or dates.start >= calendar.horizon_end:
        last = calendar.horizon_end - timedelta(days=1)
        raise Mistake(f"dates within the horizon, {calendar.horizon_start} to {last}", path=(key,))
    return dates
