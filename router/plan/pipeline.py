"""From a checked scenario to a plan: problem, model, engine, plan."""

from __future__ import annotations

import threading
from dataclasses import replace

from router.engine.progress import Progress, ProgressCallback
from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus
from router.engine.solve import solve
from router.model.model import Model, build_model
from router.plan.build import build_plan
from router.plan.document import Plan
from router.plan.reference import scenario_reference
from router.problem.problem import build_problem
from router.scenario.scenario import Scenario


class NoPlanError(Exception):
    """The engine gave no plan. ``status`` and ``reason`` say why."""

    def __init__(self, status: SolutionStatus, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


def in_usd(progress: ProgressCallback | None, usd_per_unit: float) -> ProgressCallback | None:
    """A callback for the engine's progress (in its money unit) that passes it on in USD."""
    if progress is None:
        return None

    def tell(event: Progress) -> None:
        progress(replace(event, lower_bound=event.lower_bound * usd_per_unit, incumbent=event.incumbent * usd_per_unit))

    return tell


def plan_from(scenario: Scenario, model: Model, solution: Solution, settings: EngineSettings) -> Plan:
    """The plan of a solution. Raises NoPlanError where there is none."""
    if not solution.has_plan:
        raise NoPlanError(solution.status, solution.message or solution.status.value)
    return build_plan(
        model,
        solution.values,
        scenario_reference(scenario),
        solution.lower_bound * model.program.usd_per_unit,
        settings.relative_gap,
        solution.closed_by,
        settings.threads,
    )


def solve_scenario(
    scenario: Scenario,
    settings: EngineSettings | None = None,
    progress: ProgressCallback | None = None,
    interrupt: threading.Event | None = None,
) -> Plan:
    """The best plan of a scenario within the settings' gap and time, not yet audited.

    ``interrupt`` ends the search with the best plan so far. Raises NoPlanError where there is none.
    """
    settings = settings or EngineSettings()
    model = build_model(build_problem(scenario))
    solution = solve(model.program, settings, in_usd(progress, model.program.usd_per_unit), interrupt, model.blocks)
    return plan_from(scenario, model, solution, settings)
