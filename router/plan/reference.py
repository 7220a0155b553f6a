"""Which scenario a plan answers."""

from __future__ import annotations

import hashlib

from router.plan.document import ScenarioReference
from router.scenario.scenario import Scenario


def scenario_reference(scenario: Scenario) -> ScenarioReference:
    """Name and hash of a scenario: of what it says, not of how its files are laid out."""
    return ScenarioReference(name=scenario.name, sha256=hashlib.sha256(scenario.model_dump_json().encode()).hexdigest())
