"""The horizon's dates, where it is short enough to have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from router.scenario.dates import period_boundaries
from router.scenario.horizon import Horizon

MOST_PERIODS = 5000
MOST_YEARS = 100
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


@dataclass(frozen=True)
class Span:
    """The first day of the horizon, of its last period, the first day after it, and how many periods it has."""

    start: date
    last_start: date
    end: date
    periods: int


def periods_of(horizon: Horizon) -> int:
    """How many periods a horizon has."""
    return sum(group.count for group in horizon.periods)


def years_of(horizon: Horizon) -> float:
    """How long a horizon is at most, in years."""
    return sum(group.count * _DAYS[group.every] for group in horizon.periods) / 366


def span_of(horizon: Horizon) -> Span | None:
    """The dates of a horizon; None for one that is refused as too long."""
    if periods_of(horizon) > MOST_PERIODS or years_of(horizon) > MOST_YEARS:
        return None
    boundaries = period_boundaries(horizon)
    return Span(boundaries[0], boundaries[-2], boundaries[-1], len(boundaries) - 1)
