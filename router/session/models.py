"""From scenario to scenario, the model of each: what did not change is taken over from the one before."""

from __future__ import annotations

from router.model.model import Model, build_model
from router.problem.problem import build_problem
from router.scenario.scenario import Scenario


def model_after(scenario: Scenario, before: Model | None) -> Model:
    """The model of a scenario. Its money unit stays that of the model before, so that no figure changes by it alone."""
    if before is None:
        return build_model(build_problem(scenario))
    problem = build_problem(scenario, before.problem)
    return build_model(problem, before, before.program.usd_per_unit)
