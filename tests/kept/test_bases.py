"""A basis taken from one linear program makes another one start where that one ended."""

from __future__ import annotations

import random

import numpy as np
import pytest

from router.engine.basis import Basis
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearStatus, WarmLinearProgram
from router.model.alignment import align
from router.model.linear_program import LinearProgram
from router.session.models import model_after
from tests.audit.random_scenarios import random_scenario
from tests.engine.instances import InstanceShape, random_plan
from tests.problem.edits import Edit, applied, workload_copied, workload_removed


@pytest.fixture
def program() -> LinearProgram:
    return random_plan(InstanceShape(pools=4, periods=4, streams=3, pools_per_stream=3))


def test_no_pivot_from_its_own_basis(program: LinearProgram) -> None:
    warm = WarmLinearProgram(program)
    assert warm.basis() is None
    answer = warm.solve(StopSignal())
    basis = warm.basis()
    assert answer.iterations > 0
    assert basis is not None
    again = WarmLinearProgram(program)
    again.start_from(basis)
    repeated = again.solve(StopSignal())
    assert repeated.iterations == 0
    assert again.cold_starts == 0
    assert repeated.objective == pytest.approx(answer.objective, rel=1e-12)
    assert np.allclose(repeated.row_duals, answer.row_duals, rtol=1e-9, atol=1e-9)


def test_a_basis_of_another_shape(program: LinearProgram) -> None:
    with pytest.raises(ValueError, match="expected"):
        WarmLinearProgram(program).start_from(Basis(np.ones(1, dtype=np.int8), np.ones(1, dtype=np.int8)))


@pytest.mark.parametrize("status", [1, 2, 3, 4, 5])
def test_a_basis_that_is_none(program: LinearProgram, status: int) -> None:
    """Whatever it says, the answer is right."""
    warm = WarmLinearProgram(program)
    warm.start_from(Basis(np.full(program.columns, status, np.int8), np.full(program.rows, status, np.int8)))
    answer = warm.solve(StopSignal())
    assert answer.status is LinearStatus.OPTIMAL
    assert answer.objective == pytest.approx(WarmLinearProgram(program).solve(StopSignal()).objective, rel=1e-9)


@pytest.mark.parametrize("solved_before", [True, False])
@pytest.mark.parametrize("edit", [workload_copied, workload_removed])
@pytest.mark.parametrize("seed", [2, 4, 6])
def test_columns_and_rows_come_and_go(seed: int, edit: Edit, solved_before: bool) -> None:
    """Before the first solve as after it, and a basis can be taken with what is left of columns that are gone."""
    scenario = random_scenario(seed)
    model = model_after(scenario, None)
    warm = WarmLinearProgram(model.program)
    warm.solve(StopSignal())
    basis = warm.basis()
    assert basis is not None
    begun = WarmLinearProgram(model.program)
    begun.start_from(basis)
    if solved_before:
        assert begun.solve(StopSignal()).iterations == 0
    tries = (applied(edit, scenario, random.Random(number)) for number in range(20))
    later = next(m for s in tries if (m := model_after(s, model)).program.columns != model.program.columns)
    alignment = align(model, later)
    begun.become(later.program, alignment.columns, alignment.rows)
    answer = begun.solve(StopSignal())
    cold = WarmLinearProgram(later.program).solve(StopSignal())
    assert answer.objective == pytest.approx(cold.objective, rel=1e-9)
    assert begun.cold_starts == 0
    carried = begun.basis()
    assert carried is not None
    fresh = WarmLinearProgram(later.program)
    fresh.start_from(carried)
    assert fresh.solve(StopSignal()).objective == pytest.approx(cold.objective, rel=1e-9)
