"""Better plans near the best one."""

from __future__ import annotations

import numpy as np

from router.engine.dive import floor_plan
from router.engine.neighbourhoods import best_within, neighbourhoods
from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.blocks import Blocks
from router.model.linear_program import ColumnKind, LinearProgram


def cover(periods: int) -> LinearProgram:
    """In each period, machines of 3 units for 4 USD and of 2 units for 3 USD must cover 4 units."""
    columns = 2 * periods
    return LinearProgram(
        objective=np.tile([4.0, 3.0], periods),
        lower=np.zeros(columns),
        upper=np.full(columns, 5.0),
        kind=np.full(columns, ColumnKind.WHOLE, dtype=np.int8),
        row_lower=np.full(periods, 4.0),
        row_upper=np.full(periods, np.inf),
        row_starts=np.arange(0, columns + 1, 2, dtype=np.int32),
        column_indices=np.arange(columns, dtype=np.int32),
        values=np.tile([3.0, 2.0], periods),
    )


def days(periods: int) -> Blocks:
    """The periods of `cover`."""
    return Blocks(row_period=np.arange(periods), column_period=np.repeat(np.arange(periods), 2))


def test_every_period_gets_its_turn_alone_and_with_its_neighbours() -> None:
    program = cover(3)
    found = [np.flatnonzero(free).tolist() for free in neighbourhoods(program, days(3))]
    assert found == [[0, 1], [2, 3], [4, 5], [0, 1, 2, 3], [4, 5], [0, 1, 2, 3, 4, 5]]


def test_columns_of_several_periods_join_where_periods_are_looked_at_together() -> None:
    blocks = Blocks(row_period=np.arange(2), column_period=np.array([-1, 0, 1, 1]))
    found = [np.flatnonzero(free).tolist() for free in neighbourhoods(cover(2), blocks)]
    assert found == [[1], [2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]


def test_only_what_is_free_moves_and_it_moves_to_the_best() -> None:
    program = cover(2)
    poor = np.array([2.0, 0.0, 2.0, 0.0])  # 8 USD a period, where two small machines cost 6
    free = np.array([True, True, False, False])
    values = best_within(program, poor, free, EngineSettings(), StopSignal(60.0, None))
    assert values is not None
    assert np.round(values).tolist() == [0.0, 2.0, 2.0, 0.0]


def test_the_floor_plan_rents_nothing_and_leaves_the_rest_unserved() -> None:
    # Two machines of 3 units cover 4; what they do not is unserved at 100 USD a unit.
    program = LinearProgram(
        objective=np.array([4.0, 100.0]),
        lower=np.zeros(2),
        upper=np.array([5.0, 4.0]),
        kind=np.array([ColumnKind.WHOLE, ColumnKind.CONTINUOUS], dtype=np.int8),
        row_lower=np.array([4.0]),
        row_upper=np.array([np.inf]),
        row_starts=np.array([0, 2], dtype=np.int32),
        column_indices=np.array([0, 1], dtype=np.int32),
        values=np.array([3.0, 1.0]),
    )
    warm = WarmLinearProgram(program)
    plan = floor_plan(warm, program, EngineSettings(), StopSignal(60.0, None))
    assert plan is not None
    assert plan.values.tolist() == [0.0, 4.0]
    assert plan.objective == 400.0
    assert warm.solve(StopSignal(60.0, None)).objective < 10
