"""Pools (what capacity there is) and offers (what it costs)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Name, NonNegative, Part, Sourced
from router.scenario.selector import PurchaseOption
from router.scenario.series import Steps

ANY_REGION = "any"
"""Region of an offer whose price is the same in all regions of its provider."""


class Pool(Sourced):
    """The capacity of one instance type in one region: one network fabric."""

    provider: Name
    region: Name
    instance_type: Name
    capacity: Steps = Field(description="Instances available, from each date on (deliveries).")
    spot_capacity: Steps = Field(default=0.0, description="How many of them can be had as spot.")
    whole_instances: bool | Literal["auto"] = Field(
        default="auto", description="Rent whole instances only; `auto` by `whole_instances_up_to`."
    )


class Offer(Sourced):
    """A price in USD per instance-hour for an instance type, region and purchase option."""

    provider: Name
    region: Name = Field(default=ANY_REGION, description="A region, or `any` for all of the provider's.")
    instance_type: Name
    purchase_option: PurchaseOption
    usd_per_hour: Steps
    term_months: Annotated[int, Field(ge=1, le=120)] | None = Field(
        default=None, description="Term of a reservation; only and always with `reserved`."
    )
    contract: Name | None = Field(
        default=None, description="The contract that fixes this price; only and always with `contract`."
    )
    interruption_rate: NonNegative = Field(
        default=0.0, description="Interruptions per instance-hour; only with `spot`."
    )
    max_instances: Steps | None = Field(default=None, description="How many instances this price covers at most.")


class SourceEntry(Part):
    """A source that offers and figures refer to by id."""

    title: str
    location: str | None = None
    retrieved: date | None = None
