"""A bound from earlier prices is never above the optimum, whatever was edited."""

from __future__ import annotations

import random

import numpy as np
import pytest

from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearStatus, WarmLinearProgram
from router.session.bound import RowPrices, bound_at
from router.session.models import model_after
from tests.audit.random_scenarios import random_scenario
from tests.problem.edits import edited


@pytest.mark.parametrize("seed", range(20))
def test_never_above_the_relaxation(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(seed)
    model = model_after(scenario, None)
    prices = RowPrices(model, WarmLinearProgram(model.program).solve(StopSignal()).row_duals)
    for _ in range(12):
        scenario = edited(scenario, rng)
        model = model_after(scenario, model)
        optimum = WarmLinearProgram(model.program).solve(StopSignal())
        assert optimum.status is LinearStatus.OPTIMAL
        assert bound_at(prices, model) <= optimum.objective + 1e-6 * (1 + abs(optimum.objective))


def test_the_relaxation_own_prices_prove_its_optimum() -> None:
    model = model_after(random_scenario(1), None)
    optimum = WarmLinearProgram(model.program).solve(StopSignal())
    assert bound_at(RowPrices(model, optimum.row_duals), model) == pytest.approx(optimum.objective, rel=1e-6)


def test_without_prices_nothing_is_proven() -> None:
    assert bound_at(None, model_after(random_scenario(1), None)) == -np.inf
