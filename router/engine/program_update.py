"""What turns one linear program inside a solver into another one: bounds, prices, coefficients, rows and columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_update_pb2

from router.arrays import BoolArray, FloatArray, Ids, equal_arrays
from router.engine.mathopt_arrays import fill_columns, fill_matrix_update, fill_rows, fill_sparse_vector
from router.model.linear_program import LinearProgram


@dataclass(frozen=True)
class Numbering:
    """Numbers by which a solver knows the columns (n,) and rows (m,) of a program, in the program's order.

    A number is never used again after its column or row is gone, so that a program keeps the numbers of what stays.
    """

    columns: Ids
    rows: Ids
    next_column: int
    next_row: int

    @staticmethod
    def of(program: LinearProgram) -> Numbering:
        """That of a program handed over for the first time: positions."""
        columns, rows = np.arange(program.columns), np.arange(program.rows)
        return Numbering(columns, rows, program.columns, program.rows)

    @cached_property
    def column_places(self) -> Ids:
        """Where each column's number stands among all in rising order, (n,)."""
        return np.searchsorted(np.sort(self.columns), self.columns)

    @cached_property
    def row_places(self) -> Ids:
        """Where each row's number stands among all in rising order, (m,)."""
        return np.searchsorted(np.sort(self.rows), self.rows)

    def after(self, column_origin: Ids, row_origin: Ids) -> Numbering:
        """The numbering of a program whose columns and rows stood at these positions before, -1 for new ones."""
        columns, next_column = _carried(self.columns, column_origin, self.next_column)
        rows, next_row = _carried(self.rows, row_origin, self.next_row)
        return Numbering(columns, rows, next_column, next_row)


def _carried(numbers: Ids, origin: Ids, following: int) -> tuple[Ids, int]:
    new = origin < 0
    count = int(new.sum())
    result = np.empty(len(origin), dtype=np.int64)
    result[~new] = numbers[origin[~new]]
    result[new] = np.arange(following, following + count)
    return result, following + count


def update_message(
    before: LinearProgram, after: LinearProgram, numbers_before: Numbering, numbers: Numbering
) -> model_update_pb2.ModelUpdateProto:
    """The edits that make ``before`` into ``after``. Which columns and rows are the same is told by their numbers."""
    update = model_update_pb2.ModelUpdateProto()
    if numbers is numbers_before:
        _same_shape(update, before, after, numbers)
    else:
        _another_shape(update, before, after, numbers_before, numbers)
    return update


def _same_shape(
    update: model_update_pb2.ModelUpdateProto, before: LinearProgram, after: LinearProgram, numbers: Numbering
) -> None:
    columns = np.flatnonzero(_differ(before.lower, after.lower) | _differ(before.upper, after.upper))
    _column_bounds(update, after, numbers, columns)
    rows = np.flatnonzero(_differ(before.row_lower, after.row_lower) | _differ(before.row_upper, after.row_upper))
    _row_bounds(update, after, numbers, rows)
    _prices(update, after, numbers, np.flatnonzero(_differ(before.objective, after.objective)))
    same_pattern = equal_arrays(before.row_starts, after.row_starts) and equal_arrays(
        before.column_indices, after.column_indices
    )
    if same_pattern:
        entries = np.flatnonzero(_differ(before.values, after.values))
        if len(entries):
            row = numbers.rows[np.searchsorted(after.row_starts, entries, side="right") - 1]
            _coefficients(update, row, numbers.columns[after.column_indices[entries]], after.values[entries])
    else:
        _other_entries(update, before, after, numbers, numbers)


def _another_shape(
    update: model_update_pb2.ModelUpdateProto,
    before: LinearProgram,
    after: LinearProgram,
    numbers_before: Numbering,
    numbers: Numbering,
) -> None:
    old_column = positions_of(numbers.columns, numbers_before.columns)
    old_row = positions_of(numbers.rows, numbers_before.rows)
    update.deleted_variable_ids.extend(np.setdiff1d(numbers_before.columns, numbers.columns).tolist())
    update.deleted_linear_constraint_ids.extend(np.setdiff1d(numbers_before.rows, numbers.rows).tolist())
    kept = np.flatnonzero(old_column >= 0)
    old = old_column[kept]
    moved = (before.lower[old] != after.lower[kept]) | (before.upper[old] != after.upper[kept])
    _column_bounds(update, after, numbers, kept[moved])
    kept_rows = np.flatnonzero(old_row >= 0)
    old_rows = old_row[kept_rows]
    moved = (before.row_lower[old_rows] != after.row_lower[kept_rows]) | (
        before.row_upper[old_rows] != after.row_upper[kept_rows]
    )
    _row_bounds(update, after, numbers, kept_rows[moved])
    price_before = np.zeros(after.columns)
    price_before[kept] = before.objective[old]
    _prices(update, after, numbers, np.flatnonzero(price_before != after.objective))
    new = np.flatnonzero(old_column < 0)
    new = new[np.argsort(numbers.columns[new])]
    fill_columns(update.new_variables, numbers.columns[new], after.lower[new], after.upper[new])
    new = np.flatnonzero(old_row < 0)
    new = new[np.argsort(numbers.rows[new])]
    fill_rows(update.new_linear_constraints, numbers.rows[new], after.row_lower[new], after.row_upper[new])
    _other_entries(update, before, after, numbers_before, numbers)


def positions_of(wanted: Ids, numbers: Ids) -> Ids:
    """Position in ``numbers`` of each wanted one, -1 where it is not there. Numbers are distinct."""
    if not len(numbers):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    place = np.minimum(np.searchsorted(numbers, wanted, sorter=order), len(numbers) - 1)
    found = order[place]
    return np.where(numbers[found] == wanted, found, -1)


def _other_entries(
    update: model_update_pb2.ModelUpdateProto,
    before: LinearProgram,
    after: LinearProgram,
    numbers_before: Numbering,
    numbers: Numbering,
) -> None:
    """Coefficients that came, went or changed, for programs whose matrices have different patterns."""
    key_before = _entry_keys(before, numbers_before, numbers)
    key = _entry_keys(after, numbers, numbers)
    order_before, order = np.argsort(key_before, kind="stable"), np.argsort(key, kind="stable")
    sorted_before, sorted_now = key_before[order_before], key[order]
    values_before, values = before.values[order_before], after.values[order]
    here, value_here = _looked_up(sorted_before, values_before, sorted_now)
    changed = ~here | (value_here != values)
    still, _ = _looked_up(sorted_now, values, sorted_before)
    # What lies in a row or column that is gone needs no word: its key is negative.
    gone = sorted_before[~still & (sorted_before >= 0)]
    keys = np.concatenate([sorted_now[changed], gone])
    new_values = np.concatenate([values[changed], np.zeros(len(gone))])
    if len(keys):
        _coefficients(update, keys >> _BITS, keys & (2**_BITS - 1), new_values)


_BITS = 31
"""Columns and rows are numbered below 2**31, so that an entry's place fits a 64-bit number."""


def _entry_keys(program: LinearProgram, own: Numbering, now: Numbering) -> NDArray[np.int64]:
    """A number for each entry's row and column, -1 where one of them is gone now."""
    column, row = own.columns, own.rows
    if own is not now:
        column = np.where(positions_of(own.columns, now.columns) >= 0, own.columns, -1)
        row = np.where(positions_of(own.rows, now.rows) >= 0, own.rows, -1)
    rows, columns = row[program.row_of_entry], column[program.column_indices]
    return np.where((rows >= 0) & (columns >= 0), (rows << _BITS) | columns, -1)


def _looked_up(keys: NDArray[np.int64], values: FloatArray, wanted: NDArray[np.int64]) -> tuple[BoolArray, FloatArray]:
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.bool_), np.zeros(len(wanted))
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.asarray(keys[place] == wanted), values[place]


def _differ(before: NDArray[np.generic], after: NDArray[np.generic]) -> BoolArray:
    return np.zeros(len(after), dtype=np.bool_) if before is after else np.asarray(before != after)


def _column_bounds(
    update: model_update_pb2.ModelUpdateProto, program: LinearProgram, numbers: Numbering, columns: Ids
) -> None:
    if len(columns):
        columns = columns[np.argsort(numbers.columns[columns])]
        fill_sparse_vector(update.variable_updates.lower_bounds, numbers.columns[columns], program.lower[columns])
        fill_sparse_vector(update.variable_updates.upper_bounds, numbers.columns[columns], program.upper[columns])


def _row_bounds(
    update: model_update_pb2.ModelUpdateProto, program: LinearProgram, numbers: Numbering, rows: Ids
) -> None:
    if len(rows):
        rows = rows[np.argsort(numbers.rows[rows])]
        fill_sparse_vector(update.linear_constraint_updates.lower_bounds, numbers.rows[rows], program.row_lower[rows])
        fill_sparse_vector(update.linear_constraint_updates.upper_bounds, numbers.rows[rows], program.row_upper[rows])


def _prices(
    update: model_update_pb2.ModelUpdateProto, program: LinearProgram, numbers: Numbering, columns: Ids
) -> None:
    if len(columns):
        columns = columns[np.argsort(numbers.columns[columns])]
        prices = update.objective_updates.linear_coefficients
        fill_sparse_vector(prices, numbers.columns[columns], program.objective[columns])


def _coefficients(update: model_update_pb2.ModelUpdateProto, rows: Ids, columns: Ids, values: FloatArray) -> None:
    order = np.lexsort((columns, rows))
    fill_matrix_update(update, rows[order], columns[order], values[order])
