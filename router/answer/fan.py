"""How cash runs over time in draws: percentiles for each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from router.answer.spread import percentiles_of
from router.arrays import FloatArray
from router.outcome.outcome import Outcome
from router.scenario.dates import period_boundaries
from router.scenario.horizon import Horizon


@dataclass(frozen=True)
class Fan:
    """Cash over T periods in ``count`` draws, not discounted.

    ``boundaries``: T + 1 days. ``cash_usd`` and ``cumulative_usd``: shape (5, T), percentiles of each period's cash
    and of the cash up to its end; a percentile's line is no single draw. ``reference_cash_usd``: (T,) of what the
    draws are compared with, None where it has other periods. ``left_out``: draws with other periods.
    """

    count: int
    boundaries: tuple[date, ...]
    cash_usd: FloatArray
    cumulative_usd: FloatArray
    reference_cash_usd: FloatArray | None
    left_out: int

    @property
    def months(self) -> FloatArray:
        """Length of each period in months of 30.4 days, shape (T,): cash over it is USD a month."""
        days = [(end - start).days for start, end in pairwise(self.boundaries)]
        return np.asarray(days, dtype=np.float64) / (365.25 / 12)


def fan_of(outcomes: Sequence[Outcome], reference: Outcome | None, horizon: Horizon) -> Fan | None:
    """The fan of outcomes over the periods of ``horizon``; None where none has these periods."""
    boundaries = tuple(period_boundaries(horizon))
    periods = len(boundaries) - 1
    alike = [outcome.cash_by_period_usd for outcome in outcomes if len(outcome.cash_by_period_usd) == periods]
    if not alike or not periods:
        return None
    cash = np.asarray(alike, dtype=np.float64)
    known = reference is not None and len(reference.cash_by_period_usd) == periods
    return Fan(
        count=len(alike),
        boundaries=boundaries,
        cash_usd=percentiles_of(cash),
        cumulative_usd=percentiles_of(cash.cumsum(axis=1)),
        reference_cash_usd=np.asarray(reference.cash_by_period_usd) if reference is not None and known else None,
        left_out=len(outcomes) - len(alike),
    )
