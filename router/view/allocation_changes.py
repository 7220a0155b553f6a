"""Which cells of allocations moved from one plan to the next."""

from __future__ import annotations

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.difference.tolerance import QUANTITY
from router.view.allocations import Allocations


def changed(before: Allocations, after: Allocations) -> BoolArray:
    """Cells of ``after`` that differ from ``before`` by more than the solver's rounding, shape (R, T) of ``after``.

    Rows are matched by key and periods by label; a row that was not there differs where it has something now. Rounding
    is relative to the larger of the two in the row's whole group. Cells of periods that were not there have not moved.
    Raises ValueError where the two have different pivots.
    """
    if before.pivot != after.pivot:
        raise ValueError(f"changed cells: found {before.pivot.words!r} before, expected {after.pivot.words!r}")
    rows = {row.key: at for at, row in enumerate(before.rows)}
    columns = {label: at for at, label in enumerate(before.columns)}
    row_of = np.array([rows.get(row.key, -1) for row in after.rows], dtype=np.int64)
    column_of = np.array([columns.get(label, -1) for label in after.columns], dtype=np.int64)
    group_of = np.maximum.accumulate([at if row.depth == 0 else 0 for at, row in enumerate(after.rows)])
    moved = np.zeros(after.share.shape, dtype=bool)
    for new, old in ((after.units, before.units), (after.instances, before.instances)):
        now, then = np.nan_to_num(new), _aligned(old, row_of, column_of)
        size = np.maximum(now, then)
        np.maximum.at(size, group_of, size.copy())
        moved |= np.abs(now - then) > QUANTITY * size[group_of]
    # What is on spot now may be as much as was firm before.
    switched = np.abs(after.spot_share - _aligned(before.spot_share, row_of, column_of)) > QUANTITY
    moved |= switched & (row_of >= 0)[:, None] & (after.instances > 0)
    return moved & (column_of >= 0)


def _aligned(values: FloatArray, rows: Ids, columns: Ids) -> FloatArray:
    """Values (R', T') of the rows and columns given, 0 where there is none (-1) or no number."""
    padded = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    padded[:-1, :-1] = np.nan_to_num(values)
    return padded[rows[:, None], columns[None, :]]
