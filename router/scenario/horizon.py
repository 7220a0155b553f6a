"""The horizon: planned time, cut into periods, each with time slices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Day, Factor, Name, Part, PositiveShare, Rate, Share, WholeNumber

Every = Literal["day", "week", "month", "quarter", "year"]


class PeriodGroup(Part):
    """A number of periods of the same calendar length, one after another."""

    every: Every = Field(description="Length of each period.")
    count: Annotated[WholeNumber, Field(ge=1, le=5000)] = Field(description="How many.")


class Slice(Part):
    """A part of every period's hours with its own load."""

    name: Name = Field(description="As `slice_multipliers` name it.")
    share_of_hours: PositiveShare = Field(description="Share of the period's hours; all slices sum to 1.")
    demand_multiplier: Factor = Field(default=1.0, description="Demand in this slice over the series' value.")


class Horizon(Part):
    """The planned time. Periods follow each other from `start` without a hole."""

    start: Day = Field(description="First day.")
    periods: Annotated[list[PeriodGroup], Field(min_length=1)] = Field(
        description="Groups of periods, one after another."
    )
    slices: Annotated[list[Slice], Field(min_length=1)] = Field(
        description="Parts of every period with a load of their own; left out: one, `all`.",
        default=[Slice(name="all", share_of_hours=1.0, demand_multiplier=1.0)],
    )
    discount_rate: Rate = Field(default=0.0, description="Per year; costs are discounted to the horizon's start.")
    reservation_payments_after_horizon: Share = Field(
        default=1.0,
        description="Share of what a reservation still costs after the horizon's end that the plan must bear.",
    )
