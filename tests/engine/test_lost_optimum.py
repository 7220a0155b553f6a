"""Plans that HiGHS, as it comes with OR-Tools 9.15, loses when it simplifies a program first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from router.engine import solve as engine
from router.engine.settings import EngineSettings, IntegerBackend
from router.engine.solve import denies, solve
from router.engine.solver_process import IntegerAnswer, IntegerRequest
from router.engine.stop_signal import StopSignal
from router.model.linear_program import LinearProgram

OPTIMUM = 5088.6930852561
"""By SCIP, and by HiGHS 1.16 with and without presolve."""


@pytest.fixture
def program() -> LinearProgram:
    with np.load(Path(__file__).parent / "lost_optimum.npz") as arrays:
        return LinearProgram(**arrays)


@pytest.mark.parametrize("dive", [True, False])
def test_the_optimum_is_found(program: LinearProgram, dive: bool) -> None:
    solution = solve(program, EngineSettings(relative_gap=1e-6, dive=dive))
    assert solution.objective == pytest.approx(OPTIMUM, rel=2e-6)
    assert solution.lower_bound <= OPTIMUM * (1 + 1e-9)


def test_a_bound_above_a_plan_at_hand_is_not_believed(program: LinearProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that goes on lying leaves the relaxation's bound."""

    def lie(_request: IntegerRequest, _stop: StopSignal) -> IntegerAnswer:
        return IntegerAnswer(lower_bound=9058.6)

    monkeypatch.setattr(engine, "solve_integer_program", lie)
    solution = solve(program, EngineSettings(relative_gap=1e-6))
    assert solution.lower_bound < OPTIMUM
    assert solution.gap > 1e-6
    assert "denies" in solution.message


def test_denying() -> None:
    assert denies(IntegerAnswer(infeasible=True), 10.0)
    assert denies(IntegerAnswer(lower_bound=10.1), 10.0)
    assert not denies(IntegerAnswer(lower_bound=10.0), 10.0)
    assert not denies(IntegerAnswer(lower_bound=-np.inf), 10.0)


def test_another_solver_agrees(program: LinearProgram) -> None:
    solution = solve(program, EngineSettings(relative_gap=1e-6, integer_backend=IntegerBackend.SCIP))
    assert solution.objective == pytest.approx(OPTIMUM, rel=2e-6)
