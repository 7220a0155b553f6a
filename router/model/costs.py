"""Cost of every decision: one entry for each column and period in which it costs something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from router.arrays import BoolArray, FloatArray, Ids
from router.model.columns import Columns
from router.problem.problem import Problem


@dataclass(frozen=True)
class CostEntries:
    """E entries: column, period (E,); usd (E,) per unit of the column, before discounting;
    is_cash (E,): somebody is paid within the horizon; settled (E,): paid on the last day of the period.

    Money columns (shortfall, band, cash_over) are in units of ``usd_per_unit``, so their entries are too.
    """

    column: Ids
    period: Ids
    usd: FloatArray
    is_cash: BoolArray
    settled: BoolArray

    def objective(self, columns: int, discount: FloatArray) -> FloatArray:
        """Discounted cost of each column in USD, shape (columns,)."""
        discounted = self.usd * discount[self.period]
        return np.bincount(self.column, weights=discounted, minlength=columns).astype(np.float64)


class _Entries:
    def __init__(self) -> None:
        self.parts: list[tuple[NDArray[np.int64], NDArray[np.int64], FloatArray, bool, bool]] = []

    def add(
        self, column: ArrayLike, period: ArrayLike, usd: ArrayLike, is_cash: bool = True, settled: bool = False
    ) -> None:
        columns, periods, costs = np.broadcast_arrays(np.asarray(column), np.asarray(period), np.asarray(usd))
        keep = (columns >= 0) & (costs != 0)
        self.parts.append(
            (
                columns[keep].astype(np.int64),
                periods[keep].astype(np.int64),
                costs[keep].astype(float),
                is_cash,
                settled,
            )
        )

    def entries(self) -> CostEntries:
        sizes = [len(part[0]) for part in self.parts]
        return CostEntries(
            column=np.concatenate([part[0] for part in self.parts]),
            period=np.concatenate([part[1] for part in self.parts]),
            usd=np.concatenate([part[2] for part in self.parts]),
            is_cash=np.repeat([part[3] for part in self.parts], sizes),
            settled=np.repeat([part[4] for part in self.parts], sizes),
        )


def rent_cost_usd(problem: Problem) -> FloatArray:
    """``price(l,t) * hours(t,h)``: USD for an instance rented on a line throughout a slice, shape (L, T, H)."""
    return np.asarray(problem.lines.price_usd_per_hour[:, :, None] * problem.calendar.slice_hours[None])


def cost_entries(problem: Problem, columns: Columns, usd_per_unit: float) -> CostEntries:
    """All cost entries of a problem, by docs/model.md section 6."""
    calendar = problem.calendar
    periods = np.arange(calendar.periods)
    hours = calendar.slice_hours
    result = _Entries()
    for name in ("rent", "rent_run"):
        result.add(columns.ids(name), periods[None, :, None], rent_cost_usd(problem))
    _reservations(problem, columns, result)
    windows, tiers = problem.windows, problem.tiers
    result.add(columns.ids("shortfall"), windows.settled_in, windows.rate * usd_per_unit, settled=True)
    result.add(columns.ids("band"), tiers.settled_in[tiers.band_window], -tiers.discount * usd_per_unit, settled=True)
    _transfer(problem, columns, result)
    places = columns.places
    per_move = problem.streams.migration_usd_per_unit[places.stream]
    result.add(columns.ids("moved"), periods[None, :], per_move[:, None])
    value = problem.streams.unserved_usd_per_unit_hour[:, None, None] * hours[None]
    result.add(columns.ids("unserved"), periods[None, :, None], value, is_cash=False)
    result.add(columns.ids("unserved_job"), problem.jobs.charged_in, problem.jobs.value_usd, is_cash=False)
    cash, shares = problem.cash, problem.shares
    result.add(columns.ids("cash_over"), cash.last_period, cash.penalty * usd_per_unit, is_cash=False)
    penalty = shares.penalty[:, None, None] * hours[None]
    for name in ("share_over", "share_under"):
        result.add(columns.ids(name), periods[None, :, None], penalty, is_cash=False)
    return result.entries()


def _reservations(problem: Problem, columns: Columns, result: _Entries) -> None:
    cohorts, calendar = problem.cohorts, problem.calendar
    reserve = columns.ids("reserve")
    result.add(reserve[:, None], np.arange(calendar.periods)[None, :], cohorts.payment_usd)
    after = cohorts.after_horizon_usd * problem.reservation_payments_after_horizon
    result.add(reserve, calendar.periods - 1, after, is_cash=False)


def _transfer(problem: Problem, columns: Columns, result: _Entries) -> None:
    pairs, calls, pools = problem.pairs, problem.calls, problem.pools
    periods = np.arange(problem.calendar.periods)
    hours = problem.calendar.slice_hours
    serve, local = columns.ids("serve"), columns.ids("local")
    egress = pools.egress_usd_per_gb[pairs.pool]
    per_hour = egress * problem.streams.egress_gb_per_unit_hour[pairs.stream]
    for call in range(len(calls.stream)):
        caller = pairs.stream == calls.stream[call]
        traffic = calls.units_per_unit[call] * calls.gb_per_unit_hour[call]
        per_hour = per_hour + np.where(caller, egress * traffic, 0.0)
    result.add(serve, periods[None, :, None], per_hour[:, None, None] * hours[None])
    saved = calls.gb_per_unit_hour[:, None] * pools.provider_egress[None, :]
    result.add(local, periods[None, None, :, None], -saved[:, :, None, None] * hours[None, None])
    result.add(columns.ids("run"), problem.runs.first_period, problem.runs.transfer_usd)
