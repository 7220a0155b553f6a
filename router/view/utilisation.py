"""How full pools are, period by period, with their ramps and what one more instance is worth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from router.arrays import FloatArray
from router.plan.document import Plan
from router.report import numbers
from router.report.period_groups import period_label
from router.report.pool_facts import PoolBook, PoolFacts
from router.report.pool_use import pool_capacity, pool_use
from router.report.table import RowRole
from router.scenario.scenario import Scenario

INSTANCES, ACCELERATORS, VCPUS = "instances", "accelerators", "vCPUs"


class Reading(StrEnum):
    """What the cells say."""

    SHARE = "share"
    USED = "used"
    SPOT = "spot"
    CAPACITY = "capacity"
    ADDED = "added"
    WORTH = "worth"


_WORDS = {
    Reading.SHARE: "part of the capacity in use in the busiest slice; `full` from the last instance",
    Reading.USED: "in use in the busiest slice, with what stands by",
    Reading.SPOT: "on spot, in the slice with most of it",
    Reading.CAPACITY: "capacity throughout the period",
    Reading.ADDED: "capacity more or less than in the period before",
    Reading.WORTH: "what one more instance for the period would save, at the margin, with runs held",
}
FULL = 1.0 - 1e-6
_NOTHING = 1e-9


@dataclass(frozen=True)
class PoolRow:
    """A pool; or, with ``pool`` None, its provider. ``unit``: what its numbers are in: instances of a pool, and of a
    provider the accelerators of its pools (vCPUs where it has none)."""

    provider: str
    pool: str | None
    label: str
    unit: str
    facts: PoolFacts | None
    depth: int
    role: RowRole


@dataclass(frozen=True)
class PoolUtilisation:
    """R rows over T periods: each provider, and below it its pools.

    used, spot, capacity, spot_capacity (R, T), in the row's unit: in use in the busiest slice of each pool, of it on
    spot, and what there is throughout the period. share (R, T): used over capacity, nan where there is no capacity.
    added (R, T): capacity more than in the period before, 0 in the first. worth_usd (R, T): of one more instance for
    the period; nan for providers and where no prices are known.
    """

    columns: tuple[str, ...]
    rows: tuple[PoolRow, ...]
    used: FloatArray
    spot: FloatArray
    capacity: FloatArray
    spot_capacity: FloatArray
    share: FloatArray
    added: FloatArray
    worth_usd: FloatArray

    def values(self, reading: Reading) -> FloatArray:
        """What the cells say, as numbers, shape (R, T)."""
        return {
            Reading.SHARE: self.share,
            Reading.USED: self.used,
            Reading.SPOT: self.spot,
            Reading.CAPACITY: self.capacity,
            Reading.ADDED: self.added,
            Reading.WORTH: self.worth_usd,
        }[reading]

    def shades(self, reading: Reading) -> FloatArray:
        """How dark cells are, 0 to 1, shape (R, T): shares of capacity; of worth, its part of the highest; of capacity
        and what is added, the part of the row's most."""
        match reading:
            case Reading.SHARE | Reading.USED:
                return np.clip(np.nan_to_num(self.share), 0.0, 1.0)
            case Reading.SPOT:
                return np.clip(_part(self.spot, self.capacity, 0.0), 0.0, 1.0)
            case Reading.CAPACITY | Reading.ADDED:
                values = np.abs(self.values(reading))
                return _part(values, np.broadcast_to(values.max(axis=1, keepdims=True, initial=0.0), values.shape), 0.0)
            case Reading.WORTH:
                worth = np.nan_to_num(self.worth_usd)
                return _part(worth, np.full_like(worth, worth.max(initial=0.0)), 0.0)

    def text(self, row: int, period: int, reading: Reading) -> str:
        """A cell as it is read; empty where there is nothing, `full` where nothing is left."""
        value = float(self.values(reading)[row, period])
        if not abs(value) > _NOTHING:
            return ""
        match reading:
            case Reading.SHARE:
                return "full" if value >= FULL else numbers.share(value)
            case Reading.WORTH:
                return numbers.money(value) if value >= 0.005 else ""
            case Reading.ADDED:
                return f"{'+' if value > 0 else ''}{numbers.count(value)}"
            case _:
                return numbers.count(value)

    def line(self, row: int, period: int) -> str:
        """All there is to say of a cell, in one line."""
        return f"{self.rows[row].label}, {self.columns[period]}: {self.use_words(row, period)}"

    def use_words(self, row: int, period: int) -> str:
        """What is in use in a cell, of how much, and what more would be worth."""
        there, used = float(self.capacity[row, period]), float(self.used[row, period])
        unit = self.rows[row].unit
        parts = [f"{numbers.count(used)} of {numbers.count(there)} {unit}"]
        if there > 0:
            parts[0] += f" ({self.text(row, period, Reading.SHARE) or numbers.share(0.0)})"
        if self.spot_capacity[row, period] > 0:
            spot, most = float(self.spot[row, period]), float(self.spot_capacity[row, period])
            parts.append(f"spot {numbers.count(spot)} of at most {numbers.count(most)}")
        if text := self.text(row, period, Reading.ADDED):
            parts.append(f"{text} since the period before")
        if text := self.text(row, period, Reading.WORTH):
            parts.append(f"one more instance is worth {text} at the margin")
        return "; ".join(parts)

    def ramp(self, row: int) -> tuple[tuple[str, float], ...]:
        """The first capacity and each later one that differs from the one before, with the period from which it is."""
        changes = [0, *(np.flatnonzero(self.added[row, 1:]) + 1).tolist()] if self.columns else []
        return tuple((self.columns[period], float(self.capacity[row, period])) for period in changes)

    def shown(self, folded: Collection[str] = ()) -> tuple[int, ...]:
        """Rows that are to be seen where these providers are folded."""
        return tuple(at for at, row in enumerate(self.rows) if row.pool is None or row.provider not in folded)

    def words(self, reading: Reading) -> str:
        """What the cells mean, in one line for the header."""
        return f"{reading}: {_WORDS[reading]}"


def utilisation(plan: Plan, scenario: Scenario, worth_usd: FloatArray | None = None) -> PoolUtilisation:
    """The utilisation of a scenario's pools. ``worth_usd`` (P, T) in the order of the scenario's pools
    (``router.view.capacity_worth``). Raises ValueError where its shape is another one."""
    pools, book = list(scenario.pools), PoolBook(scenario)
    facts = [book[pool] for pool in pools]
    use, (there, spot_there) = pool_use(plan, pools), pool_capacity(plan, scenario)
    if worth_usd is not None and worth_usd.shape != there.shape:
        raise ValueError(f"worth of capacity: found shape {worth_usd.shape}, expected {there.shape}")
    rows: list[PoolRow] = []
    weights: list[FloatArray] = []
    for provider in dict.fromkeys((*scenario.providers, *(fact.provider for fact in facts))):
        mine = [at for at, fact in enumerate(facts) if fact.provider == provider]
        if not mine:
            continue
        unit, weight = _together(facts, mine)
        rows.append(PoolRow(provider, None, provider, unit, None, 0, "subtotal"))
        weights.append(weight)
        for at in mine:
            rows.append(PoolRow(provider, pools[at], pools[at], INSTANCES, facts[at], 1, "plain"))
            weights.append(np.eye(1, len(pools), at)[0])
    matrix = np.array(weights).reshape(len(rows), len(pools))
    used, spot, capacity = matrix @ use.held, matrix @ use.spot, matrix @ there
    worth = np.full(used.shape, np.nan)
    if worth_usd is not None:
        of_pool = [at for at, row in enumerate(rows) if row.pool is not None]
        worth[of_pool] = worth_usd[[pools.index(rows[at].label) for at in of_pool]]
    return PoolUtilisation(
        columns=tuple(map(period_label, plan.periods)),
        rows=tuple(rows),
        used=used,
        spot=spot,
        capacity=capacity,
        spot_capacity=matrix @ spot_there,
        share=_part(used, capacity, np.nan),
        added=np.diff(capacity, axis=1, prepend=capacity[:, :1]),
        worth_usd=worth,
    )


def _together(facts: Sequence[PoolFacts], pools: Sequence[int]) -> tuple[str, FloatArray]:
    """What pools are counted in together, and how much of it an instance of each of all pools has, shape (P,)."""
    weight = np.zeros(len(facts))
    on_accelerators = any(facts[at].accelerators for at in pools)
    for at in pools:
        weight[at] = facts[at].accelerators if on_accelerators else facts[at].vcpu
    return ACCELERATORS if on_accelerators else VCPUS, weight


def _part(some: FloatArray, whole: FloatArray, otherwise: float) -> FloatArray:
    return np.divide(some, whole, out=np.full_like(some, otherwise), where=whole > 0)
