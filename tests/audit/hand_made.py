"""A plan for hand_made.yaml, written by hand from docs/model.md: no function of the audit takes part in it.

Hours of the slices: January 186 peak and 558 base, February 168 and 504, March 186 and 558.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from router.plan.document import NOT_CASH, BillCategory, BillLine, Plan
from router.scenario.scenario import Scenario

PEAK, BASE = (186.0, 168.0, 186.0), (558.0, 504.0, 558.0)
STARTS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))
# Midpoints lie 15.5, 31 + 14 and 59 + 15.5 days after the start.
DISCOUNT_FACTORS = tuple(1.1 ** -(days / 365.25) for days in (15.5, 45.0, 74.5))

# What is served, by period (January, February, March).
CHAT_AZURE = {"peak": (32.0, 32.0, 40.0), "base": (16.0, 24.0, 24.0)}
CHAT_SPOT = {"peak": (14.4, 14.4, 0.0), "base": (0.0, 0.0, 0.0)}
CHAT_AWS = {"peak": (40.0, 40.0, 24.0), "base": (24.0, 24.0, 24.0)}
FLEET_EACH = {"peak": 300.0, "base": 200.0}
# An H100 instance does 8 firm and 8 * (1 - 0.1 * 1) = 7.2 on spot; a CPU instance 10 * 2 = 20.
PER_GPU, PER_SPOT, PER_CPU = 8.0, 7.2, 20.0

AZURE_ON_DEMAND = {"peak": (4, 3, 3), "base": (2, 2, 1)}
AZURE_SPOT = {"peak": (2, 2, 1), "base": (0, 0, 1)}
AWS_CONTRACT = {"peak": (5, 5, 0), "base": (3, 3, 0)}
AWS_ON_DEMAND = {"peak": (0, 0, 3), "base": (0, 0, 3)}
AGENTS_EACH = {"peak": (15, 15, 15), "base": (10, 10, 10)}

# Billed under the MACC: on demand at 72, spot at 30, two reserved at 47.50, CPUs at 1.20.
MACC = (
    72 * 1860.0 + 30 * 372.0 + 47.5 * 1488.0 + 1.2 * 8370.0,
    72 * 1512.0 + 30 * 336.0 + 47.5 * 1344.0 + 1.2 * 7560.0,
    72 * 1116.0 + 30 * 744.0 + 47.5 * 1488.0 + 1.2 * 8370.0,
)
MACC_CREDIT = 0.02 * (360000 - 90000) + 0.05 * (601056 - 360000)
# Billed under the EDP: 70 by contract; in March 90 on demand less 31 % for the 10 of 31 days within the term.
EDP = (70 * 2604.0, 70 * 2352.0, 81 * 2232.0)
# 10 of March's 31 days count in the term, and so 58320 of its 180792.
EDP_SPEND = 182280.0 + 164640.0 + 58320.0
EDP_CREDIT = 0.03 * EDP_SPEND
ANNUAL_PROMISE = 400000 * 274 / 365
BURST_SHORTFALL = 400000 - (191856 + 183396 - MACC_CREDIT * 59 / 90) - 10000
EDP_SHORTFALL = 600000 - (EDP_SPEND - EDP_CREDIT)


def scenario() -> Scenario:
    """The scenario of hand_made.yaml."""
    text = (Path(__file__).parent / "hand_made.yaml").read_text(encoding="utf-8")
    return Scenario.model_validate(yaml.safe_load(text))


def plan() -> Plan:
    """The plan, correct in every figure."""
    assert (sum(MACC), sum(EDP)) == (601056.0, 527712.0)
    bill = _bill()
    cash = sum(line.amount_usd for line in bill if line.category not in NOT_CASH)
    over = cash - 1_000_000
    bill.append(_line(2, "breach", None, "limits.cash[0]", over, "USD", 2.0))
    return Plan.model_validate(
        {
            "router_version": "0",
            "scenario": {"name": "hand-made", "sha256": "0" * 64},
            "solve": _solve(bill),
            "periods": _periods(),
            "totals": _totals(bill, cash),
            "windows": _windows(),
            "tiers": _tiers(),
            "runs": _runs(),
            "reservations": [
                {
                    "pool": "az-gpu",
                    "term_months": 12,
                    "contract": "macc",
                    "first_period": 0,
                    "start": date(2026, 1, 1),
                    "end": date(2027, 1, 1),
                    "instances": 2,
                }
            ],
            "unserved": _unserved(),
            "breaches": _breaches(over),
            "notes": [],
            "serving": _serving(),
            "rentals": _rentals(),
            "local_calls": _local_calls(),
            "bill": bill,
        }
    )


def _serving() -> list[dict[str, Any]]:
    found = []

    def add(workload: str, pool: str, spot: bool, period: int, part: str, quantity: float, each: float) -> None:
        if quantity:
            found.append(
                {
                    "workload": workload,
                    "stream": "us",
                    "pool": pool,
                    "period": period,
                    "slice": part,
                    "spot": spot,
                    "quantity": quantity,
                    "instances": quantity / each,
                }
            )

    for period in range(3):
        for part in ("peak", "base"):
            add("chat", "az-gpu", False, period, part, CHAT_AZURE[part][period], PER_GPU)
            add("chat", "az-gpu", True, period, part, CHAT_SPOT[part][period], PER_SPOT)
            add("chat", "aws-gpu", False, period, part, CHAT_AWS[part][period], PER_GPU)
            add("fleet", "az-agents", False, period, part, FLEET_EACH[part], PER_CPU)
            add("fleet", "aws-agents", False, period, part, FLEET_EACH[part], PER_CPU)
    return found


def _rentals() -> list[dict[str, Any]]:
    lines = [
        ("az-gpu", "on_demand", "macc", AZURE_ON_DEMAND),
        ("az-gpu", "spot", "macc", AZURE_SPOT),
        ("aws-gpu", "contract", "edp", AWS_CONTRACT),
        ("aws-gpu", "on_demand", "edp", AWS_ON_DEMAND),
        ("az-agents", "on_demand", "macc", AGENTS_EACH),
        ("aws-agents", "on_demand", None, AGENTS_EACH),
    ]
    return [
        {
            "pool": pool,
            "purchase_option": option,
            "contract": contract,
            "period": period,
            "slice": part,
            "instances": instances[part][period],
        }
        for pool, option, contract, instances in lines
        for period in range(3)
        for part in ("peak", "base")
        if instances[part][period]
    ]


def _local_calls() -> list[dict[str, Any]]:
    # 0.1 calls for each agent: 30 at the peak and 20 at base, of which chat's 16 (Azure, January base) and 24
    # (AWS, March peak) cannot answer all.
    calls = {
        ("azure", "peak"): (30.0, 30.0, 30.0),
        ("azure", "base"): (16.0, 20.0, 20.0),
        ("aws", "peak"): (30.0, 30.0, 24.0),
        ("aws", "base"): (20.0, 20.0, 20.0),
    }
    return [
        {
            "workload": "fleet",
            "stream": "us",
            "calls": "chat",
            "provider": provider,
            "period": period,
            "slice": part,
            "quantity": quantity,
        }
        for (provider, part), quantities in calls.items()
        for period, quantity in enumerate(quantities)
    ]


def _runs() -> list[dict[str, Any]]:
    # 14400 / (2 * 8 * 0.9) = 1000 hours, 744 of them in January; 720 / (8 * 0.9) = 100 hours.
    return [
        {
            "workload": "pretrain",
            "pool": "az-gpu",
            "spot": False,
            "accelerators": 16,
            "instances": 2,
            "first_period": 0,
            "last_period": 1,
            "start": date(2026, 1, 1),
            "end": date(2026, 2, 11),
            "hours": 1000,
        },
        {
            "workload": "distill",
            "pool": "az-gpu",
            "spot": True,
            "accelerators": 8,
            "instances": 1,
            "first_period": 2,
            "last_period": 2,
            "start": date(2026, 3, 1),
            "end": date(2026, 3, 5),
            "hours": 100,
        },
    ]


def _unserved() -> list[dict[str, Any]]:
    # January base: Azure alone serves 16 of the 20 that must survive; March peak: 64 of 80 are served.
    return [
        {
            "workload": "chat",
            "stream": "us",
            "period": 0,
            "slice": "base",
            "quantity": 4,
            "demand": 40,
            "value_usd": 4 * 558 * 10,
            "because": "survive_provider_loss",
        },
        {
            "workload": "chat",
            "stream": "us",
            "period": 2,
            "slice": "peak",
            "quantity": 16,
            "demand": 80,
            "value_usd": 16 * 186 * 10,
            "because": "price",
        },
        {
            "workload": "finetune",
            "stream": None,
            "period": 1,
            "slice": None,
            "quantity": 1,
            "demand": 1,
            "value_usd": 5000,
            "because": "run_window",
        },
    ]


def _breaches(over_usd: float) -> list[dict[str, Any]]:
    # March: Azure holds 6 of 9 instances at the peak, 4 of 7 at base, of 8 accelerators each.
    share = "limits.provider_shares['azure at most half']"
    return [
        {"limit": "limits.cash[0]", "period": 2, "slice": None, "amount": over_usd, "words": "x"},
        {"limit": share, "period": 2, "slice": "peak", "amount": 48 - 36, "words": "x"},
        {"limit": share, "period": 2, "slice": "base", "amount": 32 - 28, "words": "x"},
    ]


def _windows() -> list[dict[str, Any]]:
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


def _tiers() -> list[dict[str, Any]]:
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


def _line(
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


def _bill() -> list[BillLine]:
    bill = []

    def usage(provider: str, pool: str, option: str, contract: str | None, usd: float, hours: Any) -> None:
        for period, quantity in enumerate(hours):
            if quantity:
                item = (period, "usage", provider, pool, quantity, "instance-hours", usd, option, contract)
                bill.append(_line(*item))

    usage("azure", "az-gpu", "on_demand", "macc", 72, (1860, 1512, 1116))
    usage("azure", "az-gpu", "spot", "macc", 30, (372, 336, 744))
    usage("aws", "aws-gpu", "contract", "edp", 70, (2604, 2352, 0))
    usage("aws", "aws-gpu", "on_demand", "edp", 81, (0, 0, 2232))
    usage("azure", "az-agents", "on_demand", "macc", 1.2, (8370, 7560, 8370))
    usage("aws", "aws-agents", "on_demand", None, 1, (8370, 7560, 8370))
    for period, hours in enumerate((744, 672, 744)):
        item = (period, "reservation", "azure", "az-gpu", 2 * hours, "instance-hours", 47.5, "reserved", "macc")
        bill.append(_line(*item))
    # 275 days from April to December, two instances, at list price, of which the horizon bears half.
    after = ("reservation_after_horizon", "azure", "az-gpu", 2 * 275 * 24 * 0.5, "instance-hours", 50.0)
    bill.append(_line(2, *after, "reserved", "macc"))
    bill.append(_line(2, "shortfall", "azure", "macc/burst", BURST_SHORTFALL, "USD", 0.5, None, "macc"))
    bill.append(_line(2, "shortfall", "aws", "edp/total", EDP_SHORTFALL, "USD", 1, None, "edp"))
    macc_rate = -MACC_CREDIT / 601056
    bill.append(_line(2, "tier_credit", "azure", "macc", 601056, "USD", macc_rate, None, "macc"))
    bill.append(_line(2, "tier_credit", "aws", "edp", EDP_SPEND, "USD", -0.03, None, "edp"))
    for period in range(3):
        azure = [CHAT_AZURE[part][period] + CHAT_SPOT[part][period] for part in ("peak", "base")]
        aws = [CHAT_AWS[part][period] for part in ("peak", "base")]
        for provider, served, usd in (("azure", azure, 0.1), ("aws", aws, 0.09)):
            gigabytes = 0.01 * (PEAK[period] * served[0] + BASE[period] * served[1])
            bill.append(_line(period, "data_transfer", provider, "chat/us", gigabytes, "GB", usd))
    bill.append(_line(0, "data_transfer", "azure", "fleet/us > chat", 4 * 558 * 0.02, "GB", 0.1))
    bill.append(_line(2, "data_transfer", "aws", "fleet/us > chat", 6 * 186 * 0.02, "GB", 0.09))
    bill.append(_line(0, "data_transfer", "aws", "pretrain", 1000, "GB", 0.09))
    # Averages at Azure: 29.6 in February, 28 in March; at AWS 28 and 24.
    bill.append(_line(2, "migration", None, "chat/us", 1.6 + 4.0, "units", 5))
    bill.append(_line(0, "unserved", None, "chat/us", 4 * 558, "unit-hours", 10))
    bill.append(_line(2, "unserved", None, "chat/us", 16 * 186, "unit-hours", 10))
    bill.append(_line(1, "unserved", None, "finetune", 1, "jobs", 5000))
    hours = 12 * 186 + 4 * 558
    share = "limits.provider_shares['azure at most half']"
    bill.append(_line(2, "breach", None, share, hours, "accelerator-hours", 2))
    return bill


def _totals(bill: list[BillLine], cash: float) -> dict[str, Any]:
    by_category: dict[str, float] = {}
    by_provider: dict[str, float] = {}
    for line in bill:
        by_category[line.category.value] = by_category.get(line.category.value, 0.0) + line.amount_usd
        if line.category not in NOT_CASH:
            provider = line.provider or "-"
            by_provider[provider] = by_provider.get(provider, 0.0) + line.amount_usd
    return {
        "cost_usd": _cost(bill),
        "cash_usd": cash,
        "by_category_usd": by_category,
        "by_provider_usd": by_provider,
        "cash_by_year_usd": {"2026": cash},
    }


def _cost(bill: list[BillLine]) -> float:
    return float(sum(DISCOUNT_FACTORS[line.period] * line.amount_usd for line in bill))


def _solve(bill: list[BillLine]) -> dict[str, Any]:
    cost = _cost(bill)
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


def _periods() -> list[dict[str, Any]]:
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
