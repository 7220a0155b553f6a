"""Switches that cost nothing become whole where their rows allow it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.engine.free_rounding import FreeRounding
from router.model.linear_program import ColumnKind, LinearProgram


def carrying(spend: float, objective_of_switch: float = 0.0) -> LinearProgram:
    """``carry <= 10 * carries`` and ``shortfall <= 4 * (1 - carries)``: columns carry, shortfall, carries."""
    return LinearProgram(
        objective=np.array([-1.0, 1.0, objective_of_switch]),
        lower=np.zeros(3),
        upper=np.array([spend, np.inf, 1.0]),
        kind=np.array([ColumnKind.CONTINUOUS, ColumnKind.CONTINUOUS, ColumnKind.SWITCH], dtype=np.int8),
        row_lower=np.array([-np.inf, -np.inf]),
        row_upper=np.array([0.0, 4.0]),
        row_starts=np.array([0, 2, 4], dtype=np.int32),
        column_indices=np.array([0, 2, 1, 2], dtype=np.int32),
        values=np.array([1.0, -10.0, 1.0, 4.0]),
    )


@pytest.mark.parametrize(
    ("carry", "shortfall", "switch", "expected"),
    [
        (3.0, 0.0, 0.3, 1.0),  # carries, no shortfall: up
        (0.0, 2.0, 0.5, 0.0),  # a shortfall, nothing carried: down
        (0.0, 0.0, 0.5, 1.0),  # either would do: up is tried first
        (3.0, 2.0, 0.4, 0.4),  # both at once: it has to be branched on
        (3.0, 0.0, 1.0, 1.0),  # whole already
    ],
)
def test_a_free_switch_goes_where_its_rows_allow(
    carry: float, shortfall: float, switch: float, expected: float
) -> None:
    program = carrying(10.0)
    settled = FreeRounding(program).settled(np.array([carry, shortfall, switch]), program)
    assert settled.tolist() == [carry, shortfall, expected]


def test_a_switch_that_costs_something_is_left_alone() -> None:
    program = carrying(10.0, objective_of_switch=1.0)
    values = np.array([3.0, 0.0, 0.3])
    assert FreeRounding(program).settled(values, program) is values


def test_bounds_of_a_fixed_switch_are_kept() -> None:
    program = carrying(10.0)
    fixed = replace(program, upper=np.array([10.0, np.inf, 0.9]))
    assert FreeRounding(program).settled(np.array([3.0, 0.0, 0.3]), fixed)[2] == 0.3
