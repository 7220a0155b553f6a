"""One value of a factor as a file gives it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity, parse_share
from router.scenario.base import FIRST_DAY, LAST_DAY
from router.whatif.case import FactorValue

_VALUE_EXPECTED = "a number, a date or text"
_NUMBER_EXPECTED = "a number such as 1.2, 80 % or 1.5 k"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST = 1e18


def _number(value: Any) -> Any:
    if isinstance(value, str):
        return parse_share(value) if value.rstrip().endswith("%") else parse_quantity(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Mistake(_NUMBER_EXPECTED)
    return value


def factor_value(value: Any) -> FactorValue:
    """A value as the file gives it: numbers and shares in all their forms, dates, and what is neither as text.

    Raises Mistake.

    >>> factor_value("80 %"), factor_value("1.2 M"), factor_value("2 quarters")
    (0.8, 1200000.0, '2 quarters')
    """
    if isinstance(value, bool) or value is None:
        raise Mistake(_VALUE_EXPECTED)
    if isinstance(value, (int, float)):
        return parse_quantity(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        if not FIRST_DAY <= value <= LAST_DAY:
            raise Mistake(f"a date from {FIRST_DAY} to {LAST_DAY}")
        return value
    if not isinstance(value, str) or not value.strip():
        raise Mistake(_VALUE_EXPECTED)
    return _from_text(value)


def _from_text(text: str) -> FactorValue:
    if _DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Mistake("a day of the calendar (year-month-day)") from None
        return factor_value(day)
    try:
        number: float = _number(text)
    except Mistake as mistake:
        if mistake.suggestion is not None:
            raise
        return text
    return number


Number = Annotated[
    float,
    BeforeValidator(_number, json_schema_input_type=float | str),
    Field(ge=-_LARGEST, le=_LARGEST, allow_inf_nan=False),
]
"""A number or share of either sign, in all forms of a file."""

PositiveNumber = Annotated[Number, Field(gt=0)]
"""A number above 0."""
