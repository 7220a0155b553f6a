"""An edited warm program answers like a fresh one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.engine.matrix_edit import with_coefficients
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearStatus, WarmLinearProgram
from router.model.linear_program import LinearProgram
from tests.engine.instances import InstanceShape, random_plan


@pytest.fixture
def program() -> LinearProgram:
    return random_plan(InstanceShape(pools=4, periods=4, streams=3, pools_per_stream=3))


def fresh_objective(program: LinearProgram) -> float:
    return WarmLinearProgram(program).solve(StopSignal()).objective


def test_edits_match_a_fresh_program(program: LinearProgram) -> None:
    warm = WarmLinearProgram(program)
    first = warm.solve(StopSignal())
    rows, columns = np.array([3, 1]), np.array([7, 2, 5])
    warm.set_row_bounds(rows, program.row_lower[rows] * 1.5, program.row_upper[rows] * 1.5)
    warm.set_column_bounds(columns, 0.0, [1.0, 2.0, 3.0])
    warm.set_objective(columns, 4.0)
    warm.set_coefficients(np.array([0, 2]), np.array([40, 0]), np.array([0.5, 2.0]))
    answer = warm.solve(StopSignal())
    row_lower, row_upper = program.row_lower.copy(), program.row_upper.copy()
    row_lower[rows] *= 1.5
    row_upper[rows] *= 1.5
    upper, objective = program.upper.copy(), program.objective.copy()
    upper[columns] = [1.0, 2.0, 3.0]
    objective[columns] = 4.0
    edited = replace(program, row_lower=row_lower, row_upper=row_upper, upper=upper, objective=objective)
    edited = with_coefficients(edited, [0, 2], [40, 0], [0.5, 2.0])
    assert answer.status is LinearStatus.OPTIMAL
    assert answer.objective == pytest.approx(fresh_objective(edited), rel=1e-9)
    assert answer.objective != pytest.approx(first.objective, rel=1e-6)


def test_the_program_given_is_left_alone(program: LinearProgram) -> None:
    upper = program.upper.copy()
    warm = WarmLinearProgram(program)
    warm.set_column_bounds(np.array([0]), 0.0, 0.0)
    warm.solve(StopSignal())
    assert np.array_equal(program.upper, upper)
    assert warm.program.upper[0] == 0.0


def test_a_small_edit_takes_few_iterations(program: LinearProgram) -> None:
    warm = WarmLinearProgram(program)
    cold = warm.solve(StopSignal()).iterations
    warm.set_row_bounds(np.array([0]), program.row_lower[:1] * 1.01, program.row_upper[:1] * 1.01)
    assert warm.solve(StopSignal()).iterations < cold / 4


def test_infeasible_and_back(program: LinearProgram) -> None:
    warm = WarmLinearProgram(program)
    first = warm.solve(StopSignal()).objective
    everything = np.arange(program.columns)
    warm.set_column_bounds(everything, 0.0, 0.0)
    assert warm.solve(StopSignal()).status is LinearStatus.INFEASIBLE
    warm.set_column_bounds(everything, program.lower, program.upper)
    assert warm.solve(StopSignal()).objective == pytest.approx(first, rel=1e-9)


def test_duality(program: LinearProgram) -> None:
    """Reduced costs are the prices less what the rows' duals pay for, in numpy."""
    answer = WarmLinearProgram(program).solve(StopSignal())
    paid = np.zeros(program.columns)
    rows = np.repeat(np.arange(program.rows), np.diff(program.row_starts))
    np.add.at(paid, program.column_indices, program.values * answer.row_duals[rows])
    assert answer.reduced_costs == pytest.approx(program.objective - paid, abs=1e-6)


def test_large_start_from_the_interior_point(monkeypatch: pytest.MonkeyPatch, program: LinearProgram) -> None:
    plain = fresh_objective(program)
    monkeypatch.setattr("router.engine.warm_linear_program._ROWS_FOR_INTERIOR_POINT", 0)
    warm = WarmLinearProgram(program)
    assert warm.solve(StopSignal()).objective == pytest.approx(plain, rel=1e-7)
