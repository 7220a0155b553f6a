"""Amounts with a sign as bars to both sides of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from router.arrays import Ids


@dataclass(frozen=True)
class SignedBars:
    """N bars in `width` cells: each covers `length` (N,) cells from `start` (N,) on.

    Bars of what is below 0 end where `zero` begins, those of what is above begin there. What is not 0 has a cell at
    least, and what is 0 none.
    """

    width: int
    zero: int
    start: Ids
    length: Ids


def signed_bars(amounts: Sequence[float], width: int) -> SignedBars:
    """Bars on one scale, for which the largest amounts to either side take all of the width (at least 2 cells)."""
    width = max(2, width)
    values = np.array(amounts, dtype=np.float64)
    least, most = float(min(0.0, values.min(initial=0.0))), float(max(0.0, values.max(initial=0.0)))
    reach = most - least
    if reach <= 0:
        return SignedBars(width, 0, np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.int64))
    zero = int(np.rint(-least / reach * width))
    # Each side that has bars has room for one cell.
    zero = min(max(zero, 1 if least < 0 else 0), width - (1 if most > 0 else 0))
    length = np.rint(np.abs(values) / reach * width).astype(np.int64)
    room = np.where(values < 0, zero, width - zero)
    length = np.where(values == 0, 0, np.clip(length, 1, np.maximum(room, 1)))
    start = np.where(values < 0, zero - length, zero)
    return SignedBars(width, zero, np.asarray(start, dtype=np.int64), np.asarray(length, dtype=np.int64))
