"""How much of each pool a plan holds, period by period, and how much there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from router.arrays import FloatArray
from router.report.pool_facts import least_value

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

_PLACE = attrgetter("pool", "period", "slice")
_INSTANCES, _SPOT = attrgetter("instances"), attrgetter("spot")


@dataclass(frozen=True)
class PoolUse:
    """Instances held in the busiest slice of each period, shape (P, T) each.

    ``held``: by services and runs; ``spot``: on spot, in the slice where that is most.
    """

    held: FloatArray
    spot: FloatArray


def pool_use(plan: Plan, pools: Sequence[str]) -> PoolUse:
    """What the plan holds of the pools named; what it holds of others is left out."""
    number = {pool: at for at, pool in enumerate(pools)}
    slices = {name: at for at, name in enumerate(dict.fromkeys(record.slice for record in plan.serving))}
    shape = (len(pools), len(plan.periods), max(1, len(slices)))
    records = [record for record in plan.serving if record.pool in number]
    count = len(records)
    flat = np.fromiter(
        ((number[pool] * shape[1] + period) * shape[2] + slices[part] for pool, period, part in map(_PLACE, records)),
        np.int64,
        count,
    )
    instances = np.fromiter(map(_INSTANCES, records), np.float64, count)
    on_spot = np.fromiter(map(_SPOT, records), np.bool_, count)
    size = shape[0] * shape[1] * shape[2]
    serving = np.bincount(flat, instances, size).astype(np.float64).reshape(shape)
    spot = np.bincount(flat, instances * on_spot, size).astype(np.float64).reshape(shape)
    runs = runs_held(plan, pools)
    return PoolUse(held=serving.max(axis=2) + runs.sum(axis=0), spot=spot.max(axis=2) + runs[1])


def runs_held(plan: Plan, pools: Sequence[str]) -> FloatArray:
    """Instances that training runs hold of the pools named, from the first to the last period of each: firm, and on
    spot, shape (2, P, T)."""
    number = {pool: at for at, pool in enumerate(pools)}
    held = np.zeros((2, len(pools), len(plan.periods)))
    for run in plan.runs:
        if run.pool in number:
            held[int(run.spot), number[run.pool], run.first_period : run.last_period + 1] += run.instances
    return held


def pool_capacity(plan: Plan, scenario: Scenario) -> tuple[FloatArray, FloatArray]:
    """Instances that the scenario's pools have throughout each of the plan's periods, and how many can be spot, shape
    (P, T) each."""
    spans = [(period.start, period.end) for period in plan.periods]
    shape = (len(scenario.pools), len(spans))
    capacity, spot = np.empty(shape), np.empty(shape)
    for row, pool in enumerate(scenario.pools.values()):
        for steps, found in ((pool.capacity, capacity), (pool.spot_capacity, spot)):
            found[row] = [least_value(steps, *span) for span in spans] if isinstance(steps, dict) else steps
    return capacity, np.minimum(spot, capacity)
