"""Which factors explain the cost: rank correlation over draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Explains:
    """Spearman's rank correlation between a factor and the cost over ``count`` draws, from -1 to 1.

    None where it has none: the factor (or the cost) is the same in all draws, its values are texts, or there are fewer
    than three draws. ``beyond_chance``: further from 0 than 95 of 100 factors without any effect would be.
    """

    factor: str
    title: str
    correlation: float | None
    count: int

    @property
    def beyond_chance(self) -> bool:
        """Whether the correlation is more than draws without any would show (normal approximation)."""
        return self.correlation is not None and abs(self.correlation) > 1.96 / np.sqrt(self.count - 1)


def rank_correlation(first: Sequence[float] | FloatArray, second: Sequence[float] | FloatArray) -> float | None:
    """Spearman's correlation: that of ranks, equal values having their average rank. None where there is none."""
    if len(first) < 3:
        return None
    ranks, others = ranks_of(first), ranks_of(second)
    ranks, others = ranks - ranks.mean(), others - others.mean()
    size = float(np.sqrt((ranks @ ranks) * (others @ others)))
    return float(np.clip((ranks @ others) / size, -1.0, 1.0)) if size > 0 else None


def ranks_of(values: Sequence[float] | FloatArray) -> FloatArray:
    """Ranks from 1; equal values share the average of theirs."""
    _, place, counts = np.unique(np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2.0)[place])
