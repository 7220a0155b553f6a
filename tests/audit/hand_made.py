"""A plan for hand_made.yaml, written by hand from docs/model.md: no function of the audit takes part in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from router.plan.document import NOT_CASH, Plan
from router.scenario.scenario import Scenario

from .hand_made_bill import bill, bill_line, periods, solve, totals
from .hand_made_consequences import breaches, tiers, windows
from .hand_made_decisions import local_calls, rentals, runs, serving, unserved
from .hand_made_figures import EDP, MACC


def scenario() -> Scenario:
    """The scenario of hand_made.yaml."""
    text = (Path(__file__).parent / "hand_made.yaml").read_text(encoding="utf-8")
    return Scenario.model_validate(yaml.safe_load(text))


def plan() -> Plan:
    """The plan, correct in every figure."""
    assert (sum(MACC), sum(EDP)) == (601056.0, 527712.0)
    lines = bill()
    cash = sum(line.amount_usd for line in lines if line.category not in NOT_CASH)
    over = cash - 1_000_000
    lines.append(bill_line(2, "breach", None, "limits.cash[0]", over, "USD", 2.0))
    return Plan.model_validate(
        {
            "router_version": "0",
            "scenario": {"name": "hand-made", "sha256": "0" * 64},
            "solve": solve(lines),
            "periods": periods(),
            "totals": totals(lines, cash),
            "windows": windows(),
            "tiers": tiers(),
            "runs": runs(),
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
            "unserved": unserved(),
            "breaches": breaches(over),
            "notes": [],
            "serving": serving(),
            "rentals": rentals(),
            "local_calls": local_calls(),
            "bill": lines,
        }
    )
