"""What every part of a scenario file has in common: strict keys, frozen values, where a figure comes from."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from router.reading.quantity import parse_quantity, parse_share


def _quantity(value: Any) -> Any:
    return parse_quantity(value) if isinstance(value, str) else value


def _share(value: Any) -> Any:
    return parse_share(value) if isinstance(value, str) else value


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("expected a number, not true or false")
    return value


def _plain_name(value: str) -> str:
    if not value.strip() or value != value.strip():
        raise ValueError("expected a name without blanks around it")
    if any(character in value for character in ".[]=\n\t") and not _dotted_name_is_safe(value):
        raise ValueError("expected a name without brackets, '=' or line breaks")
    return value


def _dotted_name_is_safe(value: str) -> bool:
    # Instance types carry dots (p5.48xlarge); brackets and '=' would break change paths.
    return not any(character in value for character in "[]=\n\t")


Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain_name)]
"""A name that other parts of the scenario refer to."""

NonNegative = Annotated[
    float,
    BeforeValidator(_quantity, json_schema_input_type=float | str),
    BeforeValidator(_not_bool),
    Field(ge=0, le=1e18, allow_inf_nan=False),
]
"""A finite number of at least 0; text such as "38 B" or "250 k" is read as a number."""

Positive = Annotated[
    float,
    BeforeValidator(_quantity, json_schema_input_type=float | str),
    BeforeValidator(_not_bool),
    Field(gt=0, le=1e18, allow_inf_nan=False),
]
"""A finite number above 0."""

Share = Annotated[
    float,
    BeforeValidator(_share, json_schema_input_type=float | str),
    BeforeValidator(_not_bool),
    Field(ge=0, le=1, allow_inf_nan=False),
]
"""A share from 0 to 1; "5 %" is read as 0.05."""

Discount = Annotated[
    float,
    BeforeValidator(_share, json_schema_input_type=float | str),
    BeforeValidator(_not_bool),
    Field(ge=-1, lt=1, allow_inf_nan=False),
]
"""A discount below 1; a negative one is a surcharge."""

Rate = Annotated[
    float,
    BeforeValidator(_share, json_schema_input_type=float | str),
    BeforeValidator(_not_bool),
    Field(gt=-1, le=100, allow_inf_nan=False),
]
"""A rate of growth or interest per year, above -1."""

Count = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=1_000_000_000)]
"""A whole number of at least 1."""


class Part(BaseModel):
    """Base of every part of a scenario: unknown keys are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Part):
    """A part that says where its figures come from."""

    source: str | None = Field(
        default=None, description="Where the figure is published: an id of `sources` or a plain citation."
    )
    as_of: date | None = Field(default=None, description="Date of the published figure.")
    assumption: str | None = Field(default=None, description="Why this value was assumed, where nothing is published.")
    note: str | None = Field(default=None, description="Anything a reader should know.")
