"""An edited warm program answers like a fresh one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from router.engine.check import largest_violation
from router.engine.dual_bound import reduced_costs
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
    answer = warm.solve(StopSignal())
    row_lower, row_upper = program.row_lower.copy(), program.row_upper.copy()
    row_lower[rows] *= 1.5
    row_upper[rows] *= 1.5
    upper = program.upper.copy()
    upper[columns] = [1.0, 2.0, 3.0]
    edited = replace(program, row_lower=row_lower, row_upper=row_upper, upper=upper)
    assert answer.status is LinearStatus.OPTIMAL
    assert answer.objective == pytest.approx(fresh_objective(edited), rel=1e-9)
    assert answer.objective != pytest.approx(first.objective, rel=1e-6)


def test_new_prices_and_coefficients(program: LinearProgram) -> None:
    warm = WarmLinearProgram(program)
    first = warm.solve(StopSignal())
    objective, values = program.objective.copy(), program.values.copy()
    objective[:10] *= 3.0
    values[::7] *= 1.25
    edited = replace(program, objective=objective, values=values)
    warm.become(edited, np.arange(program.columns), np.arange(program.rows))
    answer = warm.solve(StopSignal())
    assert answer.objective == pytest.approx(fresh_objective(edited), rel=1e-9)
    assert answer.objective != pytest.approx(first.objective, rel=1e-6)
    assert warm.cold_starts == 1


def part_of(program: LinearProgram, columns: np.ndarray, rows: np.ndarray) -> LinearProgram:
    """Some columns and rows of a program, in this order."""
    matrix = csr_matrix((program.values, program.column_indices, program.row_starts), (program.rows, program.columns))
    kept = matrix[rows][:, columns].tocsr()
    kept.sort_indices()
    return replace(
        program,
        objective=program.objective[columns],
        lower=program.lower[columns],
        upper=program.upper[columns],
        kind=program.kind[columns],
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows],
        row_starts=kept.indptr.astype(np.int32),
        column_indices=kept.indices.astype(np.int32),
        values=kept.data,
    )


@pytest.mark.parametrize("seed", range(8))
def test_columns_and_rows_come_go_and_trade_places(program: LinearProgram, seed: int) -> None:
    """Twelve programs in a row, each a random part of one, each as good as solved afresh, from one warm start."""
    random = np.random.default_rng(seed)
    warm, columns, rows = WarmLinearProgram(program), np.arange(program.columns), np.arange(program.rows)
    warm.solve(StopSignal())
    for _ in range(12):
        next_columns = random.permutation(np.flatnonzero(random.random(program.columns) < random.choice([0.8, 1.0])))
        next_rows = random.permutation(np.flatnonzero(random.random(program.rows) < random.choice([0.8, 1.0])))
        part = part_of(program, next_columns, next_rows)
        part = replace(part, objective=part.objective * random.uniform(0.9, 1.1, part.columns))
        warm.become(part, origin_of(next_columns, columns), origin_of(next_rows, rows))
        answer, fresh = warm.solve(StopSignal()), WarmLinearProgram(part).solve(StopSignal())
        assert answer.status is fresh.status
        if fresh.status is LinearStatus.OPTIMAL:
            assert answer.objective == pytest.approx(fresh.objective, rel=1e-7, abs=1e-7)
            assert len(answer.values) == part.columns
            assert len(answer.row_duals) == part.rows
            assert largest_violation(replace(part, kind=np.zeros_like(part.kind)), answer.values) < 1e-6
            assert answer.reduced_costs == pytest.approx(reduced_costs(part, answer.row_duals), abs=1e-6)
        columns, rows = next_columns, next_rows
    assert warm.cold_starts == 1


def origin_of(wanted: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Where each was before, -1 where it was not."""
    where = {int(number): place for place, number in enumerate(before)}
    return np.array([where.get(int(number), -1) for number in wanted], dtype=np.int64)


def test_what_comes_back_counts_again(program: LinearProgram) -> None:
    warm = WarmLinearProgram(program)
    whole = warm.solve(StopSignal()).objective
    everything, rows = np.arange(program.columns), np.arange(program.rows)
    half = everything[::2]
    warm.become(part_of(program, half, rows), half, rows)
    warm.solve(StopSignal())
    warm.become(program, origin_of(everything, half), rows)
    assert warm.solve(StopSignal()).objective == pytest.approx(whole, rel=1e-9)


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


def test_it_has_a_basis_once_it_was_given_one_or_solved(program: LinearProgram) -> None:
    """A search that has one does not begin as if nothing were known."""
    solved, given = WarmLinearProgram(program), WarmLinearProgram(program)
    assert not solved.has_basis
    solved.solve(StopSignal())
    basis = solved.basis()
    assert basis is not None
    assert solved.has_basis
    given.start_from(basis)
    assert given.has_basis
