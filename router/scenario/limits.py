"""Limits over the whole plan: cash per year, share of a provider."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Day, Name, NonNegative, Positive, Share, Sourced, WholeNumber


class CashCeiling(Sourced):
    """At most this much paid in a calendar year.

    A plan may only break it where it cannot do otherwise (take-or-pay): each dollar above costs the plan
    `breach_penalty` dollars that nobody is paid.
    """

    year: Annotated[WholeNumber, Field(ge=1970, le=2200)] = Field(description="Calendar year.")
    usd: NonNegative = Field(description="The ceiling.")
    breach_penalty: Positive = Field(
        default=10.0, description="Dollars that each dollar above costs the plan; nobody is paid."
    )


class ProviderShare(Sourced):
    """Bounds on a provider's share of all capacity in use, in every period and slice of the dates given."""

    provider: Name = Field(description="Whose share.")
    measure: Literal["accelerators", "vcpus"] = Field(
        default="accelerators", description="Accelerators, or the virtual CPUs of instances without accelerators."
    )
    min_share: Share = Field(default=0.0, description="At least this share.")
    max_share: Share = Field(default=1.0, description="At most this share.")
    start: Day | None = Field(default=None, description="Left out: from the horizon's start.")
    end: Day | None = Field(default=None, description="The first day after it; left out: to the horizon's end.")
    breach_penalty_usd_per_hour: Positive = Field(
        default=100.0, description="For each accelerator (vCPU) and hour outside the bounds; nobody is paid."
    )


class Limits(Sourced):
    """Limits over the whole plan."""

    cash: list[CashCeiling] = Field(default=[], description="Ceilings per calendar year.")
    provider_shares: dict[Name, ProviderShare] = Field(default={}, description="Bounds by a name of your choice.")
