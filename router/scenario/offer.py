"""Pools (what capacity there is) and offers (what it costs)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Day, Name, NonNegative, Part, Sourced, Text, TrueOrFalse, WholeNumber
from router.scenario.selector import PurchaseOption
from router.scenario.series import Steps

ANY_REGION = "any"
"""Region of an offer whose price is the same in all regions of its provider."""


class Pool(Sourced):
    """The capacity of one instance type in one region: one network fabric."""

    provider: Name = Field(description="Whose capacity it is.")
    region: Name = Field(description="Where it stands.")
    instance_type: Name = Field(description="Of what.")
    capacity: Steps = Field(description="Instances available, from each date on (deliveries).")
    spot_capacity: Steps = Field(default=0.0, description="How many of them can be had as spot.")
    whole_instances: TrueOrFalse | Literal["auto"] = Field(
        default="auto", description="Rent whole instances only; `auto` by `whole_instances_up_to`."
    )


class Offer(Sourced):
    """A price in USD per instance-hour for an instance type, region and purchase option."""

    provider: Name = Field(description="Who rents it out.")
    region: Name = Field(default=ANY_REGION, description="A region, or `any` for all of the provider's.")
    instance_type: Name = Field(description="What is rented.")
    purchase_option: PurchaseOption = Field(description="How it is rented.")
    usd_per_hour: Steps = Field(description="USD per instance and hour; the date of each new price, or one number.")
    term_months: Annotated[WholeNumber, Field(ge=1, le=120)] | None = Field(
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

    title: Text = Field(description="What it is.")
    location: Text | None = Field(default=None, description="Address, file, page: where to find it again.")
    retrieved: Day | None = Field(default=None, description="The day on which it was read.")
