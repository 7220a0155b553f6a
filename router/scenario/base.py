"""What every part of a scenario file has in common: strict keys, frozen values, where a figure comes from."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity, parse_share

FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2200, 12, 31)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_EXPECTED = "a date such as 2026-01-31"
_NOT_IN_NAMES = frozenset("[]=")


def _quantity(value: Any) -> Any:
    return parse_quantity(value) if isinstance(value, str) else value


def _share(value: Any) -> Any:
    return parse_share(value) if isinstance(value, str) else value


def _whole_share(value: Any) -> Any:
    share = _share(value)
    if not isinstance(share, bool) and isinstance(share, (int, float)) and 1 < share <= 100 and share is value:
        # 25 for a quarter is the likeliest slip with shares.
        raise Mistake("a share of at most 1", suggestion=f"{share:g} %")
    return share


def _count(value: Any) -> Any:
    number = parse_quantity(value) if isinstance(value, str) else value
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise Mistake("a number")
    return value


def _day(value: Any) -> date:
    # Not left to pydantic: it takes "1767225600" for seconds since 1970, and times at midnight for dates.
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise Mistake("a day of the calendar (year-month-day)") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Mistake(_DAY_EXPECTED)
    if not FIRST_DAY <= value <= LAST_DAY:
        raise Mistake(f"a date from {FIRST_DAY} to {LAST_DAY}")
    return value


def _plain_name(value: str) -> str:
    if value != value.strip():
        raise Mistake("a name without blanks around it")
    if not value.isprintable() or not _NOT_IN_NAMES.isdisjoint(value):
        # Brackets and '=' stand for themselves in key paths and changes.
        raise Mistake("a name without brackets, '=', tabs or line breaks")
    return value


Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain_name)]
"""A name that other parts of the scenario refer to."""

Text = Annotated[str, Field(min_length=1)]
"""Text for readers."""

Day = Annotated[date, BeforeValidator(_day)]
"""A date from 1970-01-01 to 2200-12-31, at 00:00 UTC."""

TrueOrFalse = Annotated[bool, Strict()]
"""`true` or `false`, and no other word or number."""

_Quantity = Annotated[float, BeforeValidator(_quantity, json_schema_input_type=float | str), BeforeValidator(_not_bool)]
_AnyShare = Annotated[float, BeforeValidator(_share, json_schema_input_type=float | str), BeforeValidator(_not_bool)]
_ShareOfOne = Annotated[
    float, BeforeValidator(_whole_share, json_schema_input_type=float | str), BeforeValidator(_not_bool)
]

NonNegative = Annotated[
    _Quantity,
    Field(ge=0, le=1e18, allow_inf_nan=False),
]
"""A finite number of at least 0; text such as "38 B" or "250 k" is read as a number."""

Positive = Annotated[
    _Quantity,
    Field(gt=0, le=1e18, allow_inf_nan=False),
]
"""A finite number above 0."""

Factor = Annotated[
    _AnyShare,
    Field(ge=0, le=1e6, allow_inf_nan=False),
]
"""What something is multiplied with, at least 0; "130 %" is read as 1.3."""

PositiveFactor = Annotated[
    _AnyShare,
    Field(gt=0, le=1e6, allow_inf_nan=False),
]
"""What something is multiplied with, above 0; "130 %" is read as 1.3."""

Share = Annotated[
    _ShareOfOne,
    Field(ge=0, le=1, allow_inf_nan=False),
]
"""A share from 0 to 1; "5 %" is read as 0.05."""

PositiveShare = Annotated[
    _ShareOfOne,
    Field(gt=0, le=1, allow_inf_nan=False),
]
"""A share above 0, up to 1."""

Discount = Annotated[
    _ShareOfOne,
    Field(ge=-1, lt=1, allow_inf_nan=False),
]
"""A discount below 1; a negative one is a surcharge."""

Rate = Annotated[
    _AnyShare,
    Field(gt=-1, le=100, allow_inf_nan=False),
]
"""A rate of growth or interest per year, above -1."""

WholeNumber = Annotated[
    int,
    BeforeValidator(_count, json_schema_input_type=int | str),
    BeforeValidator(_not_bool),
]
"""A whole number; "16 k" is read as 16000."""

Count = Annotated[WholeNumber, Field(ge=1, le=1_000_000_000)]
"""A whole number of at least 1."""


class Part(BaseModel):
    """Base of every part of a scenario: unknown keys are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Part):
    """A part that says where its figures come from."""

    source: Text | None = Field(
        default=None, description="Where the figure is published: an id of `sources` or a plain citation."
    )
    as_of: Day | None = Field(default=None, description="Date of the published figure.")
    assumption: Text | None = Field(default=None, description="Why this value was assumed, where nothing is published.")
    note: Text | None = Field(default=None, description="Anything a reader should know.")
