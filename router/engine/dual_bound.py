"""A proven lower bound from any prices of the rows, however rough: no solver has to be trusted for it."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray
from router.engine.check import row_activity
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


def most_of_columns(program: LinearProgram) -> FloatArray:
    """Upper bounds (n,) that some cheapest plan keeps, for columns that have none of their own.

    Either the rows allow no more, or (for columns that only cost) no row needs more. inf where neither holds.
    """
    row = np.repeat(np.arange(program.rows), np.diff(program.row_starts))
    column, value = program.column_indices, program.values
    row_lower, row_upper = program.row_lower[row], program.row_upper[row]
    upper = program.upper.copy()
    for _ in range(_ROUNDS):
        without = ~np.isfinite(upper)
        if not without.any():
            break
        highest = _others(row, np.where(value > 0, _times(value, upper[column]), value * program.lower[column]), program)
        lowest = _others(row, np.where(value > 0, value * program.lower[column], _times(value, upper[column])), program)
        with np.errstate(invalid="ignore"):
            allowed = np.where(value > 0, (row_upper - lowest) / value, (highest - row_lower) / -value)
            needed = np.where(value > 0, (row_lower - lowest) / value, (highest - row_upper) / -value)
        most = np.full(program.columns, np.inf)
        np.minimum.at(most, column, np.where(np.isnan(allowed), np.inf, allowed))
        need = np.array(program.lower)
        np.maximum.at(need, column, np.where(np.isnan(needed), np.inf, needed))
        need[program.objective < 0] = np.inf
        upper = np.where(without, np.minimum(most, need), upper)
    return np.asarray(upper)


def _times(value: FloatArray, bound: FloatArray) -> FloatArray:
    return np.asarray(value * bound)


def _others(row: FloatArray, terms: FloatArray, program: LinearProgram) -> FloatArray:
    """For each entry the sum of the other terms in its row; an infinite one of them makes it infinite."""
    endless = ~np.isfinite(terms)
    finite = np.where(endless, 0.0, terms)
    sums = np.bincount(row, weights=finite, minlength=program.rows)[row] - finite
    sign = np.bincount(row, weights=np.where(endless, np.sign(terms), 0.0), minlength=program.rows)[row]
    sign = sign - np.where(endless, np.sign(terms), 0.0)
    return np.asarray(np.where(sign == 0, sums, np.copysign(np.inf, sign)))
