"""Keys as numbers, and sums by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import count as counter
from typing import TypeVar

import numpy as np

from router.arrays import FloatArray, Ids

Key = TypeVar("Key")


def codes_of(keys: Iterable[Key], count: int) -> tuple[tuple[Key, ...], Ids]:
    """The keys in the order in which they first appear, and the place of each of the `count` keys among them."""
    number: defaultdict[Key, int] = defaultdict(counter().__next__)
    codes = np.fromiter(map(number.__getitem__, keys), np.int64, count)
    return tuple(number), codes


def binned(place: Ids, values: FloatArray, rows: int, columns: int) -> FloatArray:
    """Sums of values by place (row * columns + column), shape (rows, columns)."""
    return np.bincount(place, values, rows * columns).astype(np.float64).reshape(rows, columns)
