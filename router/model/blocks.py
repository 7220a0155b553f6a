"""Which rows and columns of a program belong to one period, and which tie periods together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from router.arrays import Ids
from router.model.columns import Columns
from router.model.rows import Rows


@dataclass(frozen=True)
class Blocks:
    """Period of each row (m,) and of each column (n,), -1 for those that belong to no single period.

    A row of a period holds columns of its own and the previous period, and of no period.
    """

    row_period: Ids
    column_period: Ids

    @property
    def count(self) -> int:
        """Number of periods."""
        return int(max(self.row_period.max(initial=-1), self.column_period.max(initial=-1))) + 1


def blocks_of(columns: Columns, rows: Sequence[Rows]) -> Blocks:
    """Periods of a model's rows, in the order of ``rows``, and columns."""
    of_row = [family.keys.get("period", np.full(family.count, -1, dtype=np.int64)) for family in rows]
    of_column = np.full(columns.count, -1, dtype=np.int64)
    for block in columns.blocks.values():
        if "period" in block.axes:
            present = block.ids >= 0
            of_column[block.ids[present]] = np.nonzero(present)[block.axes.index("period")]
    return Blocks(np.concatenate([np.zeros(0, dtype=np.int64), *of_row]), of_column)
