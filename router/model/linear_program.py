"""The mixed-integer linear program as arrays: what the model builds and the engine solves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray, IntArray


class ColumnKind(IntEnum):
    """How the engine may treat a column when it turns a fractional answer into a whole one."""

    CONTINUOUS = 0
    RUN = 1
    """Binary: one candidate run of a training job. Exactly one run (or the job's unserved column) is 1."""
    WHOLE = 2
    """Whole number of instances: rounding up stays within every cover row, at a cost."""
    SWITCH = 3
    """Binary: a price tier reached. Its value follows from the spend once runs and instances are fixed."""


@dataclass(frozen=True)
class LinearProgram:
    """Minimise ``objective @ x + objective_offset`` with ``row_lower <= A x <= row_upper`` and
    ``lower <= x <= upper``, the columns whose ``kind`` is not CONTINUOUS being integer.

    ``A`` is held row by row (CSR). ``n`` columns, ``m`` rows, ``k`` nonzeros. Money is in
    units of ``usd_per_unit`` US dollars so that coefficients stay near one.

    Shapes: objective, lower, upper (n,) float64; kind (n,) int8; row_lower, row_upper (m,) float64;
    row_starts (m + 1,) int32; column_indices (k,) int32; values (k,) float64.
    """

    objective: FloatArray
    lower: FloatArray
    upper: FloatArray
    kind: NDArray[np.int8]
    row_lower: FloatArray
    row_upper: FloatArray
    row_starts: IntArray
    column_indices: IntArray
    values: FloatArray
    objective_offset: float = 0.0
    usd_per_unit: float = 1.0

    @property
    def columns(self) -> int:
        """Number of columns, n."""
        return len(self.objective)

    @property
    def rows(self) -> int:
        """Number of rows, m."""
        return len(self.row_lower)

    @property
    def row_of_entry(self) -> NDArray[np.int64]:
        """Row of each nonzero, in the order of ``values``, shape (k,)."""
        return np.repeat(np.arange(self.rows, dtype=np.int64), np.diff(self.row_starts))

    @property
    def is_integer(self) -> NDArray[np.bool_]:
        """Which columns must be whole, shape (n,)."""
        return np.asarray(self.kind != ColumnKind.CONTINUOUS)
