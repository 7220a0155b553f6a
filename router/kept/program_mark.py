"""Is this the program that a kept plan was found for?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from router.arrays import FloatArray
from router.kept.kept_plan import ProgramMark
from router.model.linear_program import LinearProgram

_SAME = 1e-9
"""Share of the magnitudes by which sums may differ: processors differ in the last bits of a power or a logarithm."""

_PERIOD = 97
"""Weights repeat after so many entries, so that neighbours that change places change the sum."""


def mark_of(program: LinearProgram) -> ProgramMark:
    """The mark of a program: its structure to the letter, its numbers by weighted sums."""
    digest = hashlib.sha256()
    for whole in (program.row_starts, program.column_indices):
        digest.update(np.ascontiguousarray(whole, dtype="<i4").tobytes())
    digest.update(program.kind.tobytes())
    numbers = list(_numbers(program))
    for array in numbers:
        digest.update(np.isfinite(array).tobytes())
    weighed = [_weighed(array) for array in numbers]
    return ProgramMark(
        columns=program.columns,
        rows=program.rows,
        usd_per_unit=program.usd_per_unit,
        structure=digest.hexdigest(),
        sums=tuple(float(array.sum()) for array in weighed),
        sizes=tuple(float(np.abs(array).sum()) for array in weighed),
    )


def is_marked(program: LinearProgram, mark: ProgramMark) -> bool:
    """Whether the program has the mark."""
    own = mark_of(program)
    if (own.columns, own.rows, own.structure, own.usd_per_unit) != (
        mark.columns,
        mark.rows,
        mark.structure,
        mark.usd_per_unit,
    ):
        return False
    if len(mark.sums) != len(own.sums):
        return False
    difference = np.abs(np.array(own.sums) - np.array(mark.sums))
    return bool((difference <= _SAME * np.array(own.sizes)).all())


def _numbers(program: LinearProgram) -> Iterator[FloatArray]:
    yield program.objective
    yield program.lower
    yield program.upper
    yield program.row_lower
    yield program.row_upper
    yield program.values


def _weighed(array: FloatArray) -> FloatArray:
    weights = 1.0 + np.arange(len(array)) % _PERIOD
    return np.asarray(np.where(np.isfinite(array), array, 0.0) * weights)
