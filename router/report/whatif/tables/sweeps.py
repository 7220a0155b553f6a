"""The tables of a sweep: a tornado, a curve, matrices, or a list of its cases."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.curve import curve
from router.answer.grid import grids
from router.answer.tornado import tornado
from router.report.table import Table
from router.report.whatif.tables.cases import cases_table
from router.report.whatif.tables.curve import curve_table
from router.report.whatif.tables.grid import grid_table
from router.report.whatif.tables.tornado import tornado_table
from router.report.whatif.words import counted
from router.whatif.question import Sweep, SweepMode

MOST_MATRICES = 6


def sweep_tables(answer: Answer, sweep: Sweep, *, most_rows: int = 24, most_columns: int = 12) -> tuple[Table, ...]:
    """Its tables: of a grid of more than two factors one matrix for each value of the others."""
    if sweep.mode == SweepMode.ONE_AT_A_TIME and len(sweep.factors) > 1:
        found = tornado(answer, sweep)
        return (tornado_table(found),) if found is not None else (cases_table(answer, sweep, most_rows),)
    if (course := curve(answer, sweep)) is not None:
        return (curve_table(answer, course, most_rows),)
    matrices = grids(answer, sweep)
    if not matrices:
        return (cases_table(answer, sweep, most_rows),)
    left = len(matrices) - MOST_MATRICES
    notes = (f"{counted(left, 'more matrix', 'more matrices')} not shown.",) if left > 0 else ()
    return tuple(
        grid_table(grid, number, most_columns, notes if number == min(len(matrices), MOST_MATRICES) else ())
        for number, grid in enumerate(matrices[:MOST_MATRICES], start=1)
    )
