"""Who uses which pool: quantities and instance-hours by period."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from router.arrays import FloatArray
from router.difference.checked import period_numbers
from router.difference.codes import binned, codes_of
from router.difference.failure import DifferenceError
from router.plan.document import Plan, RunRecord

UseKey = tuple[str, str | None, str, bool]
"""Workload, stream (None for a run), pool, spot."""

_USE = itemgetter("workload", "stream", "pool", "spot")
_PERIOD, _SLICE = itemgetter("period"), itemgetter("slice")
_QUANTITY, _INSTANCES = itemgetter("quantity"), itemgetter("instances")


@dataclass(frozen=True)
class Uses:
    """U uses of pools over T periods. unit_hours (0 for runs) and instance_hours (U, T)."""

    keys: tuple[UseKey, ...]
    unit_hours: FloatArray
    instance_hours: FloatArray


def uses_of(plan: Plan) -> Uses:
    """What the plan serves and runs. Raises DifferenceError for a period or slice there is not."""
    records: list[dict[str, Any]] = [record.__dict__ for record in plan.serving]
    count = len(records)
    keys, use = codes_of(map(_USE, records), count)
    period = period_numbers(plan, "serving", map(_PERIOD, records), count)
    slices, part = codes_of(map(_SLICE, records), count)
    hours = _slice_hours(plan, slices)[period, part]
    quantity = np.fromiter(map(_QUANTITY, records), np.float64, count)
    instances = np.fromiter(map(_INSTANCES, records), np.float64, count)
    runs = {(run.workload, None, run.pool, run.spot): run for run in plan.runs}
    size, periods = len(keys) + len(runs), len(plan.periods)
    place = use * periods + period
    unit_hours = binned(place, quantity * hours, size, periods)
    instance_hours = binned(place, instances * hours, size, periods)
    for row, run in enumerate(runs.values(), start=len(keys)):
        instance_hours[row] = run.instances * _run_hours(plan, run)
    return Uses((*keys, *runs), unit_hours, instance_hours)


def _slice_hours(plan: Plan, slices: tuple[str, ...]) -> FloatArray:
    """Hours of the slices in each period, shape (T, H)."""
    for period in plan.periods:
        for name in slices:
            if name not in period.slice_hours:
                raise DifferenceError(
                    f"plan {plan.scenario.name!r}: serving: found slice {name!r}, expected one of "
                    f"{', '.join(period.slice_hours)}"
                )
    return np.array([[period.slice_hours[name] for name in slices] for period in plan.periods])


def _run_hours(plan: Plan, run: RunRecord) -> FloatArray:
    """Hours that a run pays for in each period (T,): whole periods until its hours are used up."""
    first, last = period_numbers(plan, "runs", (run.first_period, run.last_period), 2)
    length = np.array([period.hours for period in plan.periods])
    length[:first] = 0.0
    length[last + 1 :] = 0.0
    return np.asarray(np.clip(run.hours - (np.cumsum(length) - length), 0.0, length))
