"""Contracts: discounts, price tiers and commitments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import (
    Day,
    Discount,
    Name,
    NonNegative,
    Part,
    PositiveFactor,
    Share,
    Sourced,
    Text,
    TrueOrFalse,
)
from router.scenario.selector import Selector

WindowKind = Literal["contract_year", "calendar_year", "term"]


class DiscountRule(Part):
    """A discount off the offer's price for what the selector matches."""

    discount: Discount = Field(description='Such as "25 %"; negative: a surcharge.')
    applies_to: Selector = Field(default=Selector(), description="Left out: everything.")


class TierLevel(Part):
    """From this spend in the window on, this discount."""

    from_usd: NonNegative = Field(description="Spend in the window from which it applies.")
    discount: Discount = Field(description='Such as "8 %".')


class Tiers(Part):
    """Discounts that depend on the spend in a window, credited at the window's end.

    `graduated`: each level's discount applies to the spend between it and the next level.
    `all_units`: the level reached applies to the window's whole spend.
    """

    method: Literal["graduated", "all_units"] = Field(
        description="`graduated`: for the spend within each level; `all_units`: the level reached, for all spend."
    )
    window: WindowKind = Field(default="contract_year", description="Over which spend is added up.")
    levels: Annotated[list[TierLevel], Field(min_length=1)] = Field(description="In rising order of `from_usd`.")


class CarryForward(Part):
    """Spend above the commitment that counts in the next window."""

    max_share: PositiveFactor | None = Field(
        default=None, description="At most this share of the window's commitment; left out: no limit."
    )


class CommitmentWindow(Part):
    """One window of a commitment, given by dates (`end` is the first day after it)."""

    start: Day = Field(description="First day.")
    end: Day = Field(description="The first day after it.")
    amount_usd: NonNegative = Field(description="Promised within it.")


class Commitment(Sourced):
    """Spend promised within each window; below it the customer pays the shortfall."""

    window: WindowKind | None = Field(default=None, description="Which windows the term is cut into.")
    amount_usd: NonNegative | list[NonNegative] | None = Field(
        default=None, description="The same for every window, or a list with one amount for each."
    )
    windows: Annotated[list[CommitmentWindow], Field(min_length=1)] | None = Field(
        default=None, description="Windows by dates, instead of `window` and `amount_usd`."
    )
    spent_to_date_usd: NonNegative | None = Field(
        default=None, description="Drawdown before the horizon's start in the window that contains it."
    )
    shortfall_rate: Share = Field(default=1.0, description="USD paid per USD of shortfall.")
    carry_forward: TrueOrFalse | CarryForward = Field(
        default=False, description="Whether spend above the promise counts in the next window."
    )


class Contract(Sourced):
    """What is signed with one provider. The term runs from `start` up to, not including, `end`."""

    provider: Name = Field(description="With whom it is signed.")
    title: Text | None = Field(default=None, description="Name in reports.")
    start: Day = Field(description="First day of the term.")
    end: Day = Field(description="The first day after it.")
    eligible: Selector = Field(default=Selector(), description="Usage billed under the contract.")
    discounts: list[DiscountRule] = Field(default=[], description="The first rule that matches applies.")
    tiers: Tiers | None = Field(default=None, description="Discounts that depend on the spend in a window.")
    commitments: dict[Name, Commitment] = Field(default={}, description="Spend promised; take-or-pay.")
