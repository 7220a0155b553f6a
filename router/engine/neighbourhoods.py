"""Better plans near the best one: the whole instances of a few periods chosen anew, the rest held.

Whole instances of one period meet those of another only through contracts, reservations and runs, so that a period
by itself is a small mixed-integer program, which is solved in a fraction of the time that all of them take together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.engine.settings import EngineSettings
from router.engine.solver_process import IntegerRequest, solve_integer_program
from router.engine.stop_signal import StopSignal
from router.model.blocks import Blocks
from router.model.linear_program import ColumnKind, LinearProgram

PERIODS_AT_ONCE = (1, 2, 3)
"""Periods chosen anew together, round by round."""

SECONDS_EACH = 4.0
NODES_EACH = 2_000
"""One neighbourhood may take this long: others wait for their turn. The nodes end it first on all but slow machines."""


def neighbourhoods(program: LinearProgram, blocks: Blocks) -> Iterator[BoolArray]:
    """Integer columns to choose anew together, shape (n,)."""
    period = blocks.column_period
    whole = program.kind == ColumnKind.WHOLE
    switches = program.kind == ColumnKind.SWITCH
    spanning = program.is_integer & (period < 0)
    periods = np.unique(period[whole & (period >= 0)])
    for together in PERIODS_AT_ONCE:
        for start in range(0, len(periods), together):
            chosen = np.isin(period, periods[start : start + together])
            # Reservations and runs join where they may meet more than one period.
            yield (whole & chosen) | (spanning if together > 1 else switches)


def best_within(
    program: LinearProgram, plan: FloatArray, free: BoolArray, settings: EngineSettings, stop: StopSignal
) -> FloatArray | None:
    """The best values found with only the ``free`` integer columns (n,) away from the plan's values (n,)."""
    held = np.flatnonzero(program.is_integer & ~free)
    lower, upper = program.lower.copy(), program.upper.copy()
    lower[held] = upper[held] = np.clip(np.round(plan[held]), program.lower[held], program.upper[held])
    answer = solve_integer_program(
        IntegerRequest(
            replace(program, lower=lower, upper=upper),
            settings.integer_backend,
            0.5 * settings.relative_gap,
            min(SECONDS_EACH, stop.remaining_seconds),
            settings.threads,
            node_limit=NODES_EACH,
            hint=plan,
        ),
        stop,
    )
    return answer.values
