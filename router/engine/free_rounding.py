"""Switches that the linear program leaves between 0 and 1 although it need not.

A switch that costs nothing (which tier is reached, whether a window carries forward) may take any value that
its rows allow; a simplex vertex often takes a fraction. Moved to a whole number that the rows allow as well,
the answer costs the same and leaves nothing to branch on.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from router.arrays import FloatArray
from router.engine.check import INTEGRALITY
from router.model.linear_program import ColumnKind, LinearProgram

ROW_TOLERANCE = 1e-9
"""A row, over 1 + |bound|, may be missed by this much more after rounding."""


class FreeRounding:
    """Rounds the free switches of one program's answers; its matrix and objective must stay as they are."""

    def __init__(self, program: LinearProgram) -> None:
        self._switches = np.flatnonzero((program.kind == ColumnKind.SWITCH) & (program.objective == 0.0))
        self._program = program

    @cached_property
    def _matrix(self) -> csr_matrix:
        program = self._program
        arrays = (program.values, program.column_indices, program.row_starts)
        return csr_matrix(arrays, shape=(program.rows, program.columns))

    @cached_property
    def _by_column(self) -> csc_matrix:
        return self._matrix[:, self._switches].tocsc()

    def settled(self, values: FloatArray, program: LinearProgram) -> FloatArray:
        """The values (n,) with every free switch whole that can be; the row and column bounds are ``program``'s."""
        if not len(self._switches):
            return values
        fractions = np.abs(values[self._switches] - np.round(values[self._switches]))
        loose = np.flatnonzero(fractions > INTEGRALITY)
        if not len(loose):
            return values
        result = values.copy()
        activity = np.asarray(self._matrix @ values)
        slack_above = program.row_upper + ROW_TOLERANCE * (1.0 + np.abs(program.row_upper))
        slack_below = program.row_lower - ROW_TOLERANCE * (1.0 + np.abs(program.row_lower))
        for position in loose:
            column = self._switches[position]
            start, end = self._by_column.indptr[position : position + 2]
            rows, coefficients = self._by_column.indices[start:end], self._by_column.data[start:end]
            for target in (np.ceil(result[column]), np.floor(result[column])):
                if not program.lower[column] <= target <= program.upper[column]:
                    continue
                moved = activity[rows] + coefficients * (target - result[column])
                if np.all((moved <= slack_above[rows]) & (moved >= slack_below[rows])):
                    result[column] = target
                    activity[rows] = moved
                    break
        return result
