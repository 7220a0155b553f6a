"""Numbers added up by the name that each belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from router.arrays import FloatArray, Ids

NOBODY = "-"
"""The name of what belongs to nobody."""


def by_name(names: Sequence[str | None], index: Ids, numbers: FloatArray) -> dict[str, float]:
    """Sums of numbers (k,) by name; index (k,) into the names, -1 for nobody. Names without a number are left out."""
    place, known = index + 1, [NOBODY, *(name or NOBODY for name in names)]
    counts = np.bincount(place, minlength=len(known)).tolist()
    totals = np.bincount(place, weights=numbers, minlength=len(known)).tolist()
    sums: dict[str, float] = {}
    for name, count, total in zip(known, counts, totals, strict=True):
        if count:
            sums[name] = sums.get(name, 0.0) + total
    return sums
