"""A plan's model with its values, looked up by what a planner names."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from router.arrays import FloatArray, Ids
from router.model.model import Model
from router.why.periods import period_name
from router.why.rows import RowBook

ROUND_OFF = 1e-6
"""Share of a size below which a quantity counts as none."""


class PlanBook:
    """Model, values (n,) of the plan, and what follows from the two."""

    def __init__(self, model: Model, values: FloatArray) -> None:
        self.model = model
        self.problem = model.problem
        self.values = values
        self.rows = RowBook(model)
        self.activity = self.rows.activity(values)

    def column(self, block: str, *index: int) -> int:
        """The column of a decision at an index; -1 where there is none."""
        ids = self.model.columns.ids(block)
        if ids.ndim != len(index) or any(i < 0 or i >= size for i, size in zip(index, ids.shape, strict=True)):
            return -1
        return int(ids[index])

    def value(self, column: int) -> float:
        """The plan's value of a column, 0 where there is none."""
        return float(self.values[column]) if column >= 0 else 0.0

    def period(self, period: int) -> str:
        """The period's name."""
        return period_name(self.problem.calendar, period)

    def when(self, period: int, part: int | None) -> str:
        """``2026-07``, with the slice where there are several and one is meant."""
        slices = self.problem.calendar.slices
        if part is None or len(slices) == 1:
            return self.period(period)
        return f"{self.period(period)} {slices[part]}"

    @cached_property
    def served(self) -> FloatArray:
        """Units that each pair serves, shape (N, T, H)."""
        ids = self.model.columns.ids("serve")
        return np.where(ids >= 0, self.values[np.maximum(ids, 0)], 0.0)

    @cached_property
    def rented(self) -> FloatArray:
        """Instances rented on each line, shape (L, T, H)."""
        total = np.zeros(self.model.columns.ids("rent").shape)
        for block in ("rent", "rent_run"):
            ids = self.model.columns.ids(block)
            total += np.where(ids >= 0, self.values[np.maximum(ids, 0)], 0.0)
        return total

    @cached_property
    def reserved(self) -> FloatArray:
        """Reserved instances that each pool holds, shape (P, T)."""
        cohorts, ids = self.problem.cohorts, self.model.columns.ids("reserve")
        total = np.zeros_like(self.problem.pools.capacity)
        count = np.where(ids >= 0, self.values[np.maximum(ids, 0)], 0.0)
        np.add.at(total, cohorts.pool, np.where(cohorts.covers, count[:, None], 0.0))
        return total

    @cached_property
    def held_by_runs(self) -> FloatArray:
        """Instances that the plan's training runs hold of each pool, firm and spot together, shape (P, T)."""
        runs, ids = self.problem.runs, self.model.columns.ids("run")
        total = np.zeros_like(self.problem.pools.capacity)
        chosen = np.round(self.values[ids[runs.hold_run]]) * runs.instances[runs.hold_run]
        np.add.at(total, (runs.pool[runs.hold_run], runs.hold_period), chosen)
        return total

    @cached_property
    def used(self) -> FloatArray:
        """Instances of each pool that are rented, reserved or in use, whichever is more, shape (P, T, H)."""
        pools, pairs, lines = self.problem.pools, self.problem.pairs, self.problem.lines
        shape = (*pools.capacity.shape, len(self.problem.calendar.slices))
        use, held = np.zeros(shape), np.zeros(shape)
        np.add.at(use, pairs.pool, self.served / pairs.throughput[:, None, None])
        np.add.at(held, lines.pool, self.rented)
        return np.maximum(use + self.held_by_runs[:, :, None], held + self.reserved[:, :, None])

    @cached_property
    def spot_used(self) -> FloatArray:
        """The same of each pool's spot instances, shape (P, T, H)."""
        pools, pairs, lines, runs = (self.problem.pools, self.problem.pairs, self.problem.lines, self.problem.runs)
        shape = (*pools.capacity.shape, len(self.problem.calendar.slices))
        use, held = np.zeros(shape), np.zeros(shape)
        spot = pairs.spot
        np.add.at(use, pairs.pool[spot], self.served[spot] / pairs.throughput[spot, None, None])
        np.add.at(held, lines.pool[lines.spot], self.rented[lines.spot])
        mine = runs.spot[runs.hold_run]
        run, period = runs.hold_run[mine], runs.hold_period[mine]
        chosen = np.round(self.values[self.model.columns.ids("run")[run]]) * runs.instances[run]
        np.add.at(use, (runs.pool[run], period), chosen[:, None])
        return np.maximum(use, held)

    def lines_of_offer(self, offer: int) -> Ids:
        """Rental lines of an offer."""
        return np.flatnonzero(self.problem.lines.offer == offer)
