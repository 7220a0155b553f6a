"""Values that change over time: steps (capacity ramps, prices) and demand series."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from router.scenario.base import NonNegative, Part, Rate

Steps = NonNegative | dict[date, NonNegative]
"""One number for all time, or a mapping from date to the value from that date on.

Before the first date there is nothing: no capacity, no offer.
"""


class Points(Part):
    """Straight lines between dated points; before the first and after the last, their values."""

    points: Annotated[dict[date, NonNegative], Field(min_length=1)]


class Growth(Part):
    """Compound growth from the horizon's start: ``start * (1 + growth_per_year) ** years``."""

    start: NonNegative
    growth_per_year: Rate


class Values(Part):
    """One value for each period of the horizon."""

    values: Annotated[list[NonNegative], Field(min_length=1)]


class Stairs(Part):
    """Dated values, each holding until the next; before the first, zero."""

    steps: Annotated[dict[date, NonNegative], Field(min_length=1)]


Series = NonNegative | Points | Growth | Values | Stairs
"""Demand over time, in the workload's unit."""
