"""Round amounts along an axis of money."""

from __future__ import annotations

import math

import numpy as np


def money_ticks(low: float, high: float, most: int) -> list[float]:
    """At most ``most`` multiples of 1, 2 or 5 times a power of ten from one amount to another; none where that is
    impossible.
    """
    if not high > low or most < 1 or not math.isfinite(high - low):
        return []
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (power * factor for factor in (1, 2, 5, 10, 20, 50)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [float(at * step) for at in np.arange(first, last + 1)]
    return []
