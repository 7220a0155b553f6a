"""All checks together."""

from __future__ import annotations

from collections.abc import Iterator

from router.scenario.checks.contracts import contract_findings
from router.scenario.checks.demand import workload_findings
from router.scenario.checks.finding import Finding
from router.scenario.checks.names import Names, names_of
from router.scenario.checks.plan_limits import horizon_findings, limit_findings
from router.scenario.checks.prices import price_findings
from router.scenario.checks.span import span_of
from router.scenario.checks.supply import supply_findings
from router.scenario.scenario import Scenario


def findings(scenario: Scenario, names: Names | None = None, *, knows_horizon: bool = True) -> Iterator[Finding]:
    """Everything wrong with a scenario that its schema let pass.

    ``names``: names that count as defined, where the scenario is only part of a file; without ``knows_horizon``
    nothing is said of the horizon's dates.
    """
    names = names or names_of(scenario)
    span = None
    if knows_horizon:
        in_horizon = list(horizon_findings(scenario))
        yield from in_horizon
        span = span_of(scenario.horizon)
    yield from supply_findings(scenario, names)
    yield from price_findings(scenario, names, span)
    yield from contract_findings(scenario, names, span)
    yield from workload_findings(scenario, names, span)
    yield from limit_findings(scenario, names)
