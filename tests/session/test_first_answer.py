"""The first answer to a change is a plan of the changed scenario, whole and within all limits, and hardly dearer."""

from __future__ import annotations

import random

import numpy as np
import pytest

from router.engine.check import largest_violation
from router.engine.settings import EngineSettings
from router.engine.solve import solve
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.linear_program import ColumnKind
from router.session.first_answer import FirstAnswer, job_of_column
from router.session.models import model_after
from tests.audit.random_scenarios import random_scenario
from tests.problem.edits import edited

SETTINGS = EngineSettings(relative_gap=1e-3, time_limit_seconds=5)


@pytest.mark.parametrize("seed", range(10))
def test_every_edit_has_a_plan_that_holds(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(seed)
    model = model_after(scenario, None)
    first = FirstAnswer(SETTINGS)
    first.hold(scenario, model, solve(model.program, SETTINGS).values, None)
    for _ in range(12):
        scenario = edited(scenario, rng)
        model = model_after(scenario, model)
        answer = first.plan(scenario, model, StopSignal())
        assert answer is not None
        assert largest_violation(model.program, answer.values) < 1e-6
        bound = WarmLinearProgram(model.program).solve(StopSignal()).objective
        assert answer.objective >= bound - 1e-6 * (1 + abs(bound))


def test_runs_stay_where_they_are() -> None:
    """A little more demand does not move a training job."""
    scenario = random_scenario(4)
    model = model_after(scenario, None)
    values = solve(model.program, SETTINGS).values
    first = FirstAnswer(SETTINGS)
    first.hold(scenario, model, values, None)
    answer = first.plan(scenario, model, StopSignal())
    assert answer is not None
    runs = model.program.kind == ColumnKind.RUN
    assert np.array_equal(np.round(answer.values[runs]), np.round(values[runs]))


def test_nothing_to_start_from() -> None:
    model = model_after(random_scenario(1), None)
    assert FirstAnswer(SETTINGS).plan(random_scenario(1), model, StopSignal()) is None


def test_columns_know_their_job() -> None:
    model = model_after(random_scenario(2), None)
    jobs = job_of_column(model)
    runs = model.program.kind == ColumnKind.RUN
    assert (jobs[runs] >= 0).all()
    assert (jobs[~runs] == -1).all()
