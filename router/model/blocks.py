"""Which rows and columns of a program belong to one period, and which tie periods together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from router.arrays import Ids
from router.model.columns import Columns
from router.model.rows import Rows
from router.problem.reuse import Reuse


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


def blocks_of(reuse: Reuse, columns: Columns, rows: Sequence[Rows]) -> Blocks:
    """Periods of a model's rows, in the order of ``rows``, and columns."""
    dated = [block for block in columns.blocks.values() if "period" in block.axes]
    axes = tuple(block.axes.index("period") for block in dated)
    of_rows = tuple(family.keys.get("period", family.count) for family in rows)
    return reuse.take(
        "blocks",
        Blocks,
        reuse.take("row periods", _row_periods, of_rows),
        reuse.take("column periods", _column_periods, tuple(block.ids for block in dated), axes, columns.count),
    )


def _row_periods(families: tuple[Ids | int, ...]) -> Ids:
    """Period of each row, of families given by the periods of their rows or, without periods, by their number."""
    parts = [np.full(rows, -1, dtype=np.int64) if isinstance(rows, int) else rows for rows in families]
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _column_periods(ids: tuple[Ids, ...], axes: tuple[int, ...], columns: int) -> Ids:
    """Period of each column, from the column ids of every block with periods and the axis on which they lie."""
    of_column = np.full(columns, -1, dtype=np.int64)
    for block, axis in zip(ids, axes, strict=True):
        present = block >= 0
        of_column[block[present]] = np.nonzero(present)[axis]
    return of_column
