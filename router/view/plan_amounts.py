"""What a plan serves, runs and leaves out, as amounts by period: what allocations are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.difference.uses import uses_of
from router.plan.document import Plan

UNSERVED = ""
"""Stands for the pool of demand that is left out: no pool has this name."""


@dataclass(frozen=True)
class Amounts:
    """B amounts over T periods: each a workload (or one of its streams) in a pool, firm or on spot, or left out.

    ``streams``: None for training jobs. units, instances (B, T) are averages over the hours of each period; a run
    counts with all its instances in each period that it holds, and its units are instances. A job left out counts as
    1 unit in the period of its deadline.
    """

    workloads: tuple[str, ...]
    streams: tuple[str | None, ...]
    pools: tuple[str, ...]
    spot: BoolArray
    units: FloatArray
    instances: FloatArray

    @property
    def count(self) -> int:
        """B."""
        return len(self.workloads)


def amounts_of(plan: Plan) -> Amounts:
    """All amounts of a plan: what is served, then runs, then what is left out. Raises DifferenceError for a period or
    slice there is not."""
    uses = uses_of(plan)
    hours = np.array([period.hours for period in plan.periods])
    units, instances = uses.unit_hours / hours, uses.instance_hours / hours
    row_of_run = {key: row for row, key in enumerate(uses.keys) if key[1] is None}
    for run in plan.runs:
        row = row_of_run[run.workload, None, run.pool, run.spot]
        instances[row] = 0.0
        instances[row, run.first_period : run.last_period + 1] = run.instances
        units[row] = instances[row]
    left_out: dict[tuple[str, str | None], FloatArray] = {}
    for record in plan.unserved:
        row_units = left_out.setdefault((record.workload, record.stream), np.zeros(len(hours)))
        if record.slice is None:
            row_units[record.period] += record.quantity
        else:
            period = plan.periods[record.period]
            row_units[record.period] += record.quantity * period.slice_hours[record.slice] / period.hours
    missing = np.array(list(left_out.values())).reshape(-1, len(hours))
    return Amounts(
        workloads=(*(key[0] for key in uses.keys), *(workload for workload, _ in left_out)),
        streams=(*(key[1] for key in uses.keys), *(stream for _, stream in left_out)),
        pools=(*(key[2] for key in uses.keys), *(UNSERVED for _ in left_out)),
        spot=np.array([*(key[3] for key in uses.keys), *(False for _ in left_out)], dtype=bool),
        units=np.concatenate([units, missing]),
        instances=np.concatenate([instances, np.zeros_like(missing)]),
    )
