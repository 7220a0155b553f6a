"""The basis of a solved linear program, carried over to the program that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import solution_pb2

from router.arrays import BoolArray, Ids
from router.engine.mathopt_arrays import basis_message, dense_statuses
from router.engine.program_update import Numbering, positions_of
from router.model.linear_program import LinearProgram

FREE, AT_LOWER, AT_UPPER, FIXED, BASIC = (
    solution_pb2.BASIS_STATUS_FREE,
    solution_pb2.BASIS_STATUS_AT_LOWER_BOUND,
    solution_pb2.BASIS_STATUS_AT_UPPER_BOUND,
    solution_pb2.BASIS_STATUS_FIXED_VALUE,
    solution_pb2.BASIS_STATUS_BASIC,
)

Statuses = NDArray[np.int64]


@dataclass(frozen=True)
class Basis:
    """The status of each column (n,) and row (m,) of a program, in the program's order, numbered as above."""

    columns: NDArray[np.int8]
    rows: NDArray[np.int8]


def carried_basis(
    basis: Any, before: Numbering, after: Numbering, program_before: LinearProgram, program: LinearProgram
) -> Any:
    """A basis for ``program`` near that of the program before, as a message in the later numbering.

    New columns stand at a bound, new rows hold with slack. Where a column of the basis is gone, the slack of a row
    that it stood in takes its place; where a row without slack is gone, one of its columns leaves the basis.
    A basis that is singular all the same is mended by GLOP.
    """
    column_before, row_before = statuses_of(basis, before, before)
    column, row = statuses_of(basis, before, after)
    column_origin = positions_of(after.columns, before.columns)
    row_origin = positions_of(after.rows, before.rows)
    lost_columns = _lost(len(column_before), column_origin) & (column_before == BASIC)
    lost_rows = _lost(len(row_before), row_origin) & (row_before != BASIC)
    _fill_places(row, _in_rows(program_before, lost_columns, row_origin))
    missing = program.rows - int((column == BASIC).sum() + (row == BASIC).sum())
    if missing > 0:
        row[np.flatnonzero(row != BASIC)[:missing]] = BASIC
    elif missing < 0:
        _leave(column, row, _in_columns(program_before, lost_rows, column_origin), -missing)
    _at_bounds(column, program.lower, program.upper)
    _at_bounds(row, program.row_lower, program.row_upper)
    by_number, rows_by_number = np.argsort(after.columns), np.argsort(after.rows)
    return basis_message(column[by_number], row[rows_by_number], after.columns[by_number], after.rows[rows_by_number])


def idle_places(basis: Any, solved: Numbering, now: Numbering) -> tuple[BoolArray, BoolArray]:
    """Columns that are out of a basis and rows whose slack is in it: it is as good without them. In now's order."""
    column, row = statuses_of(basis, solved, now)
    known_column, known_row = np.isin(now.columns, solved.columns), np.isin(now.rows, solved.rows)
    return np.asarray(known_column & (column != BASIC)), np.asarray(known_row & (row == BASIC))


def statuses_of(basis: Any, solved: Numbering, now: Numbering) -> tuple[Statuses, Statuses]:
    """Statuses of columns and rows in now's order; what was not there stands at its lower bound or holds with slack."""
    column = dense_statuses(basis.variable_status, solved.columns)
    row = dense_statuses(basis.constraint_status, solved.rows)
    at_column, at_row = positions_of(now.columns, solved.columns), positions_of(now.rows, solved.rows)
    return np.where(at_column >= 0, column[at_column], AT_LOWER), np.where(at_row >= 0, row[at_row], BASIC)


def _lost(count: int, origin: Ids) -> BoolArray:
    lost = np.ones(count, dtype=np.bool_)
    lost[origin[origin >= 0]] = False
    return lost


def _fill_places(row: Statuses, candidates: list[Ids]) -> None:
    """One row without slack for each list of candidates gets slack, where there is one."""
    for rows in candidates:
        tight = rows[row[rows] != BASIC]
        if len(tight):
            row[tight[0]] = BASIC


def _leave(column: Statuses, row: Statuses, candidates: list[Ids], count: int) -> None:
    """``count`` columns leave the basis, those of the candidates first; then rows' slacks."""
    for columns in candidates:
        basic = columns[column[columns] == BASIC]
        if len(basic) and count:
            column[basic[0]] = AT_LOWER
            count -= 1
    for statuses in (column, row):
        basic = np.flatnonzero(statuses == BASIC)[:count]
        statuses[basic] = AT_LOWER
        count -= len(basic)


def _in_rows(program: LinearProgram, lost: BoolArray, row_origin: Ids) -> list[Ids]:
    """For each lost column the later positions of the rows that it stood in."""
    if not lost.any():
        return []
    later = _later(program.rows, row_origin)
    entries = np.flatnonzero(lost[program.column_indices])
    order = np.argsort(program.column_indices[entries], kind="stable")
    return _grouped(
        program.column_indices[entries][order].astype(np.int64), later[program.row_of_entry[entries]][order]
    )


def _in_columns(program: LinearProgram, lost: BoolArray, column_origin: Ids) -> list[Ids]:
    """For each lost row the later positions of its columns."""
    if not lost.any():
        return []
    later = _later(program.columns, column_origin)
    entries = np.flatnonzero(np.repeat(lost, np.diff(program.row_starts)))
    return _grouped(program.row_of_entry[entries], later[program.column_indices[entries]])


def _later(count: int, origin: Ids) -> Ids:
    later = np.full(count, -1, dtype=np.int64)
    kept = np.flatnonzero(origin >= 0)
    later[origin[kept]] = kept
    return later


def _grouped(keys: Ids, positions: Ids) -> list[Ids]:
    cuts = np.flatnonzero(np.diff(keys)) + 1
    return [part[part >= 0] for part in np.split(positions, cuts)]


def _at_bounds(statuses: Statuses, lower: NDArray[np.float64], upper: NDArray[np.float64]) -> None:
    """What is out of the basis stands at a bound that there is."""
    out = statuses != BASIC
    below, above = np.isfinite(lower), np.isfinite(upper)
    statuses[out & (lower == upper)] = FIXED
    loose = out & (lower != upper)
    statuses[loose & ~below & ~above] = FREE
    statuses[loose & below & (~above | (statuses != AT_UPPER))] = AT_LOWER
    statuses[loose & ~below & above] = AT_UPPER
