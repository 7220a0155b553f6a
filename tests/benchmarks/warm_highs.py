"""HiGHS through highspy, kept warm: the fastest that a bare solver does with an edit."""

from __future__ import annotations

from typing import Any, cast

import highspy
import numpy as np

from router.model.linear_program import LinearProgram


class WarmHighs:
    """The relaxation of a program in HiGHS; edits change bounds, prices and coefficients in place."""

    def __init__(self, program: LinearProgram) -> None:
        self._program = program
        self._highs: Any = cast(Any, highspy).Highs()
        self._highs.setOptionValue("output_flag", False)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = program.columns, program.rows
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.objective, program.lower, program.upper
        lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = program.row_starts, program.column_indices
        lp.a_matrix_.value_ = program.values
        self._highs.passModel(lp)
        self._highs.setOptionValue("solver", "ipm")

    def become(self, program: LinearProgram) -> None:
        """The program with the same columns, rows and pattern and other figures."""
        here, highs = self._program, self._highs
        columns = np.flatnonzero((here.lower != program.lower) | (here.upper != program.upper)).astype(np.int32)
        highs.changeColsBounds(len(columns), columns, program.lower[columns], program.upper[columns])
        priced = np.flatnonzero(here.objective != program.objective).astype(np.int32)
        highs.changeColsCost(len(priced), priced, program.objective[priced])
        for row in np.flatnonzero((here.row_lower != program.row_lower) | (here.row_upper != program.row_upper)):
            highs.changeRowBounds(int(row), program.row_lower[row], program.row_upper[row])
        if len(here.values) == len(program.values) and np.array_equal(here.column_indices, program.column_indices):
            rows = program.row_of_entry
            for entry in np.flatnonzero(here.values != program.values):
                highs.changeCoeff(int(rows[entry]), int(program.column_indices[entry]), program.values[entry])
        self._program = program

    def solve(self) -> float:
        """The optimum, from the last basis if there is one."""
        self._highs.run()
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("presolve", "off")
        return float(self._highs.getInfo().objective_function_value)
