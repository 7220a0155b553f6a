"""One timeline for two plans: their periods where these are the same, else the pieces that both can be cut into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids


@dataclass(frozen=True)
class Timeline:
    """G pieces of time in order. Piece g runs from boundaries[g] to boundaries[g + 1].

    period_before, period_after (G,): the plan's period that holds the piece, -1 where it has none; share_before,
    share_after (G,): the piece's days as a share of the period's.
    """

    boundaries: tuple[date, ...]
    period_before: Ids
    period_after: Ids
    share_before: FloatArray
    share_after: FloatArray
    same_periods: bool

    @property
    def common(self) -> BoolArray:
        """Pieces that lie in both plans' horizons, shape (G,)."""
        return np.asarray((self.period_before >= 0) & (self.period_after >= 0))

    def of_before(self, values: FloatArray) -> FloatArray:
        """The first plan's values (R, T), each spread evenly over its period, by pieces (R, G)."""
        return values if self.same_periods else _spread(values, self.period_before, self.share_before)

    def of_after(self, values: FloatArray) -> FloatArray:
        """The second plan's values (R, T) by pieces (R, G)."""
        return values if self.same_periods else _spread(values, self.period_after, self.share_after)

    def span(self, differs: BoolArray) -> tuple[date, date]:
        """From the first to the last piece that differs (G,). At least one does."""
        at = np.flatnonzero(differs)
        return self.boundaries[int(at[0])], self.boundaries[int(at[-1]) + 1]


def timeline(before: Sequence[date], after: Sequence[date]) -> Timeline:
    """The timeline of two plans from the boundaries of their periods (T + 1 dates each)."""
    same = tuple(before) == tuple(after)
    boundaries = tuple(before) if same else tuple(sorted({*before, *after}))
    days = np.array([day.toordinal() for day in boundaries])
    period_before, share_before = _periods_of(days, before)
    period_after, share_after = _periods_of(days, after)
    return Timeline(boundaries, period_before, period_after, share_before, share_after, same)


def _periods_of(days: Ids, boundaries: Sequence[date]) -> tuple[Ids, FloatArray]:
    own = np.array([day.toordinal() for day in boundaries])
    period = np.searchsorted(own, days[:-1], side="right") - 1
    inside = (period >= 0) & (period < len(own) - 1)
    period = np.where(inside, period, -1)
    share = np.where(inside, np.diff(days) / np.diff(own)[period], 0.0)
    return period, share


def _spread(values: FloatArray, period: Ids, share: FloatArray) -> FloatArray:
    return np.asarray(np.where(period >= 0, values[:, period], 0.0) * share)
