"""How often something comes about in draws, and how sure that share is."""

from __future__ import annotations

import math
from dataclasses import dataclass

_NORMAL_95 = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Chance:
    """``hits`` of ``count`` draws, count at least 1. ``low`` to ``high`` hold the true chance in 95 of 100 cases.

    The interval is Wilson's, which is right also where no draw or every draw is a hit.
    """

    hits: int
    count: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Of the draws."""
        return self.hits / self.count


def chance_of(hits: int, count: int) -> Chance:
    """The chance from hits in draws. Raises ValueError where there are no draws, or more hits than draws."""
    if not 0 <= hits <= count or not count:
        raise ValueError(f"found {hits} hits in {count} draws, expected at least one draw and no more hits than draws")
    share, square = hits / count, _NORMAL_95**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = _NORMAL_95 / (1 + square / count) * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    return Chance(
        hits=hits,
        count=count,
        low=0.0 if not hits else max(0.0, min(share, middle - half)),
        high=1.0 if hits == count else min(1.0, max(share, middle + half)),
    )
