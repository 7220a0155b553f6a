"""A scenario solved, with the model and the solution that questions are asked of."""

from __future__ import annotations

import threading

from router.engine.progress import ProgressCallback
from router.engine.settings import EngineSettings
from router.engine.solution import Solution
from router.engine.solve import solve
from router.model.model import Model, build_model
from router.plan.pipeline import NoPlanError, in_usd
from router.problem.problem import Problem


def solve_problem(
    problem: Problem,
    settings: EngineSettings,
    progress: ProgressCallback | None = None,
    interrupt: threading.Event | None = None,
) -> tuple[Model, Solution]:
    """Model and best solution of a problem. Raises NoPlanError where there is no plan."""
    model = build_model(problem)
    solution = solve(model.program, settings, in_usd(progress, model.program.usd_per_unit), interrupt, model.blocks)
    if not solution.has_plan:
        raise NoPlanError(solution.status, solution.message or solution.status.value)
    return model, solution
