"""Contracts: discounts, price tiers and commitments."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Discount, Name, NonNegative, Part, Positive, Share, Sourced
from router.scenario.selector import Selector

WindowKind = Literal["contract_year", "calendar_year", "term"]


class DiscountRule(Part):
    """A discount off the offer's price for what the selector matches."""

    discount: Discount
    applies_to: Selector = Selector()


class TierLevel(Part):
    """From this spend in the window on, this discount."""

    from_usd: NonNegative
    discount: Discount


class Tiers(Part):
    """Discounts that depend on the spend in a window, credited at the window's end.

    `graduated`: each level's discount applies to the spend between it and the next level.
    `all_units`: the level reached applies to the window's whole spend.
    """

    method: Literal["graduated", "all_units"]
    window: WindowKind = "contract_year"
    levels: Annotated[list[TierLevel], Field(min_length=1)]


class CarryForward(Part):
    """Spend above the commitment that counts in the next window."""

    max_share: Positive | None = Field(
        default=None, description="At most this share of the window's commitment; left out: no limit."
    )


class CommitmentWindow(Part):
    """One window of a commitment, given by dates (`end` is the first day after it)."""

    start: date
    end: date
    amount_usd: NonNegative


class Commitment(Sourced):
    """Spend promised within each window; below it the customer pays the shortfall."""

    window: WindowKind | None = None
    amount_usd: NonNegative | list[NonNegative] | None = Field(
        default=None, description="For each window, or one amount a window."
    )
    windows: Annotated[list[CommitmentWindow], Field(min_length=1)] | None = Field(
        default=None, description="Windows by dates, instead of `window` and `amount_usd`."
    )
    spent_to_date_usd: NonNegative | None = Field(
        default=None, description="Drawdown before the horizon's start in the window that contains it."
    )
    shortfall_rate: Share = Field(default=1.0, description="USD paid per USD of shortfall.")
    carry_forward: bool | CarryForward = False


class Contract(Sourced):
    """What is signed with one provider. The term runs from `start` up to, not including, `end`."""

    provider: Name
    title: str | None = None
    start: date
    end: date
    eligible: Selector = Field(default=Selector(), description="Usage billed under the contract.")
    discounts: list[DiscountRule] = Field(default=[], description="The first rule that matches applies.")
    tiers: Tiers | None = None
    commitments: dict[Name, Commitment] = {}
