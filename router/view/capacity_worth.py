"""What one more instance of each pool in each period is worth, for all of them at once."""

from __future__ import annotations

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.engine.solution import Solution
from router.model.model import Model

_FAMILIES = frozenset({"pool_capacity", "rented_capacity"})


def known_worth_usd(model: Model, solution: Solution) -> FloatArray | None:
    """As ``capacity_worth_usd``; None for a solution without prices."""
    return capacity_worth_usd(model, solution) if _has_prices(model, solution) else None


def capacity_worth_usd(model: Model, solution: Solution) -> FloatArray:
    """What one more instance for the whole period would save, in USD of the period (undiscounted), shape (P, T).

    At the margin, with runs, whole instances and price tiers held as the plan has them: from the duals of all rows and
    bounds that a pool's capacity stands in, as ``Explainer.limits.capacity`` names them. Where the plan stands at a
    corner, the value lies between what one more saves and what one fewer costs; where instances are whole, only a pool
    whose capacity is rented to the last instance has a worth. 0 where capacity is left. Raises ValueError for a
    solution without prices.
    """
    program, problem = model.program, model.problem
    if not _has_prices(model, solution):
        raise ValueError(
            f"worth of capacity: found {len(solution.row_duals)} prices of rows, expected {program.rows}: "
            "a solution of this model"
        )
    worth = np.zeros(problem.pools.capacity.shape)
    first = 0
    for family in model.rows:
        if family.family in _FAMILIES:
            duals = solution.row_duals[first : first + family.count]
            np.add.at(worth, (family.keys["pool"], family.keys["period"]), np.maximum(0.0, -duals))
        first += family.count
    # Bounds of columns that are the pool's room.
    saved = np.maximum(0.0, -solution.reduced_costs)
    # A whole number that is held below its bound has a price too, which is none of the capacity's.
    saved[program.is_integer & (solution.values < program.upper * (1.0 - 1e-9))] = 0.0
    saved = np.append(saved, 0.0)
    firm = ~problem.lines.spot
    # rent_run has the same bound and never reaches it: a run that ends within a period rents for a part of it.
    np.add.at(worth, problem.lines.pool[firm], saved[model.columns.ids("rent")[firm]].sum(axis=2))
    cohort, period = np.nonzero(_bound_by_one_period(model))
    reserve = model.columns.ids("reserve")[cohort]
    np.add.at(worth, (problem.cohorts.pool[cohort], period), saved[reserve])
    return worth * program.usd_per_unit / problem.calendar.discount


def _has_prices(model: Model, solution: Solution) -> bool:
    program = model.program
    return len(solution.row_duals) == program.rows and len(solution.reduced_costs) == program.columns


def _bound_by_one_period(model: Model) -> BoolArray:
    """The one period, if there is one, whose capacity alone bounds how much can be reserved in a cohort, (R, T)."""
    cohorts, capacity = model.problem.cohorts, model.problem.pools.capacity
    reserve = model.columns.ids("reserve")
    there = capacity[cohorts.pool]
    most = np.where(cohorts.covers, np.minimum(there, cohorts.max_instances), np.inf)
    least = most.min(axis=1, initial=np.inf, keepdims=True)
    at_least = (most == least) & cohorts.covers
    alone = at_least & (at_least.sum(axis=1, keepdims=True) == 1) & (there < cohorts.max_instances)
    whole = model.program.is_integer[np.maximum(reserve, 0)]
    return np.asarray(alone & ((reserve >= 0) & ~whole)[:, None])
