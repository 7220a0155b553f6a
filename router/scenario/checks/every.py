"""All checks together."""

from __future__ import annotations

from collections.abc import Iterator

from router.scenario.checks.contracts import contract_findings
from router.scenario.checks.demand import workload_findings
from router.scenario.checks.finding import Finding
from router.scenario.checks.names import names_of
from router.scenario.checks.plan_limits import horizon_findings, limit_findings
from router.scenario.checks.supply import supply_findings
from router.scenario.scenario import Scenario


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Everything wrong with a scenario that its schema let pass."""
    names = names_of(scenario)
    yield from horizon_findings(scenario)
    yield from supply_findings(scenario, names)
    yield from contract_findings(scenario, names)
    yield from workload_findings(scenario, names)
    yield from limit_findings(scenario, names)
