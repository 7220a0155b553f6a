"""Categories of the bill, merged to the causes that a reader of a comparison asks for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

NO_PROVIDER = "-"
"""Stands where a provider would: what no provider is paid, such as the value of unserved demand."""


class Cause(StrEnum):
    """Why a plan costs what it costs, in the order in which reports show it: what is cash first."""

    USAGE = "usage"
    RESERVATIONS = "reservations"
    """With what of them falls after the horizon."""
    SHORTFALLS = "shortfalls"
    TIER_CREDITS = "tier_credits"
    DATA_TRANSFER = "data_transfer"
    MIGRATION = "migration"
    UNSERVED = "unserved"
    BREACHES = "breaches"


CAUSE_OF_CATEGORY: dict[str, Cause] = {
    "usage": Cause.USAGE,
    "reservation": Cause.RESERVATIONS,
    "reservation_after_horizon": Cause.RESERVATIONS,
    "shortfall": Cause.SHORTFALLS,
    "tier_credit": Cause.TIER_CREDITS,
    "data_transfer": Cause.DATA_TRANSFER,
    "migration": Cause.MIGRATION,
    "unserved": Cause.UNSERVED,
    "breach": Cause.BREACHES,
}
"""By category of the bill (router.plan.document.BillCategory)."""


def by_cause(cost_by_category_usd: Mapping[tuple[str, str], float]) -> dict[tuple[Cause, str], float]:
    """Cost by (cause, provider) from cost by (category, provider). Raises KeyError for an unknown category."""
    sums: dict[tuple[Cause, str], float] = {}
    for (category, provider), usd in cost_by_category_usd.items():
        key = CAUSE_OF_CATEGORY[category], provider
        sums[key] = sums.get(key, 0.0) + usd
    return sums
