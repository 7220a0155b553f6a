"""Tiers follow the spend of an answer, not the relaxation's fractions."""

from __future__ import annotations

import numpy as np
import pytest

from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.tiers import tiers_reached
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.linear_program import ColumnKind, LinearProgram
from tests.engine.small import program_of


def graduated(spend: float) -> LinearProgram:
    """Spend in two bands, the second (1 % cheaper) open once the 10 of the first are full: b0, b1, y."""
    return program_of(
        [[1.0, 1.0, 0.0], [0.0, 1.0, -100.0], [1.0, 0.0, -10.0]],
        [spend, -np.inf, 0.0],
        [spend, 0.0, np.inf],
        [1.0, 0.99, 0.0],
        [10.0, 100.0, 1.0],
        [ColumnKind.CONTINUOUS, ColumnKind.CONTINUOUS, ColumnKind.SWITCH],
    )


@pytest.mark.parametrize(("spend", "reached"), [(8.0, 0.0), (12.0, 1.0)])
def test_the_tier_is_the_one_that_the_spend_reaches(spend: float, reached: float) -> None:
    program = graduated(spend)
    relaxed = WarmLinearProgram(program).solve(StopSignal())
    assert 0.01 < relaxed.values[2] < 0.99
    assert tiers_reached(program, relaxed.values, EngineSettings(), StopSignal()) == pytest.approx([reached])


def test_none_where_no_tier_fits() -> None:
    program = graduated(200.0)
    assert tiers_reached(program, np.array([10.0, 190.0, 1.0]), EngineSettings(), StopSignal()) is None
