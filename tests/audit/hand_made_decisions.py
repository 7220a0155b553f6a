"""Decisions of the hand-made plan: what runs where, and what is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from .hand_made_figures import (
    AGENTS_EACH,
    AWS_CONTRACT,
    AWS_ON_DEMAND,
    AZURE_ON_DEMAND,
    AZURE_SPOT,
    CHAT_AWS,
    CHAT_AZURE,
    CHAT_SPOT,
    FLEET_EACH,
    PER_CPU,
    PER_GPU,
    PER_SPOT,
)


def serving() -> list[dict[str, Any]]:
    """What is provisioned where."""
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


def rentals() -> list[dict[str, Any]]:
    """What is rented."""
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


def local_calls() -> list[dict[str, Any]]:
    """Calls answered within a provider."""
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


def runs() -> list[dict[str, Any]]:
    """The two runs."""
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


def unserved() -> list[dict[str, Any]]:
    """What is left out."""
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
