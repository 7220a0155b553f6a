"""Tiny programs written by hand or at random, and their best value by trying everything."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from router.model.linear_program import ColumnKind, LinearProgram


def program_of(
    matrix: ArrayLike,
    row_lower: ArrayLike,
    row_upper: ArrayLike,
    objective: ArrayLike,
    upper: ArrayLike,
    kind: ArrayLike,
    offset: float = 0.0,
) -> LinearProgram:
    """A program from a dense matrix; columns start at 0."""
    dense = np.asarray(matrix, dtype=np.float64)
    rows, columns = np.nonzero(dense)
    starts = np.zeros(len(dense) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(dense)), out=starts[1:])
    price = np.asarray(objective, dtype=np.float64)
    return LinearProgram(
        objective=price,
        lower=np.zeros(len(price)),
        upper=np.asarray(upper, dtype=np.float64),
        kind=np.asarray(kind, dtype=np.int8),
        row_lower=np.asarray(row_lower, dtype=np.float64),
        row_upper=np.asarray(row_upper, dtype=np.float64),
        row_starts=starts,
        column_indices=columns.astype(np.int32),
        values=dense[rows, columns],
        objective_offset=offset,
    )


def best_by_trial(program: LinearProgram) -> float:
    """The optimum: every whole choice tried, the rest by scipy's linprog; infinite when none is possible."""
    dense = np.zeros((program.rows, program.columns))
    rows = np.repeat(np.arange(program.rows), np.diff(program.row_starts))
    dense[rows, program.column_indices] = program.values
    above, below = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
    matrix = np.vstack([dense[below], -dense[above]])
    limit = np.concatenate([program.row_upper[below], -program.row_lower[above]])
    whole = np.flatnonzero(program.is_integer)
    ranges = [np.arange(program.lower[j], program.upper[j] + 1) for j in whole]
    best = np.inf
    for choice in product(*ranges):
        low, high = program.lower.copy(), program.upper.copy()
        low[whole] = high[whole] = choice
        found = linprog(program.objective, matrix, limit, bounds=np.stack([low, high], axis=1), method="highs")
        if found.status == 0:
            best = min(best, float(found.fun) + program.objective_offset)
    return best


def random_program(seed: int) -> LinearProgram:
    """Up to seven columns of all kinds and four rows, feasible or not."""
    rng = np.random.default_rng(seed)
    columns, rows = int(rng.integers(2, 8)), int(rng.integers(1, 5))
    kind = rng.integers(0, 4, columns)
    whole = np.flatnonzero(kind != ColumnKind.CONTINUOUS)
    kind[whole[5:]] = ColumnKind.CONTINUOUS
    upper = np.where(np.isin(kind, (ColumnKind.RUN, ColumnKind.SWITCH)), 1.0, rng.integers(1, 5, columns))
    matrix = rng.integers(-3, 6, (rows, columns)) * (rng.random((rows, columns)) < 0.7)
    reach = matrix @ (upper * rng.random(columns))
    row_lower = np.where(rng.random(rows) < 0.7, np.round(reach - rng.random(rows), 2), -np.inf)
    row_upper = np.where(rng.random(rows) < 0.5, np.round(reach + 1.0 + rng.random(rows), 2), np.inf)
    objective = np.round(rng.uniform(-2.0, 6.0, columns), 2)
    return program_of(matrix, row_lower, row_upper, objective, upper, kind, offset=float(rng.integers(0, 5)))
