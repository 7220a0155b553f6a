"""Large programs: the bound from any prices, and the plan found period by period."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from router.engine import large
from router.engine.check import WORST_VIOLATION, largest_violation
from router.engine.dual_bound import dual_bound, most_of_columns
from router.engine.settings import EngineSettings
from router.engine.solution import SolutionStatus
from router.engine.solve import PERIODS, solve
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.model import Model, build_model
from router.problem.problem import build_problem
from router.scenario.load import load_scenario
from tests.benchmarks.generate import generate, write


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    file: Path = tmp_path_factory.mktemp("large") / "scenario.yaml"
    write(generate(3_000), file)
    return build_model(build_problem(load_scenario(file)))


@pytest.fixture(scope="module")
def relaxation(model: Model) -> LinearAnswer:
    answer = WarmLinearProgram(model.program).solve(StopSignal(60.0))
    assert answer.status is LinearStatus.OPTIMAL
    return answer


def test_optimal_prices_prove_the_optimum(model: Model, relaxation: LinearAnswer) -> None:
    bound = dual_bound(model.program, relaxation.row_duals, most_of_columns(model.program))
    assert bound == pytest.approx(relaxation.objective, rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_no_prices_prove_more_than_the_optimum(model: Model, relaxation: LinearAnswer, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(1.0, 10.0 ** (-seed), model.program.rows)
    bound = dual_bound(model.program, relaxation.row_duals * noise, most_of_columns(model.program))
    assert np.isfinite(bound)
    assert bound <= relaxation.objective * (1 + 1e-9)


def test_columns_keep_within_what_rows_allow_or_need(model: Model, relaxation: LinearAnswer) -> None:
    upper = most_of_columns(model.program)
    assert np.isfinite(upper).all()
    assert (upper <= model.program.upper).all()
    # Held to these bounds, the relaxation costs the same.
    held = WarmLinearProgram(model.program)
    held.set_column_bounds(np.arange(model.program.columns), model.program.lower, upper)
    assert held.solve(StopSignal(60.0)).objective == pytest.approx(relaxation.objective, rel=1e-7)


def test_rows_and_columns_of_a_period_meet_only_its_neighbour(model: Model) -> None:
    program, blocks = model.program, model.blocks
    row = np.repeat(blocks.row_period, np.diff(program.row_starts))
    column = blocks.column_period[program.column_indices]
    both = (row >= 0) & (column >= 0)
    assert set(np.unique((row - column)[both])) == {0, 1}
    assert blocks.count == len(model.problem.calendar.hours)


def test_a_large_program_is_solved_period_by_period(
    model: Model, relaxation: LinearAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "LARGE", 1)
    solution = solve(model.program, EngineSettings(relative_gap=0.02), blocks=model.blocks)
    assert solution.status is SolutionStatus.OPTIMAL
    assert solution.closed_by == PERIODS
    assert solution.lower_bound <= relaxation.objective * (1 + 1e-9) <= solution.objective * (1 + 1e-7)
    assert largest_violation(model.program, solution.values) <= WORST_VIOLATION


def test_a_closer_gap_than_prices_give_is_left_to_the_search(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 1)
    closer = solve(model.program, EngineSettings(relative_gap=1e-9, time_limit_seconds=4.0), blocks=model.blocks)
    usual = solve(model.program, EngineSettings(relative_gap=1e-3))
    assert closer.has_plan
    assert closer.objective <= usual.objective * (1 + 1e-3)


def test_a_stop_leaves_no_plan(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 1)
    solution = solve(model.program, EngineSettings(time_limit_seconds=0.0), blocks=model.blocks)
    assert solution.status is SolutionStatus.NO_SOLUTION
