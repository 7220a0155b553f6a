"""Changes of single coefficients in a program's row-by-row matrix."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from router.model.linear_program import LinearProgram


def with_coefficients(program: LinearProgram, rows: ArrayLike, columns: ArrayLike, values: ArrayLike) -> LinearProgram:
    """The program with new coefficients at distinct (row, column) pairs; pairs not yet there are added."""
    new_key = np.asarray(rows, dtype=np.int64) * program.columns + np.asarray(columns, dtype=np.int64)
    new_value = np.asarray(values, dtype=np.float64)
    row_of_entry = program.row_of_entry
    key = row_of_entry * program.columns + program.column_indices
    order = np.argsort(key, kind="stable")
    place = np.searchsorted(key, new_key, sorter=order)
    entry = order[np.minimum(place, len(order) - 1)] if len(order) else np.zeros(len(new_key), dtype=np.int64)
    there = key[entry] == new_key if len(order) else np.zeros(len(new_key), dtype=np.bool_)
    all_values = program.values.copy()
    all_values[entry[there]] = new_value[there]
    if there.all():
        return replace(program, values=all_values)
    key = np.concatenate([key, new_key[~there]])
    all_values = np.concatenate([all_values, new_value[~there]])
    order = np.argsort(key, kind="stable")
    starts = np.zeros(program.rows + 1, dtype=np.int32)
    np.cumsum(np.bincount(key // program.columns, minlength=program.rows), out=starts[1:])
    return replace(
        program,
        row_starts=starts,
        column_indices=(key[order] % program.columns).astype(np.int32),
        values=all_values[order],
    )
