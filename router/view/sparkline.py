"""A row of numbers as a row of small bars."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray
from router.report.letters import Letters
from router.view.sparklines import sparklines


def sparkline(values: FloatArray, width: int, letters: Letters) -> str:
    """Values (C,) as ``width`` bars from 0 to the largest; blank where there is nothing."""
    return sparklines(np.asarray(values, dtype=np.float64)[None], width, letters)[0]
