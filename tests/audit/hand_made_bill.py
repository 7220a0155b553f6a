"""The bill of the hand-made plan, its totals and periods."""

from __future__ import annotations

from typing import Any

from router.plan.document import NOT_CASH, BillCategory, BillLine

from .hand_made_figures import (
    BASE,
    BURST_SHORTFALL,
    CHAT_AWS,
    CHAT_AZURE,
    CHAT_SPOT,
    DISCOUNT_FACTORS,
    EDP_SHORTFALL,
    EDP_SPEND,
    MACC_CREDIT,
    PEAK,
    STARTS,
)


def bill_line(
    period: int,
    category: str,
    provider: str | None,
    item: str,
    quantity: float,
    unit: str,
    usd: float,
    option: Any = None,
    contract: str | None = None,
) -> BillLine:
    """A line of the bill, rounded to cents."""
    return BillLine(
        period=period,
        category=BillCategory(category),
        provider=provider,
        item=item,
        purchase_option=option,
        contract=contract,
        quantity=quantity,
        unit=unit,
        usd_per_unit=usd,
        amount_usd=round(quantity * usd, 2),
    )


def bill() -> list[BillLine]:
    """All lines but that of the cash ceiling."""
    lines: list[BillLine] = []

    def usage(provider: str, pool: str, option: str, contract: str | None, usd: float, hours: Any) -> None:
        for period, quantity in enumerate(hours):
            if quantity:
                item = (period, "usage", provider, pool, quantity, "instance-hours", usd, option, contract)
                lines.append(bill_line(*item))

    usage("azure", "az-gpu", "on_demand", "macc", 72, (1860, 1512, 1116))
    usage("azure", "az-gpu", "spot", "macc", 30, (372, 336, 744))
    usage("aws", "aws-gpu", "contract", "edp", 70, (2604, 2352, 0))
    usage("aws", "aws-gpu", "on_demand", "edp", 81, (0, 0, 2232))
    usage("azure", "az-agents", "on_demand", "macc", 1.2, (8370, 7560, 8370))
    usage("aws", "aws-agents", "on_demand", None, 1, (8370, 7560, 8370))
    for period, hours in enumerate((744, 672, 744)):
        item = (period, "reservation", "azure", "az-gpu", 2 * hours, "instance-hours", 47.5, "reserved", "macc")
        lines.append(bill_line(*item))
    # 275 days from April to December, two instances, at list price, of which the horizon bears half.
    after = ("reservation_after_horizon", "azure", "az-gpu", 2 * 275 * 24 * 0.5, "instance-hours", 50.0)
    lines.append(bill_line(2, *after, "reserved", "macc"))
    lines.append(bill_line(2, "shortfall", "azure", "macc/burst", BURST_SHORTFALL, "USD", 0.5, None, "macc"))
    lines.append(bill_line(2, "shortfall", "aws", "edp/total", EDP_SHORTFALL, "USD", 1, None, "edp"))
    macc_rate = -MACC_CREDIT / 601056
    lines.append(bill_line(2, "tier_credit", "azure", "macc", 601056, "USD", macc_rate, None, "macc"))
    lines.append(bill_line(2, "tier_credit", "aws", "edp", EDP_SPEND, "USD", -0.03, None, "edp"))
    for period in range(3):
        azure = [CHAT_AZURE[part][period] + CHAT_SPOT[part][period] for part in ("peak", "base")]
        aws = [CHAT_AWS[part][period] for part in ("peak", "base")]
        for provider, served, usd in (("azure", azure, 0.1), ("aws", aws, 0.09)):
            gigabytes = 0.01 * (PEAK[period] * served[0] + BASE[period] * served[1])
            lines.append(bill_line(period, "data_transfer", provider, "chat/us", gigabytes, "GB", usd))
    lines.append(bill_line(0, "data_transfer", "azure", "fleet/us > chat", 4 * 558 * 0.02, "GB", 0.1))
    lines.append(bill_line(2, "data_transfer", "aws", "fleet/us > chat", 6 * 186 * 0.02, "GB", 0.09))
    lines.append(bill_line(0, "data_transfer", "aws", "pretrain", 1000, "GB", 0.09))
    # Averages at Azure: 29.6 in February, 28 in March; at AWS 28 and 24.
    lines.append(bill_line(2, "migration", None, "chat/us", 1.6 + 4.0, "units", 5))
    lines.append(bill_line(0, "unserved", None, "chat/us", 4 * 558, "unit-hours", 10))
    lines.append(bill_line(2, "unserved", None, "chat/us", 16 * 186, "unit-hours", 10))
    lines.append(bill_line(1, "unserved", None, "finetune", 1, "jobs", 5000))
    hours = 12 * 186 + 4 * 558
    share = "limits.provider_shares['azure at most half']"
    lines.append(bill_line(2, "breach", None, share, hours, "accelerator-hours", 2))
    return lines


def totals(bill: list[BillLine], cash: float) -> dict[str, Any]:
    """Sums of the bill."""
    by_category: dict[str, float] = {}
    by_provider: dict[str, float] = {}
    for line in bill:
        by_category[line.category.value] = by_category.get(line.category.value, 0.0) + line.amount_usd
        if line.category not in NOT_CASH:
            provider = line.provider or "-"
            by_provider[provider] = by_provider.get(provider, 0.0) + line.amount_usd
    return {
        "cost_usd": discounted(bill),
        "cash_usd": cash,
        "by_category_usd": by_category,
        "by_provider_usd": by_provider,
        "cash_by_year_usd": {"2026": cash},
    }


def discounted(bill: list[BillLine]) -> float:
    """The discounted sum."""
    return float(sum(DISCOUNT_FACTORS[line.period] * line.amount_usd for line in bill))


def solve(bill: list[BillLine]) -> dict[str, Any]:
    """A solver's claims."""
    cost = discounted(bill)
    return {
        "status": "feasible",
        "cost_usd": cost,
        "lower_bound_usd": 0.9 * cost,
        "gap": 0.1,
        "gap_asked": 0.0001,
        "closed_by": "nothing",
        "columns": 1,
        "rows": 1,
        "nonzeros": 1,
        "integer_columns": 1,
        "threads": 1,
    }


def periods() -> list[dict[str, Any]]:
    """The three periods."""
    return [
        {
            "index": index,
            "start": STARTS[index],
            "end": STARTS[index + 1],
            "hours": PEAK[index] + BASE[index],
            "slice_hours": {"peak": PEAK[index], "base": BASE[index]},
            "discount_factor": DISCOUNT_FACTORS[index],
        }
        for index in range(3)
    ]
