"""Values that change over time: steps (capacity ramps, prices) and demand series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.scenario.base import Day, NonNegative, Part, Rate

_STEPS_EXPECTED = "a number, or a mapping from dates to numbers"
_SERIES_EXPECTED = "a number, or a mapping with `points`, `steps`, `values`, or `start` and `growth_per_year`"
_FORM_OF_KEY = {
    "points": "points",
    "steps": "steps",
    "values": "values",
    "start": "growth",
    "growth_per_year": "growth",
}
"""The keys of a series and the form that each belongs to."""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, str)) and not isinstance(value, bool)


def _steps_shape(value: Any) -> Any:
    if not _is_number(value) and not (isinstance(value, Mapping) and value):
        raise Mistake(_STEPS_EXPECTED)
    return value


def _steps_form(value: Any) -> str:
    return "dated" if isinstance(value, Mapping) else "number"


def _series_shape(value: Any) -> Any:
    if isinstance(value, Part) or _is_number(value):
        return value
    if not isinstance(value, Mapping) or not value:
        raise Mistake(_SERIES_EXPECTED)
    unknown = [key for key in value if key not in _FORM_OF_KEY]
    if any(isinstance(key, date) or str(key)[:4].isdigit() for key in unknown):
        raise Mistake("`points:` (straight lines between the dates) or `steps:` (levels) above the dates")
    if unknown:
        key = str(unknown[0])
        found = f"the unknown key {quoted(key)}"
        raise Mistake(
            _SERIES_EXPECTED, found=found, suggestion=nearest(key, _FORM_OF_KEY), path=(unknown[0],), at_key=True
        )
    forms = dict.fromkeys(_FORM_OF_KEY[key] for key in value)
    if len(forms) > 1:
        raise Mistake("one of them", found="both " + " and ".join(f"`{key}`" for key in value) + " in one series")
    return value


def _series_form(value: Any) -> str:
    if isinstance(value, Part):
        return type(value).__name__.lower().replace("stairs", "steps")
    return _FORM_OF_KEY[next(iter(value))] if isinstance(value, Mapping) else "number"


Steps = Annotated[
    Annotated[NonNegative, Tag("number")] | Annotated[dict[Day, NonNegative], Field(min_length=1), Tag("dated")],
    Discriminator(_steps_form),
    BeforeValidator(_steps_shape),
]
"""One number for all time, or a mapping from date to the value from that date on.

Before the first date there is nothing: no capacity, no offer.
"""


class Points(Part):
    """Straight lines between dated points; before the first and after the last, their values."""

    points: Annotated[dict[Day, NonNegative], Field(min_length=1)] = Field(
        description="Values by date, straight lines between."
    )


class Growth(Part):
    """Compound growth from the horizon's start: ``start * (1 + growth_per_year) ** years``."""

    start: NonNegative = Field(description="Demand at the horizon's start.")
    growth_per_year: Rate = Field(description='Such as "40 %".')


class Values(Part):
    """One value for each period of the horizon."""

    values: Annotated[list[NonNegative], Field(min_length=1)] = Field(description="One for each period.")


class Stairs(Part):
    """Dated values, each holding until the next; before the first, zero."""

    steps: Annotated[dict[Day, NonNegative], Field(min_length=1)] = Field(
        description="Values by date, each until the next."
    )


Series = Annotated[
    Annotated[NonNegative, Tag("number")]
    | Annotated[Points, Tag("points")]
    | Annotated[Growth, Tag("growth")]
    | Annotated[Values, Tag("values")]
    | Annotated[Stairs, Tag("steps")],
    Discriminator(_series_form),
    BeforeValidator(_series_shape),
]
"""Demand over time, in the workload's unit."""
