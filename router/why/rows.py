"""Where the rows of each constraint family stand in the program, and back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from router.arrays import FloatArray, Ids
from router.model.model import Model


class RowBook:
    """Rows by family and keys, columns of the matrix, and how much of each row is used by a plan."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._offset: dict[str, int] = {}
        self._axes: dict[str, Mapping[str, Ids]] = {}
        names: list[str] = []
        count = 0
        for family in model.rows:
            self._offset[family.family] = count
            self._axes[family.family] = family.keys
            names += [family.family] * family.count
            count += family.count
        self._family = names
        program = model.program
        shape = (program.rows, program.columns)
        matrix = csr_matrix((program.values, program.column_indices, program.row_starts), shape=shape)
        self._columns: csc_matrix = matrix.tocsc()
        self._matrix = matrix
        self._dense: dict[str, Ids] = {}

    def activity(self, values: FloatArray) -> FloatArray:
        """The left side of every row, shape (m,)."""
        return np.asarray(self._matrix @ values)

    def family(self, row: int) -> str:
        """The constraint that a row belongs to."""
        return self._family[row]

    def keys(self, row: int) -> dict[str, int]:
        """The index of a row on each axis of its family."""
        family = self._family[row]
        at = row - self._offset[family]
        return {axis: int(index[at]) for axis, index in self._axes[family].items()}

    def at(self, family: str, *index: int) -> int:
        """The row of a family at an index, in the order of its axes; -1 where there is none."""
        dense = self._ids(family)
        if dense.ndim != len(index) or any(i < 0 or i >= size for i, size in zip(index, dense.shape, strict=True)):
            return -1
        return int(dense[index])

    def entries(self, column: int) -> tuple[Ids, FloatArray]:
        """Rows and coefficients of a column."""
        start, end = self._columns.indptr[column], self._columns.indptr[column + 1]
        return self._columns.indices[start:end].astype(np.int64), self._columns.data[start:end]

    def _ids(self, family: str) -> Ids:
        if family not in self._dense:
            keys = list(self._axes.get(family, {}).values())
            dense = np.full([int(key.max()) + 1 for key in keys], -1, dtype=np.int64)
            if keys:
                dense[tuple(keys)] = self._offset[family] + np.arange(len(keys[0]))
            self._dense[family] = dense
        return self._dense[family]
