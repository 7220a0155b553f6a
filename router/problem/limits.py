"""Limits over the whole plan as arrays: cash ceilings and provider shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolKinds
from router.scenario.limits import CashCeiling, ProviderShare


@dataclass(frozen=True)
class CashCeilings:
    """Y ceilings that overlap the horizon. number (Y,) in the scenario's list; usd, penalty (Y,);
    by_hours (Y, T): share of each period's hours in the year; by_last_day (Y, T): 1 where the period's last day
    lies in the year; last_period (Y,)."""

    number: NDArray[np.int64]
    year: NDArray[np.int64]
    usd: FloatArray
    penalty: FloatArray
    by_hours: FloatArray
    by_last_day: FloatArray
    last_period: NDArray[np.int64]


@dataclass(frozen=True)
class ProviderShares:
    """Q limits: weight (Q, P) accelerators or vCPUs of an instance; of_provider (Q, P) bool; present (Q, T) bool;
    min_share, max_share, penalty (Q,)."""

    names: tuple[str, ...]
    measure: tuple[str, ...]
    weight: FloatArray
    of_provider: BoolArray
    present: BoolArray
    min_share: FloatArray
    max_share: FloatArray
    penalty: FloatArray


def year_shares(year: int, calendar: Calendar) -> tuple[FloatArray, FloatArray]:
    """Share of each period's hours in a calendar year, and whether its last day lies in it. Shapes (T,)."""
    by_hours = calendar.overlap_share(date(year, 1, 1), date(year + 1, 1, 1))
    by_last_day = np.array([date.fromordinal(int(day) - 1).year == year for day in calendar.last_day])
    return by_hours, by_last_day.astype(np.float64)


def build_cash(ceilings: Sequence[CashCeiling], calendar: Calendar) -> CashCeilings:
    """Ceilings of years that the horizon touches."""
    rows = []
    for number, ceiling in enumerate(ceilings):
        by_hours, by_last_day = year_shares(ceiling.year, calendar)
        if by_hours.any():
            rows.append((number, ceiling, by_hours, by_last_day))
    shape = (len(rows), calendar.periods)
    return CashCeilings(
        number=np.array([row[0] for row in rows], dtype=np.int64),
        year=np.array([row[1].year for row in rows], dtype=np.int64),
        usd=np.array([row[1].usd for row in rows], dtype=np.float64),
        penalty=np.array([row[1].breach_penalty for row in rows], dtype=np.float64),
        by_hours=np.array([row[2] for row in rows]).reshape(shape),
        by_last_day=np.array([row[3] for row in rows]).reshape(shape),
        last_period=np.array([np.flatnonzero(row[2])[-1] for row in rows], dtype=np.int64),
    )


def build_shares(limits: Mapping[str, ProviderShare], pools: PoolKinds, calendar: Calendar) -> ProviderShares:
    """Provider share limits in file order."""
    weights, of_provider, present = [], [], []
    for limit in limits.values():
        weights.append(
            pools.accelerators
            if limit.measure == "accelerators"
            else np.where(pools.accelerators == 0, pools.vcpu, 0.0)
        )
        of_provider.append(pools.provider_name == limit.provider)
        present.append(calendar.lies_within(limit.start or calendar.horizon_start, limit.end or calendar.horizon_end))
    values = list(limits.values())
    return ProviderShares(
        names=tuple(limits),
        measure=tuple(limit.measure for limit in values),
        weight=np.array(weights).reshape(len(values), pools.count),
        of_provider=np.array(of_provider, dtype=bool).reshape(len(values), pools.count),
        present=np.array(present, dtype=bool).reshape(len(values), calendar.periods),
        min_share=np.array([limit.min_share for limit in values], dtype=np.float64),
        max_share=np.array([limit.max_share for limit in values], dtype=np.float64),
        penalty=np.array([limit.breach_penalty_usd_per_hour for limit in values], dtype=np.float64),
    )
