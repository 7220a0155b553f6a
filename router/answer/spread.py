"""How an amount spreads over draws: percentiles, mean and how sure the mean is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from router.arrays import FloatArray

PERCENTILES = (5, 25, 50, 75, 95)
"""Which percentiles every spread and fan has."""

DEFINITION = (
    "Percentile p of n draws in order lies at place 1 + (n - 1) p / 100, on a straight line between the two draws "
    "beside it."
)
"""What is meant by a percentile here, in words (Hyndman and Fan's type 7, numpy's `linear`)."""


@dataclass(frozen=True, slots=True)
class Spread:
    """An amount over ``count`` draws, at least one. ``percentiles`` are those of `PERCENTILES`.

    ``standard_error`` of the mean: the sample's standard deviation over the root of count; None for a single draw.
    """

    count: int
    mean: float
    standard_error: float | None
    least: float
    most: float
    percentiles: tuple[float, ...]

    @property
    def median(self) -> float:
        """Percentile 50."""
        return self.percentiles[PERCENTILES.index(50)]


def spread_of(amounts: Sequence[float] | FloatArray) -> Spread | None:
    """The spread of amounts, None where there are none."""
    values = np.asarray(amounts, dtype=np.float64)
    count = len(values)
    if not count:
        return None
    return Spread(
        count=count,
        mean=float(values.mean()),
        standard_error=float(values.std(ddof=1) / np.sqrt(count)) if count > 1 else None,
        least=float(values.min()),
        most=float(values.max()),
        percentiles=tuple(percentiles_of(values).tolist()),
    )


def percentiles_of(amounts: ArrayLike) -> FloatArray:
    """Percentiles over the first axis: shape (5, ...) from (n, ...), n at least 1."""
    return np.asarray(np.percentile(np.asarray(amounts, dtype=np.float64), PERCENTILES, axis=0))
