"""Array types that every stage shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]
Ids = NDArray[np.int64]
"""Indices; -1 where there is nothing."""


def is_identity(origin: Ids, count: int) -> bool:
    """Whether ``origin`` is 0, 1, ... ``count`` - 1: everything stands where it stood."""
    return len(origin) == count and bool(np.array_equal(origin, np.arange(count)))


def equal_arrays(before: NDArray[np.generic], after: NDArray[np.generic]) -> bool:
    """Whether two arrays hold the same; the same object is told at once."""
    return before is after or bool(np.array_equal(before, after))
