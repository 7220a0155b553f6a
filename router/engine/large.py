"""Programs too large for the simplex method: rough prices of everything that ties periods together, then
period after period by itself under those prices.

An interior point method without crossover gives row prices and about optimal values. The prices alone prove a
lower bound (dual_bound.py). For a plan, runs are rounded job by job, reservations stay as they are, each period's
program is solved exactly, and what settles at the end (shortfalls, carries, tiers) follows from the spend.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from router.arrays import BoolArray, FloatArray, Ids
from router.engine.dual_bound import reduced_costs
from router.engine.settings import IntegerBackend
from router.engine.solver_process import (
    IntegerRequest,
    PricesRequest,
    find_prices,
    solve_integer_program,
)
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.blocks import Blocks
from router.model.linear_program import ColumnKind, LinearProgram

LARGE = 60_000
"""Columns from which this way is taken. The usual way found no plan for 97 thousand columns in 200 s; this one took
112 s of processor time for 291 thousand (97 thousand rows), to a gap of 3.6e-4."""

_TOLERANCE = 3e-4
"""Of the interior point method; what it costs in the bound is part of the plan's gap."""

_SLACK = 1e-7
"""Share of a limit by which reservations stay below it, so that no period fails by rounding."""


def fits(program: LinearProgram, blocks: Blocks | None) -> bool:
    """Whether the program is large, has periods and no whole instances."""
    whole = bool((program.kind == ColumnKind.WHOLE).any())
    return blocks is not None and program.columns >= LARGE and not whole


def about_optimal(program: LinearProgram, upper: FloatArray, stop: StopSignal) -> tuple[FloatArray, FloatArray] | None:
    """Values (n,) and row prices (m,) near those of the relaxation, or None. ``upper``: most_of_columns."""
    # Columns run from 0 to about 1 and the largest entry of a row is about 1: a third of the iterations less.
    size = np.where(np.isfinite(upper) & (upper > 0), upper, 1.0)
    scale = 2.0 ** np.round(np.log2(np.maximum(size, 1e-3)))
    values = program.values * scale[program.column_indices]
    largest = np.zeros(program.rows)
    row = program.row_of_entry
    np.maximum.at(largest, row, np.abs(values))
    row_scale = 2.0 ** -np.round(np.log2(np.where(largest > 0, largest, 1.0)))
    scaled = replace(
        program,
        objective=program.objective * scale,
        lower=program.lower / scale,
        upper=program.upper / scale,
        row_lower=program.row_lower * row_scale,
        row_upper=program.row_upper * row_scale,
        values=values * row_scale[row],
    )
    answer = find_prices(PricesRequest(scaled, _TOLERANCE, stop.remaining_seconds), stop)
    if answer.values is None or answer.row_prices is None:
        return None
    return answer.values * scale, answer.row_prices * row_scale


def plan_by_period(
    program: LinearProgram,
    blocks: Blocks,
    values: FloatArray,
    prices: FloatArray,
    upper: FloatArray,
    stop: StopSignal,
) -> LinearAnswer | None:
    """A plan near ``values`` (n,) under row prices (m,), or None where none is found. upper: most_of_columns."""
    return _ByPeriod(program, blocks, values, prices, upper, stop).run()


class _ByPeriod:
    def __init__(
        self,
        program: LinearProgram,
        blocks: Blocks,
        values: FloatArray,
        prices: FloatArray,
        upper: FloatArray,
        stop: StopSignal,
    ) -> None:
        self._program = program
        self._blocks = blocks
        self._prices = prices
        self._upper = upper
        self._stop = stop
        shape = (program.rows, program.columns)
        self._rows = csr_matrix((program.values, program.column_indices, program.row_starts), shape=shape)
        self._columns = csc_matrix(self._rows)
        self._near = np.clip(values, program.lower, program.upper)
        self._plan = np.zeros(program.columns)

    def run(self) -> LinearAnswer | None:
        program, blocks = self._program, self._blocks
        jobs = self._job_rows()
        shared = self._shared(jobs)
        reserved = shared.copy()
        reserved[self._rows[jobs].indices] = False
        self._hold_reservations(reserved)
        self._choose_runs(jobs)
        for period in range(blocks.count):
            columns = np.flatnonzero(blocks.column_period == period)
            rows = np.flatnonzero(blocks.row_period == period)
            if not self._solve_period(rows, columns):
                return None
        if not self._settle(np.flatnonzero((blocks.column_period < 0) & ~shared), jobs):
            return None
        objective = float(program.objective @ self._plan) + program.objective_offset
        costs = reduced_costs(program, self._prices)
        return LinearAnswer(LinearStatus.OPTIMAL, objective, self._plan, self._prices, costs)

    def _job_rows(self) -> Ids:
        program = self._program
        runs = np.bincount(
            program.row_of_entry,
            weights=program.kind[program.column_indices] == ColumnKind.RUN,
            minlength=program.rows,
        )
        exactly_one = (program.row_lower == 1.0) & (program.row_upper == 1.0)
        return np.flatnonzero((runs > 0) & exactly_one & (self._blocks.row_period < 0))

    def _shared(self, jobs: Ids) -> BoolArray:
        """Columns of no period that rows of periods hold, and all of the jobs' (n,)."""
        in_periods = np.zeros(self._program.columns, dtype=np.bool_)
        in_periods[self._rows[self._blocks.row_period >= 0].indices] = True
        in_periods[self._rows[jobs].indices] = True
        return np.asarray(in_periods & (self._blocks.column_period < 0))

    def _hold_reservations(self, reserved: BoolArray) -> None:
        """Reservations as they are near the optimum, a little less where they miss a limit."""
        program, columns = self._program, np.flatnonzero(reserved)
        part = self._rows[:, columns].maximum(0).tocoo()
        used = np.asarray(part @ self._near[columns])
        limited = np.isfinite(program.row_upper) & (program.row_upper > 0) & (self._blocks.row_period >= 0)
        room = np.ones(program.rows)
        over = limited & (used > (1 - _SLACK) * program.row_upper)
        room[over] = (1 - _SLACK) * program.row_upper[over] / used[over]
        share = np.ones(len(columns))
        np.minimum.at(share, part.col, room[part.row])
        self._plan[columns] = np.maximum(self._near[columns] * share, program.lower[columns])

    def _choose_runs(self, jobs: Ids) -> None:
        """For each job the likeliest candidate for which every period still has room; surest jobs first."""
        program, near = self._program, self._near
        most = np.where(self._blocks.column_period >= 0, self._upper, self._plan)
        above = program.row_upper - self._rows.minimum(0) @ most
        below = self._rows.maximum(0) @ most - program.row_lower
        candidates = [self._rows.indices[self._rows.indptr[row] : self._rows.indptr[row + 1]] for row in jobs]
        for job in sorted(candidates, key=lambda columns: -near[columns].max()):
            for column in job[np.argsort(-near[job], kind="stable")]:
                span = slice(self._columns.indptr[column], self._columns.indptr[column + 1])
                held, load = self._columns.indices[span], self._columns.data[span]
                in_period = self._blocks.row_period[held] >= 0
                held, load = held[in_period], load[in_period]
                if np.all(load <= above[held]) and np.all(-load <= below[held]):
                    above[held] -= np.maximum(load, 0.0)
                    below[held] += np.minimum(load, 0.0)
                    self._plan[column] = 1.0
                    break

    def _solve_period(self, rows: Ids, columns: Ids) -> bool:
        """The period's own columns, with what went before as it is and later periods at their prices."""
        prices = self._prices.copy()
        prices[rows] = 0.0
        objective = self._program.objective[columns] - self._columns[:, columns].T @ prices
        part = replace(self._part(rows, columns), objective=objective, kind=np.zeros(len(columns), dtype=np.int8))
        answer = WarmLinearProgram(part).solve(self._stop)
        if answer.status is not LinearStatus.OPTIMAL:
            return False
        self._plan[columns] = answer.values
        return True

    def _settle(self, columns: Ids, jobs: Ids) -> bool:
        rows = np.setdiff1d(np.flatnonzero(self._blocks.row_period < 0), jobs)
        part = self._part(rows, columns)
        request = IntegerRequest(part, IntegerBackend.HIGHS, 1e-6, self._stop.remaining_seconds)
        answer = solve_integer_program(request, self._stop)
        if answer.values is None:
            return False
        # Once more with the switches whole to the last digit: the integer solver keeps rows less exactly.
        whole = part.is_integer
        at = np.clip(np.round(answer.values), part.lower, part.upper)
        lower, upper = np.where(whole, at, part.lower), np.where(whole, at, part.upper)
        exact = WarmLinearProgram(replace(part, lower=lower, upper=upper)).solve(self._stop)
        if exact.status is not LinearStatus.OPTIMAL:
            return False
        self._plan[columns] = np.where(whole, at, exact.values)
        return True

    def _part(self, rows: Ids, columns: Ids) -> LinearProgram:
        """Rows and columns of the program with all other columns where the plan has them."""
        program = self._program
        held = self._rows[rows] @ self._plan
        matrix = self._rows[rows][:, columns]
        return replace(
            program,
            objective=program.objective[columns],
            lower=program.lower[columns],
            upper=program.upper[columns],
            kind=program.kind[columns],
            row_lower=program.row_lower[rows] - held,
            row_upper=program.row_upper[rows] - held,
            row_starts=matrix.indptr.astype(np.int32),
            column_indices=matrix.indices.astype(np.int32),
            values=matrix.data,
            objective_offset=0.0,
        )
