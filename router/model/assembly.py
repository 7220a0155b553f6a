"""From constraint families to one matrix: each is sorted on its own, then they stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray, Ids, IntArray
from router.model.columns import Columns
from router.model.linear_program import LinearProgram
from router.model.rows import Rows
from router.problem.reuse import Reuse

Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class SparseRows:
    """Rows of a family as CSR: starts (r + 1,), column and value (k,); columns rise within a row, none comes twice."""

    starts: IntArray
    column: IntArray
    value: FloatArray


def sparse_rows(row: Ids, column: Ids, value: FloatArray, rows: int) -> SparseRows:
    """Terms (k,) sorted by row and column; terms of the same row and column are added up in their order."""
    width = int(column.max(initial=-1)) + 1
    place = row * width + column
    # Stable, which is fast here as well: terms come in long rising stretches.
    order = np.argsort(place, kind="stable")
    place = place[order]
    first = np.ones(len(place), dtype=bool)
    first[1:] = place[1:] != place[:-1]
    value = value[order]
    if not first.all():
        value = np.bincount(np.cumsum(first) - 1, weights=value).astype(np.float64)
        order = order[first]
    starts = np.zeros(rows + 1, dtype=np.int32)
    np.cumsum(np.bincount(row[order], minlength=rows), out=starts[1:])
    return SparseRows(starts, column[order].astype(np.int32), value)


def assemble(
    reuse: Reuse, columns: Columns, rows: Sequence[Rows], objective: FloatArray, usd_per_unit: float
) -> LinearProgram:
    """The program of all rows in their order. Arrays that come out as in the earlier build are the same objects."""
    blocks = list(columns.blocks.values())
    parts = [
        reuse.take(("sparse", family.family), sparse_rows, family.row, family.column, family.value, family.count)
        for family in rows
    ]
    return reuse.take(
        "program",
        LinearProgram,
        objective,
        reuse.take("lower", _end_to_end, tuple(block.lower for block in blocks)),
        reuse.take("upper", _end_to_end, tuple(block.upper for block in blocks)),
        reuse.take("kind", _end_to_end, tuple(block.kind for block in blocks)),
        reuse.take("row lower", _end_to_end, tuple(family.lower for family in rows)),
        reuse.take("row upper", _end_to_end, tuple(family.upper for family in rows)),
        reuse.take("row starts", _all_starts, tuple(part.starts for part in parts)),
        reuse.take("column indices", _end_to_end, tuple(part.column for part in parts)),
        reuse.take("coefficients", _end_to_end, tuple(part.value for part in parts)),
        0.0,
        usd_per_unit,
    )


def _end_to_end(parts: tuple[NDArray[Kind], ...]) -> NDArray[Kind]:
    return np.concatenate(parts)


def _all_starts(parts: tuple[IntArray, ...]) -> IntArray:
    ends = np.cumsum([int(part[-1]) for part in parts])
    later = [part[1:] + np.int32(end) for part, end in zip(parts[1:], ends[:-1], strict=True)]
    return np.concatenate([parts[0], *later]).astype(np.int32)
