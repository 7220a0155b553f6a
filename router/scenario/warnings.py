"""Warnings: what `router check` accepts and still points out."""

from __future__ import annotations

from router.reading.key_path import path_text
from router.reading.position import printable
from router.scenario.scenario import Scenario
from router.scenario.suspicions.contracts import contract_suspicions, limit_suspicions, origin_suspicions
from router.scenario.suspicions.demand import demand_suspicions
from router.scenario.suspicions.facts import Facts
from router.scenario.suspicions.supply import source_suspicions, supply_suspicions


def warnings(scenario: Scenario) -> list[str]:
    """One line, `key path: what looks wrong`, for each legal thing in a checked scenario that may be a slip."""
    facts = Facts(scenario)
    suspicions = [
        *demand_suspicions(facts),
        *supply_suspicions(facts),
        *contract_suspicions(facts),
        *limit_suspicions(facts),
        *source_suspicions(scenario),
        *origin_suspicions(facts),
    ]
    return [printable(f"{path_text(path)}: {text}") for path, text in suspicions]
