"""Bounds that any plan cheaper than the best one must keep, read off the relaxation's reduced costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from router.engine.check import INTEGRALITY
from router.engine.warm_linear_program import LinearAnswer
from router.model.linear_program import LinearProgram


def tightened(program: LinearProgram, relaxation: LinearAnswer, cutoff: float) -> LinearProgram:
    """The program with integer columns' bounds drawn in: moving a column by d from its bound costs at
    least d * |reduced cost| above the relaxation, so no plan under ``cutoff`` moves it further.

    ``relaxation`` must be the optimal answer of the program's own relaxation.
    """
    room = cutoff - relaxation.objective
    if not np.isfinite(room):
        return program
    cost = relaxation.reduced_costs
    lower, upper = program.lower.copy(), program.upper.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.floor(np.maximum(room, 0.0) / np.abs(cost) * (1.0 + 1e-9) + INTEGRALITY)
    dear = program.is_integer & (np.abs(cost) > 1e-9)
    rises = dear & (cost > 0) & np.isfinite(lower)
    falls = dear & (cost < 0) & np.isfinite(upper)
    upper[rises] = np.minimum(upper[rises], lower[rises] + steps[rises])
    lower[falls] = np.maximum(lower[falls], upper[falls] - steps[falls])
    return replace(program, lower=lower, upper=upper)
