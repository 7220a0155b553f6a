"""What is left of two plans' promises over time, as bars on one scale that stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.report import numbers
from router.view.cost_stack import EIGHTHS, round_top
from router.view.decimal_years import axis_ticks

if TYPE_CHECKING:
    from router.view.compare import PairedCurves
    from router.view.contracts import CommitmentCurve

_TICK_WIDTH = 7


@dataclass(frozen=True)
class CurveBars:
    """One plan's course in W columns. `left_usd` (W,): what is left to spend, 0 where more was spent, NaN where no
    window runs. `is_short` (W,): the column in which a window ends that is missed."""

    left_usd: FloatArray
    is_short: BoolArray

    def eighths(self, top_usd: float, height: int) -> Ids:
        """How high each column is, in eighths of a row (W,); what is above 0 is at least one."""
        left = np.nan_to_num(self.left_usd)
        if top_usd <= 0:
            return np.zeros(len(left), dtype=np.int64)
        scaled = np.rint(left / top_usd * height * EIGHTHS).astype(np.int64)
        return np.where(left > top_usd * 1e-6, np.maximum(1, scaled), 0)


@dataclass(frozen=True)
class PairedBars:
    """Both courses on one scale of money and time. `ticks`: columns and labels of the axis."""

    before: CurveBars
    after: CurveBars
    top_usd: float
    ticks: tuple[tuple[int, str], ...]

    @property
    def top_words(self) -> str:
        """The top of the scale."""
        return numbers.money(self.top_usd)


def paired_bars(pair: PairedCurves, width: int) -> PairedBars:
    """Both courses in `width` columns each, from the first window of either plan to the last."""
    width = max(2, width)
    curves = [curve for curve in (pair.before, pair.after) if curve is not None]
    first = min(float(curve.years[0]) for curve in curves)
    last = max(float(curve.years[-1]) for curve in curves)
    before, after = (_bars(curve, first, last, width) for curve in (pair.before, pair.after))
    highest = max(float(np.nan_to_num(each.left_usd).max(initial=0.0)) for each in (before, after))
    scale = width / max(last - first, 1e-9)
    ticks = []
    for year, label in axis_ticks(first, last, max(1, width // _TICK_WIDTH)):
        column = int((year - first) * scale)
        if column + len(label) <= width:
            ticks.append((column, label))
    return PairedBars(before, after, round_top(highest), tuple(ticks))


def _bars(curve: CommitmentCurve | None, first: float, last: float, width: int) -> CurveBars:
    left = np.full(width, np.nan)
    short = np.zeros(width, dtype=np.bool_)
    if curve is None:
        return CurveBars(left, short)
    step = (last - first) / width
    # The first moment of each column, so that a window begins with all of its promise.
    at = first + np.arange(width) * step
    for window in curve.windows:
        inside = (at >= window.years[0] - step / 2) & (at < window.years[-1] - step / 2)
        left[inside] = np.maximum(0.0, np.interp(at[inside], window.years, window.remaining_usd))
        if window.shortfall_usd > 0:
            end = min(width - 1, max(0, int(np.ceil((window.years[-1] - first) / max(step, 1e-12) - 0.5)) - 1))
            short[end] = True
    return CurveBars(left, short)
