"""A proven lower bound from any prices of the rows, however rough: no solver has to be trusted for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray
from router.model.linear_program import LinearProgram

_ROUNDS = 3
"""Bounds follow from each other: rent bounds use, use bounds spend, spend bounds the shortfall's need."""


def reduced_costs(program: LinearProgram, row_prices: FloatArray) -> FloatArray:
    """``objective - row_prices @ A``, shape (n,)."""
    weights = program.values * np.repeat(row_prices, np.diff(program.row_starts))
    used = np.bincount(program.column_indices, weights=weights, minlength=program.columns)
    return np.asarray(program.objective - used)


def dual_bound(program: LinearProgram, row_prices: FloatArray, upper: FloatArray) -> float:
    """No plan costs less: every row's price times its bound, and every column at its cheapest between its bounds.

    row_prices (m,); upper (n,) from ``most_of_columns``. -inf where a column without a limit would pay.
    """
    prices = np.where(np.isfinite(program.row_lower), row_prices, np.minimum(row_prices, 0.0))
    prices = np.where(np.isfinite(program.row_upper), prices, np.maximum(prices, 0.0))
    cost = reduced_costs(program, prices)
    limit = np.where(prices > 0, program.row_lower, program.row_upper)
    rows = float(np.sum(prices[prices != 0] * limit[prices != 0]))
    at = np.where(cost > 0, program.lower, upper)
    columns = float(np.sum(cost[cost != 0] * at[cost != 0]))
    return rows + columns + program.objective_offset


_TOLERANCE = 1e-7
"""Reduced costs this far below zero count as zero where a column has no limit, as they do for a simplex method."""


def quick_dual_bound(program: LinearProgram, row_prices: FloatArray) -> float:
    """``dual_bound`` for the duals of a relaxation (m,), by the simplex method's own tolerance.

    Limits of columns that have none are worked out only where prices fell since: it takes longer than all the rest.
    """
    endless = ~np.isfinite(program.upper)
    if (reduced_costs(program, row_prices)[endless] < -_TOLERANCE).any():
        return dual_bound(program, row_prices, most_of_columns(program))
    return dual_bound(program, row_prices, np.where(endless, np.maximum(program.lower, 0.0), program.upper))


def most_of_columns(program: LinearProgram) -> FloatArray:
    """Upper bounds (n,) that some cheapest plan keeps, for columns that have none of their own.

    Either the rows allow no more, or (for columns that only cost) no row needs more. inf where neither holds.
    """
    row = program.row_of_entry
    column, value = program.column_indices, program.values
    row_lower, row_upper = program.row_lower[row], program.row_upper[row]
    upper = program.upper.copy()
    for _ in range(_ROUNDS):
        without = ~np.isfinite(upper)
        if not without.any():
            break
        with np.errstate(invalid="ignore", divide="ignore"):
            at_lower, at_upper = value * program.lower[column], value * upper[column]
            highest = _others(row, np.where(value > 0, at_upper, at_lower), program.rows)
            lowest = _others(row, np.where(value > 0, at_lower, at_upper), program.rows)
            allowed = np.where(value > 0, (row_upper - lowest) / value, (highest - row_lower) / -value)
            needed = np.where(value > 0, (row_lower - lowest) / value, (highest - row_upper) / -value)
        most = np.full(program.columns, np.inf)
        np.minimum.at(most, column, np.where(np.isnan(allowed), np.inf, allowed))
        asks = np.where(value > 0, np.isfinite(row_lower), np.isfinite(row_upper)) & (value != 0)
        need = np.array(program.lower)
        np.maximum.at(need, column[asks], np.where(np.isnan(needed), np.inf, needed)[asks])
        need[program.objective < 0] = np.inf
        upper = np.where(without, np.minimum(most, need), upper)
    return np.asarray(upper)


def _others(row: NDArray[np.int64], terms: FloatArray, rows: int) -> FloatArray:
    """For each entry the sum of the other terms in its row; an infinite one of them makes it infinite."""
    endless = ~np.isfinite(terms)
    finite, sign = np.where(endless, 0.0, terms), np.where(endless, np.sign(terms), 0.0)
    others = np.bincount(row, weights=finite, minlength=rows)[row] - finite
    signs = np.bincount(row, weights=sign, minlength=rows)[row] - sign
    return np.asarray(np.where(signs == 0, others, np.where(signs > 0, np.inf, np.where(signs < 0, -np.inf, np.nan))))
