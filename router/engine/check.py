"""Is a program sound, and does a plan hold: both decided in numpy, without a solver."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray
from router.model.linear_program import ColumnKind, LinearProgram

WORST_VIOLATION = 1e-6
"""A plan that misses a row or bound by more than this, relative to 1 + |bound|, is not returned."""

INTEGRALITY = 1e-6
"""A value this close to a whole number is taken as whole."""


def fault_of(program: LinearProgram) -> str:
    """What is wrong with the arrays, in one line with the first position; empty when nothing is."""
    n, m = program.columns, program.rows
    for name, size in (("lower", n), ("upper", n), ("kind", n), ("row_upper", m), ("row_starts", m + 1)):
        found = len(getattr(program, name))
        if found != size:
            return f"{name}: expected {size} entries, found {found}"
    if len(program.column_indices) != len(program.values):
        return (
            f"column_indices: expected {len(program.values)} entries as in values, found {len(program.column_indices)}"
        )
    starts = program.row_starts
    if starts[0] != 0 or starts[-1] != len(program.values) or np.any(np.diff(starts) < 0):
        return f"row_starts: expected a rise from 0 to {len(program.values)}"
    indices = program.column_indices
    if len(indices) and not (indices.min() >= 0 and indices.max() < n):
        return f"column_indices: expected columns 0 to {n - 1}, found {indices.min()} to {indices.max()}"
    for name in ("objective", "values"):
        if found_at := _first(~np.isfinite(getattr(program, name))):
            return f"{name}[{found_at[0]}]: expected a finite number, found {getattr(program, name)[found_at[0]]}"
    if not np.isfinite(program.objective_offset):
        return f"objective_offset: expected a finite number, found {program.objective_offset}"
    for low_name, high_name in (("lower", "upper"), ("row_lower", "row_upper")):
        low, high = getattr(program, low_name), getattr(program, high_name)
        for name, array, worst in ((low_name, low, np.inf), (high_name, high, -np.inf)):
            if found_at := _first(np.isnan(array) | (array == worst)):
                return f"{name}[{found_at[0]}]: expected a number or {-worst}, found {array[found_at[0]]}"
    if found_at := _first((program.kind < 0) | (program.kind > max(ColumnKind))):
        return f"kind[{found_at[0]}]: expected 0 to {int(max(ColumnKind))}, found {program.kind[found_at[0]]}"
    return ""


def contradiction_of(program: LinearProgram) -> str:
    """A column or row whose lower bound is above its upper bound, in one line; empty when there is none."""
    for what, low, high in (
        ("column", program.lower, program.upper),
        ("row", program.row_lower, program.row_upper),
    ):
        if found_at := _first(low > high):
            at = found_at[0]
            return f"{what} {at}: its lower bound {low[at]} is above its upper bound {high[at]}"
    return ""


def row_activity(program: LinearProgram, values: FloatArray) -> FloatArray:
    """``A @ values``, shape (m,)."""
    row_of_entry = program.row_of_entry
    products = program.values * values[program.column_indices]
    return np.bincount(row_of_entry, weights=products, minlength=program.rows).astype(np.float64)


def largest_violation(program: LinearProgram, values: FloatArray) -> float:
    """The most by which a bound, a row or wholeness is missed, over 1 + |bound|; infinite for NaN."""
    if not np.isfinite(values).all():
        return float("inf")
    activity = row_activity(program, values)
    whole = values[program.is_integer]
    return max(
        0.0,
        _excess(program.lower, values),
        _excess(values, program.upper, bound=program.upper),
        _excess(program.row_lower, activity),
        _excess(activity, program.row_upper, bound=program.row_upper),
        float(np.abs(whole - np.round(whole)).max(initial=0.0)),
    )


def _excess(low: FloatArray, high: FloatArray, bound: FloatArray | None = None) -> float:
    bound = low if bound is None else bound
    finite = np.isfinite(bound)
    return float(((low[finite] - high[finite]) / (1.0 + np.abs(bound[finite]))).max(initial=0.0))


def _first(wrong: NDArray[Any]) -> tuple[int, ...]:
    places = np.flatnonzero(wrong)
    return (int(places[0]),) if len(places) else ()
