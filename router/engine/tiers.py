"""The tiers that a plan's spend reaches: a small mixed-integer program beside an answer of the relaxation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.engine.check import row_activity
from router.engine.settings import EngineSettings
from router.engine.solver_process import IntegerRequest, solve_integer_program
from router.engine.stop_signal import StopSignal
from router.model.linear_program import ColumnKind, LinearProgram

_NEAR = 2
"""Steps from a switch by shared rows: the bands it opens, and the spend and dues that the bands follow from."""


def tiers_reached(
    program: LinearProgram, values: FloatArray, settings: EngineSettings, stop: StopSignal
) -> FloatArray | None:
    """Whole values of the SWITCH columns that fit ``values``, in column order; None when none are found.

    The relaxation opens every tier a little. Here everything far from the switches stays as in ``values``,
    so that the switches are what the spend reaches.
    """
    free = _near_switches(program)
    touched = _rows_with(program, free)
    part = _part(program, values, free, touched)
    answer = solve_integer_program(
        IntegerRequest(part, settings.integer_backend, 1e-4, stop.remaining_seconds, settings.threads, node_limit=1000),
        stop,
    )
    if answer.values is None:
        return None
    return np.asarray(np.round(answer.values[part.kind == ColumnKind.SWITCH]))


def _near_switches(program: LinearProgram) -> BoolArray:
    near: BoolArray = np.asarray(program.kind == ColumnKind.SWITCH)
    for _ in range(_NEAR):
        entry_in_row = np.repeat(_rows_with(program, near), np.diff(program.row_starts))
        near = near.copy()
        near[program.column_indices[entry_in_row]] = True
    return near


def _rows_with(program: LinearProgram, columns: BoolArray) -> BoolArray:
    row_of_entry = np.repeat(np.arange(program.rows), np.diff(program.row_starts))
    rows = np.zeros(program.rows, dtype=np.bool_)
    rows[row_of_entry[columns[program.column_indices]]] = True
    return rows


def _part(program: LinearProgram, values: FloatArray, free: BoolArray, rows: BoolArray) -> LinearProgram:
    """The program in the free columns alone, the others at ``values``; only switches stay whole."""
    held = row_activity(program, np.where(free, 0.0, values))[rows]
    row_of_entry = np.repeat(np.arange(program.rows), np.diff(program.row_starts))
    kept = rows[row_of_entry] & free[program.column_indices]
    counts = np.bincount(row_of_entry[kept], minlength=program.rows)[rows]
    kind = program.kind[free]
    return replace(
        program,
        objective=program.objective[free],
        lower=program.lower[free],
        upper=program.upper[free],
        kind=np.where(kind == ColumnKind.SWITCH, kind, ColumnKind.CONTINUOUS).astype(np.int8),
        row_lower=program.row_lower[rows] - held,
        row_upper=program.row_upper[rows] - held,
        row_starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        column_indices=(np.cumsum(free) - 1)[program.column_indices[kept]].astype(np.int32),
        values=program.values[kept],
    )
