"""Many rows of numbers as rows of small bars, all at once."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray
from router.report.letters import Letters


def sparklines(values: FloatArray, width: int, letters: Letters) -> list[str]:
    """Each row of values (R, C) as ``width`` bars from 0 to its largest; blank where there is nothing.

    All in one go: a grid of hundreds of rows has no time for one after another.
    """
    rows, columns = values.shape
    if not columns or width < 1:
        return [" " * max(0, width)] * rows
    edges = np.linspace(0, columns, width + 1)
    at = np.clip(((edges[:-1] + edges[1:]) / 2).astype(int), 0, columns - 1)
    known = np.nan_to_num(values)
    largest = known.max(axis=1, initial=0.0)[:, None]
    share = np.divide(known[:, at], largest, out=np.zeros((rows, width)), where=largest > 0)
    levels = np.ceil(np.clip(share, 0.0, 1.0) * (len(letters.steps) - 1) - 1e-9).astype(int)
    missing = letters.missing * width
    return [
        "".join(letters.steps[level] for level in line) if most > 0 else missing
        for line, most in zip(levels.tolist(), largest[:, 0].tolist(), strict=True)
    ]
