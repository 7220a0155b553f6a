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

_STEPS = (1, 2)
"""How far from a switch columns are free, in steps by shared rows: first the bands that it opens alone; where
those do not fit, also the spend and dues that the bands follow from."""

_MOST_COLUMNS = 3_000
"""A wider part is a program as hard as the whole: with 12 thousand columns HiGHS found nothing in 25 s, with
the 112 of one step it took 0.4 s (24 thousand columns, 56 switches, 2 cores)."""

_MOST_NODES, _RELATIVE_GAP = 100, 1e-3


def tiers_reached(
    program: LinearProgram, values: FloatArray, settings: EngineSettings, stop: StopSignal
) -> FloatArray | None:
    """Whole values of the SWITCH columns that fit ``values``, in column order; None when none are found.

    The relaxation opens every tier a little. Here everything far from the switches stays as in ``values``,
    so that the switches are what the spend reaches.
    """
    for steps in _STEPS:
        free = _near_switches(program, steps)
        if np.count_nonzero(free) > _MOST_COLUMNS:
            return None
        part = _part(program, values, free, _rows_with(program, free))
        answer = solve_integer_program(
            IntegerRequest(
                part,
                settings.integer_backend,
                _RELATIVE_GAP,
                stop.remaining_seconds,
                settings.threads,
                node_limit=_MOST_NODES,
            ),
            stop,
        )
        if answer.values is not None:
            return np.asarray(np.round(answer.values[part.kind == ColumnKind.SWITCH]))
    return None


def _near_switches(program: LinearProgram, steps: int) -> BoolArray:
    near: BoolArray = np.asarray(program.kind == ColumnKind.SWITCH)
    for _ in range(steps):
        entry_in_row = _rows_with(program, near)[program.row_of_entry]
        near = near.copy()
        near[program.column_indices[entry_in_row]] = True
    return near


def _rows_with(program: LinearProgram, columns: BoolArray) -> BoolArray:
    row_of_entry = program.row_of_entry
    rows = np.zeros(program.rows, dtype=np.bool_)
    rows[row_of_entry[columns[program.column_indices]]] = True
    return rows


def _part(program: LinearProgram, values: FloatArray, free: BoolArray, rows: BoolArray) -> LinearProgram:
    """The program in the free columns alone, the others at ``values``; only switches stay whole."""
    held = row_activity(program, np.where(free, 0.0, values))[rows]
    row_of_entry = program.row_of_entry
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
