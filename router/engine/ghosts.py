"""Columns and rows that left a program stay in the solver for a while, without effect.

Taking a column of the basis out leaves a singular basis, and the simplex method then starts nearly from nothing (16
thousand iterations after an inference service was removed from a plan of 30 thousand columns; a few hundred this way).
Held at zero instead, it leaves the basis by the dual simplex method's own steps, and is taken out afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from router.arrays import BoolArray, FloatArray, Ids
from router.model.linear_program import ColumnKind, LinearProgram


@dataclass(frozen=True)
class WithGhosts:
    """A program as the solver holds it: the real columns (n,) and rows (m,) first, then those that left.

    real_entries (k,): where the real program's coefficients stand among those of ``program``; None: all are real.
    """

    program: LinearProgram
    columns: int
    rows: int
    real_entries: NDArray[np.int64] | None

    @staticmethod
    def of(real: LinearProgram) -> WithGhosts:
        """A program without ghosts."""
        return WithGhosts(real, real.columns, real.rows, None)

    @property
    def has_ghosts(self) -> bool:
        """Whether anything that left is still here."""
        return self.program.columns > self.columns or self.program.rows > self.rows

    def real(self) -> LinearProgram:
        """The real columns and rows alone."""
        if not self.has_ghosts:
            return self.program
        here = self.program
        matrix = csr_matrix((here.values, here.column_indices, here.row_starts), shape=(here.rows, here.columns))
        kept = matrix[: self.rows, : self.columns]
        return replace(
            here,
            objective=here.objective[: self.columns],
            lower=here.lower[: self.columns],
            upper=here.upper[: self.columns],
            kind=here.kind[: self.columns],
            row_lower=here.row_lower[: self.rows],
            row_upper=here.row_upper[: self.rows],
            row_starts=kept.indptr.astype(np.int32),
            column_indices=kept.indices.astype(np.int32),
            values=kept.data,
        )

    def with_same_shape(self, real: LinearProgram) -> WithGhosts | None:
        """The same columns and rows with the figures of ``real``; None where its matrix has another pattern."""
        if not self.has_ghosts:
            return WithGhosts.of(real)
        here, entries = self.program, self.real_entries
        if entries is None or len(entries) != len(real.values):
            return None
        row = np.searchsorted(here.row_starts, entries, side="right") - 1
        same = np.array_equal(here.column_indices[entries], real.column_indices) and np.array_equal(
            np.bincount(row, minlength=real.rows), np.diff(real.row_starts)
        )
        if not same:
            return None
        values = here.values.copy()
        values[entries] = real.values
        return replace(self, program=_with_figures(here, real, values))


def _with_figures(here: LinearProgram, real: LinearProgram, values: FloatArray) -> LinearProgram:
    def joined(new: FloatArray, old: FloatArray) -> FloatArray:
        return np.concatenate([new, old[len(new) :]])

    return replace(
        here,
        objective=joined(real.objective, here.objective),
        lower=joined(real.lower, here.lower),
        upper=joined(real.upper, here.upper),
        kind=np.concatenate([real.kind, here.kind[real.columns :]]),
        row_lower=joined(real.row_lower, here.row_lower),
        row_upper=joined(real.row_upper, here.row_upper),
        values=values,
        objective_offset=real.objective_offset,
    )


def followed_by(
    here: WithGhosts,
    real: LinearProgram,
    column_origin: Ids,
    row_origin: Ids,
    spare_columns: BoolArray,
    spare_rows: BoolArray,
) -> tuple[WithGhosts, Ids, Ids]:
    """The program that follows, with all ghosts, and where its columns and rows stood in ``here.program``.

    column_origin (n,), row_origin (m,): positions among the real ones of ``here``, -1 for new ones. spare_columns,
    spare_rows: what of ``here.program`` its basis can do without; ghosts among these are taken out.
    """
    old = here.program
    lost_columns, lost_rows = _left(old.columns, column_origin), _left(old.rows, row_origin)
    was_ghost = np.arange(old.columns) >= here.columns
    ghosts = np.flatnonzero(lost_columns & ~(was_ghost & spare_columns))
    was_ghost_row = np.arange(old.rows) >= here.rows
    ghost_rows = np.flatnonzero(lost_rows & ~(was_ghost_row & spare_rows))
    columns, rows = np.concatenate([column_origin, ghosts]), np.concatenate([row_origin, ghost_rows])
    if not len(ghosts) and not len(ghost_rows):
        return WithGhosts.of(real), columns, rows
    later_column, later_row = _later(old.columns, columns), _later(old.rows, rows)
    old_row, old_column = later_row[old.row_of_entry], later_column[old.column_indices]
    kept = (old_row >= 0) & (old_column >= 0) & ((old_row >= real.rows) | (old_column >= real.columns))
    rows_of_entry = np.concatenate([real.row_of_entry, old_row[kept]])
    columns_of_entry = np.concatenate([real.column_indices.astype(np.int64), old_column[kept]])
    values = np.concatenate([real.values, old.values[kept]])
    order = np.argsort(rows_of_entry, kind="stable")
    starts = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows_of_entry, minlength=len(rows)), out=starts[1:])
    row_lower, row_upper = _ghost_row_bounds(old, ghost_rows, later_column, real.columns)
    program = LinearProgram(
        objective=np.concatenate([real.objective, np.zeros(len(ghosts))]),
        lower=np.concatenate([real.lower, np.zeros(len(ghosts))]),
        upper=np.concatenate([real.upper, np.zeros(len(ghosts))]),
        kind=np.concatenate([real.kind, np.full(len(ghosts), ColumnKind.CONTINUOUS, dtype=np.int8)]),
        row_lower=np.concatenate([real.row_lower, row_lower]),
        row_upper=np.concatenate([real.row_upper, row_upper]),
        row_starts=starts,
        column_indices=columns_of_entry[order].astype(np.int32),
        values=values[order],
        objective_offset=real.objective_offset,
        usd_per_unit=real.usd_per_unit,
    )
    real_entries = np.flatnonzero(order < len(real.values))
    return WithGhosts(program, real.columns, real.rows, real_entries), columns, rows


def _left(count: int, origin: Ids) -> BoolArray:
    left = np.ones(count, dtype=np.bool_)
    left[origin[origin >= 0]] = False
    return left


def _later(count: int, origin: Ids) -> Ids:
    later = np.full(count, -1, dtype=np.int64)
    known = np.flatnonzero(origin >= 0)
    later[origin[known]] = known
    return later


def _ghost_row_bounds(
    old: LinearProgram, ghost_rows: Ids, later_column: Ids, real_columns: int
) -> tuple[FloatArray, FloatArray]:
    """A row of nothing but ghosts holds at zero and may keep its sides; one with real columns asks nothing."""
    later = later_column[old.column_indices]
    with_real = np.zeros(old.rows, dtype=np.bool_)
    with_real[old.row_of_entry[(later >= 0) & (later < real_columns)]] = True
    asks = ~with_real[ghost_rows]
    lower = np.where(asks & np.isfinite(old.row_lower[ghost_rows]), 0.0, -np.inf)
    upper = np.where(asks & np.isfinite(old.row_upper[ghost_rows]), 0.0, np.inf)
    return lower, upper
