"""The range within which a break-even is looked for: numbers, or days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from router.change.change import Span
from router.change.span_text import looks_like_span, read_span
from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity, parse_share
from router.whatif.factor_value import factor_value

_EXPECTED = "a number, a share or a date"
_WITHIN_EXPECTED = "a number or share above 0; for dates, days such as 7 days"
_PARTS = 1000
"""Of the range, where nothing says how exactly to look."""
_DAYS_PER_MONTH = 365.25 / 12


def end_of_range(value: Any) -> float | date:
    """A number or a date as a file has it. Raises Mistake."""
    try:
        end = factor_value(value)
    except Mistake as mistake:
        raise Mistake(_EXPECTED, suggestion=mistake.suggestion) from None
    if isinstance(end, str):
        raise Mistake(_EXPECTED)
    return end


def _within(value: Any) -> float:
    """A positive number; a span of time as days."""
    if isinstance(value, str) and looks_like_span(value):
        span: Span = read_span(value)
        number = span.months * _DAYS_PER_MONTH + span.days
    elif isinstance(value, str) and value.rstrip().endswith("%"):
        number = parse_share(value)
    else:
        try:
            number = parse_quantity(value)
        except Mistake:
            raise Mistake(_WITHIN_EXPECTED) from None
    if not number > 0:
        raise Mistake(_WITHIN_EXPECTED)
    return number


Within = Annotated[float, BeforeValidator(_within, json_schema_input_type=float | str)]


def check_range(low: float | date, high: float | date, within: float | None) -> None:
    """Raises Mistake for a number beside a date, an end not above the start, and a step longer than the range."""
    if isinstance(low, date) != isinstance(high, date):
        raise Mistake(f"{'a date' if isinstance(low, date) else 'a number'}, as `from` is one", path=("to",))
    if not as_number(low) < as_number(high):
        start = str(low) if isinstance(low, date) else f"{low:g}"
        raise Mistake(f"a value above {start}, which is `from`", path=("to",))
    if within is not None and within > as_number(high) - as_number(low):
        raise Mistake("less than from `from` to `to`", path=("within",))


def as_number(value: float | date) -> float:
    """A number as it is, a day as its ordinal."""
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def exactness(low: float | date, high: float | date, within: float | None) -> float:
    """How exactly to look: as asked, else a day of dates, a thousandth of a range of numbers."""
    if within is not None:
        return max(within, 1.0) if isinstance(low, date) else within
    return 1.0 if isinstance(low, date) else (as_number(high) - as_number(low)) / _PARTS
