"""What follows from the decisions: breaches, commitments, tiers."""

from __future__ import annotations

from datetime import date
from typing import Any

from .hand_made_figures import ANNUAL_PROMISE, BURST_SHORTFALL, EDP_CREDIT, EDP_SHORTFALL, EDP_SPEND, MACC_CREDIT


def breaches(over_usd: float) -> list[dict[str, Any]]:
    """Limits that are not kept."""
    # March: Azure holds 6 of 9 instances at the peak, 4 of 7 at base, of 8 accelerators each.
    share = "limits.provider_shares['azure at most half']"
    return [
        {"limit": "limits.cash[0]", "period": 2, "slice": None, "amount": over_usd, "words": "x"},
        {"limit": share, "period": 2, "slice": "peak", "amount": 48 - 36, "words": "x"},
        {"limit": share, "period": 2, "slice": "base", "amount": 32 - 28, "words": "x"},
    ]


def windows() -> list[dict[str, Any]]:
    """Windows of commitments."""

    # January draws 225804 in 31 days. Promise and credit less spent to date, 217726.77, are met after 29.9 days;
    # 200000 and a credit of 6011.52 after 28.3.
    def window(contract: str, commitment: str, start: date, end: date, **figures: Any) -> dict[str, Any]:
        record = {
            "contract": contract,
            "commitment": commitment,
            "start": start,
            "end": end,
            "counted_from": start,
            "counted_to": min(end, date(2026, 4, 1)),
            "promise_usd": figures["full_promise_usd"],
            "spent_to_date_usd": 0,
            "carried_in_usd": 0,
            "carried_out_usd": 0,
            "shortfall_usd": 0,
            "shortfall_paid_usd": 0,
            "settled_in_period": 2,
            "met_on": None,
        }
        return record | figures

    return [
        window(
            "macc",
            "annual",
            date(2025, 7, 1),
            date(2026, 7, 1),
            full_promise_usd=400000,
            promise_usd=ANNUAL_PROMISE,
            spent_to_date_usd=100000,
            drawdown_usd=100000 + 601056 - MACC_CREDIT,
            met_on=date(2026, 1, 30),
        ),
        window(
            "macc",
            "burst",
            date(2026, 1, 1),
            date(2026, 2, 1),
            full_promise_usd=200000,
            drawdown_usd=225804 - MACC_CREDIT * 31 / 90,
            carried_out_usd=10000,
            settled_in_period=0,
            met_on=date(2026, 1, 29),
        ),
        window(
            "macc",
            "burst",
            date(2026, 2, 1),
            date(2026, 4, 1),
            full_promise_usd=400000,
            drawdown_usd=191856 + 183396 - MACC_CREDIT * 59 / 90,
            carried_in_usd=10000,
            shortfall_usd=BURST_SHORTFALL,
            shortfall_paid_usd=BURST_SHORTFALL / 2,
        ),
        window(
            "edp",
            "total",
            date(2026, 1, 1),
            date(2026, 3, 11),
            full_promise_usd=600000,
            drawdown_usd=EDP_SPEND - EDP_CREDIT,
            shortfall_usd=EDP_SHORTFALL,
            shortfall_paid_usd=EDP_SHORTFALL,
        ),
    ]


def tiers() -> list[dict[str, Any]]:
    """Tier windows."""
    return [
        {
            "contract": "macc",
            "start": date(2025, 7, 1),
            "end": date(2026, 7, 1),
            "spend_usd": 601056,
            "level": 1,
            "credit_usd": MACC_CREDIT,
            "settled_in_period": 2,
        },
        {
            "contract": "edp",
            "start": date(2026, 1, 1),
            "end": date(2026, 3, 11),
            "spend_usd": EDP_SPEND,
            "level": 1,
            "credit_usd": EDP_CREDIT,
            "settled_in_period": 2,
        },
    ]
