"""What is written into a burn-down chart beside its lines: shortfalls, spend that is carried, tier levels, windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from router.arrays import FloatArray
from router.report import numbers
from router.view.commitment_bars import HALF_A_CENT
from router.view.contracts import CommitmentCurve, CurveWindow

SHORT_SIGN, CARRY_SIGN = "!", "→"


class MarkKind(StrEnum):
    """What a mark is about, which decides how it looks and where its text stands."""

    SHORT = "short"
    CARRIED = "carried"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Mark:
    """A text at a point of the chart: a decimal year and USD that remain. It ends there, but for WINDOW: its middle.

    ``sign`` is the part that stays where the text has no room.
    """

    kind: MarkKind
    year: float
    remaining_usd: float
    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class TierLine:
    """A tier level over its window: reached where the curve comes down to it."""

    from_year: float
    to_year: float
    remaining_usd: float
    text: str


def burn_down_marks(curve: CommitmentCurve, at: int | None) -> tuple[Mark, ...]:
    """The marks of a curve, what must not be missed first. ``at``: the window that is looked at."""
    top = curve.highest_usd
    marks = [_short(window) for window in curve.windows if window.shortfall_usd > 0]
    if at is not None:
        window = curve.windows[at]
        middle = float(window.years[0] + window.years[-1]) / 2
        marks.append(Mark(MarkKind.WINDOW, middle, top, _number(at), str(at + 1)))
    marks += [_carried(window, top) for window in curve.windows if window.record.carried_out_usd >= HALF_A_CENT]
    return tuple(marks)


def tier_lines(curve: CommitmentCurve) -> tuple[TierLine, ...]:
    """Where the tier levels lie on a curve, for tier windows that are commitment windows too."""
    return tuple(line for window in curve.windows for line in _tiers(curve, window))


def even_pace_points(curve: CommitmentCurve, count: int) -> tuple[FloatArray, FloatArray]:
    """About ``count`` points of the even paces of all windows, in decimal years and USD."""
    years: list[FloatArray] = []
    amounts: list[FloatArray] = []
    whole = max(1e-9, float(curve.boundary_years[-1] - curve.boundary_years[0])) if len(curve.boundary_years) else 1.0
    for window in curve.windows:
        length = float(window.years[-1] - window.years[0])
        points = np.linspace(window.years[0], window.years[-1], max(2, round(count * length / whole)))
        years.append(points)
        amounts.append(np.interp(points, window.years, window.even_pace_usd))
    if not years:
        return np.zeros(0), np.zeros(0)
    return np.concatenate(years), np.concatenate(amounts)


def _short(window: CurveWindow) -> Mark:
    usd = numbers.money(window.shortfall_usd)
    return Mark(
        MarkKind.SHORT,
        float(window.years[-1]),
        float(window.remaining_usd[-1]),
        f"{usd} short {SHORT_SIGN}",
        SHORT_SIGN,
    )


def _carried(window: CurveWindow, top: float) -> Mark:
    usd = numbers.money(window.record.carried_out_usd)
    return Mark(MarkKind.CARRIED, float(window.years[-1]), top, f"{usd} {CARRY_SIGN}", CARRY_SIGN)


def _tiers(curve: CommitmentCurve, window: CurveWindow) -> Iterator[TierLine]:
    record = window.record
    for tier in curve.tiers:
        if (tier.start, tier.end) != (record.start, record.end):
            continue
        # Both end on the same day, so what was spent by then is known on both scales; credits come on that day.
        zero = float(window.remaining_usd[-1]) - tier.credit_usd + tier.spend_usd
        for at, level in enumerate(tier.levels, 1):
            reached = "reached" if level.is_reached else "not reached"
            text = f"tier {at}, {numbers.share(level.discount)}, {reached}"
            if level.from_usd > 0:
                yield TierLine(float(window.years[0]), float(window.years[-1]), zero - level.from_usd, text)


def _number(at: int) -> str:
    return f"window {at + 1}"
