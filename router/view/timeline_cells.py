"""Where the rows of a timeline are drawn: cells of a line of letters, so that a widget has nothing to work out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from router.arrays import FloatArray
from router.report.time_axis import TimeAxis
from router.view.timeline import Timeline, TimelineRow

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Cells from ``first`` to ``last``, both in it. ``before``, ``after``: it goes on beyond the axis."""

    first: int
    last: int
    before: bool = False
    after: bool = False


@dataclass(frozen=True)
class RowCells:
    """What to draw on a row: the time that it may run in, and its run; None where there is none on this axis."""

    window: Span | None
    run: Span | None


def axis_of(found: Timeline, columns: int) -> TimeAxis:
    """The whole horizon in at least one column."""
    return TimeAxis(found.periods[0].start, found.periods[-1].end, max(1, columns))


def cells_of(row: TimelineRow, axis: TimeAxis) -> RowCells:
    """Cells of a row on an axis, which may show a part of the horizon only."""
    window = run = None
    if row.earliest_start is not None and row.deadline is not None:
        window = _span(row.earliest_start, row.deadline - _DAY, axis)
    if row.start is not None and row.end is not None:
        run = _span(row.start, row.end, axis)
    return RowCells(window, run)


def share_of_cells(found: Timeline, row: int, axis: TimeAxis) -> FloatArray:
    """The part of a pool's capacity that runs hold at the middle of each cell, shape (columns,); nan outside the
    horizon and where there is no capacity."""
    starts = np.array([period.start.toordinal() for period in found.periods])
    days = np.array([axis.middle(column).toordinal() for column in range(axis.columns)])
    at = np.searchsorted(starts, days, side="right") - 1
    within = (at >= 0) & (days < found.periods[-1].end.toordinal())
    return np.where(within, found.share[row, np.maximum(at, 0)], np.nan)


def _span(first: date, last: date, axis: TimeAxis) -> Span | None:
    """Days ``first`` to ``last``, both in it, on the axis; at least one cell where any day is on it."""
    if last < first or last < axis.start or first >= axis.end:
        return None
    return Span(axis.column(first), axis.column(last), before=first < axis.start, after=last >= axis.end)
