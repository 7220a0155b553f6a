"""A row of numbers as a row of small bars."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray
from router.report.letters import Letters


def sparkline(values: FloatArray, width: int, letters: Letters) -> str:
    """Values (C,) averaged into ``width`` bars from 0 to the largest; blank where there is nothing."""
    if not len(values) or width < 1:
        return " " * max(0, width)
    edges = np.linspace(0, len(values), width + 1)
    at = np.clip(((edges[:-1] + edges[1:]) / 2).astype(int), 0, len(values) - 1)
    known = np.nan_to_num(np.asarray(values, dtype=np.float64))
    largest = float(known.max(initial=0.0))
    if largest <= 0:
        return letters.missing * width
    levels = np.ceil(np.clip(known[at] / largest, 0.0, 1.0) * (len(letters.steps) - 1) - 1e-9).astype(int)
    return "".join(letters.steps[level] for level in levels.tolist())
