"""Cost of every decision: one entry for each column and period in which it costs something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.model.columns import Columns, provider_egress
from router.problem.problem import Problem
from router.problem.reuse import Reuse
from router.problem.streams import CallTable


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
    def __init__(self, reuse: Reuse) -> None:
        self._reuse = reuse
        self._parts: list[CostEntries] = []

    def add(
        self, name: str, column: Ids, period: Ids, usd: FloatArray, is_cash: bool = True, settled: bool = False
    ) -> None:
        self._parts.append(self._reuse.take(("cost", name), _entries, column, period, usd, is_cash, settled))

    def entries(self) -> CostEntries:
        return self._reuse.take("costs", _all_entries, tuple(self._parts))


def _entries(column: Ids, period: Ids, usd: FloatArray, is_cash: bool, settled: bool) -> CostEntries:
    """Entries of columns that exist and cost something; column, period and usd broadcast against each other."""
    columns, periods, costs = np.broadcast_arrays(column, period, usd)
    keep = (columns >= 0) & (costs != 0)
    size = int(keep.sum())
    return CostEntries(
        column=columns[keep].astype(np.int64),
        period=periods[keep].astype(np.int64),
        usd=costs[keep].astype(np.float64),
        is_cash=np.full(size, is_cash),
        settled=np.full(size, settled),
    )


def _all_entries(parts: tuple[CostEntries, ...]) -> CostEntries:
    return CostEntries(
        column=np.concatenate([part.column for part in parts]),
        period=np.concatenate([part.period for part in parts]),
        usd=np.concatenate([part.usd for part in parts]),
        is_cash=np.concatenate([part.is_cash for part in parts]),
        settled=np.concatenate([part.settled for part in parts]),
    )


def rent_cost_usd(price_usd_per_hour: FloatArray, slice_hours: FloatArray) -> FloatArray:
    """``price(l,t) * hours(t,h)``: USD for an instance rented on a line throughout a slice, shape (L, T, H)."""
    return np.asarray(price_usd_per_hour[:, :, None] * slice_hours[None])


def cost_entries(
    reuse: Reuse, problem: Problem, columns: Columns, rent_cost: FloatArray, usd_per_unit: float
) -> CostEntries:
    """All cost entries of a problem, by docs/model.md section 6. rent_cost of rent_cost_usd."""
    calendar, pools, cash = problem.calendar, problem.pools, problem.cash
    hours = calendar.slice_hours
    result = _Entries(reuse)
    period = reuse.take("periods", _periods, calendar.periods)
    # In the shapes of blocks over periods, and over periods and slices.
    of_slices = reuse.take("periods of slices", _before_slices, period)
    for name in ("rent", "rent_run"):
        result.add(name, columns.ids(name), of_slices, rent_cost)
    _reservations(reuse, problem, columns, period, result)
    windows, tiers = problem.windows, problem.tiers
    result.add("shortfall", columns.ids("shortfall"), windows.settled_in, windows.rate * usd_per_unit, settled=True)
    settled_in = tiers.settled_in[tiers.band_window]
    result.add("band", columns.ids("band"), settled_in, -tiers.discount * usd_per_unit, settled=True)
    per_unit_hour = reuse.take(
        "traffic of pairs",
        _traffic_usd_per_hour,
        problem.pairs.stream,
        problem.calls,
        problem.streams.egress_gb_per_unit_hour,
        reuse.take("egress of pairs", _of_index, pools.egress_usd_per_gb, problem.pairs.pool),
    )
    result.add("serve", columns.ids("serve"), of_slices, reuse.take("traffic", _per_hour_usd, per_unit_hour, hours))
    saved = reuse.take("traffic saved", _saved_usd, problem.calls, reuse.take("egress", provider_egress, pools), hours)
    result.add("local", columns.ids("local"), of_slices, saved)
    result.add("run", columns.ids("run"), problem.runs.first_period, problem.runs.transfer_usd)
    per_move = reuse.take("per move", _per_move_usd, problem.streams.migration_usd_per_unit, problem.places.stream)
    result.add("moved", columns.ids("moved"), period, per_move)
    value = reuse.take("values", _per_hour_usd, problem.streams.unserved_usd_per_unit_hour, hours)
    result.add("unserved", columns.ids("unserved"), of_slices, value, is_cash=False)
    jobs = problem.jobs
    result.add("unserved_job", columns.ids("unserved_job"), jobs.charged_in, jobs.value_usd, is_cash=False)
    over = cash.penalty * usd_per_unit
    result.add("cash_over", columns.ids("cash_over"), cash.last_period, over, is_cash=False)
    penalty = reuse.take("penalties", _per_hour_usd, problem.shares.penalty, hours)
    for name in ("share_over", "share_under"):
        result.add(name, columns.ids(name), of_slices, penalty, is_cash=False)
    return result.entries()


def _periods(count: int) -> Ids:
    return np.arange(count)


def _before_slices(period: Ids) -> Ids:
    return period[:, None]


def _per_hour_usd(per_hour: FloatArray, slice_hours: FloatArray) -> FloatArray:
    return np.asarray(per_hour[:, None, None] * slice_hours[None])


def _per_move_usd(per_unit: FloatArray, place_stream: Ids) -> FloatArray:
    return np.asarray(per_unit[place_stream][:, None])


def _reservations(reuse: Reuse, problem: Problem, columns: Columns, period: Ids, result: _Entries) -> None:
    cohorts = problem.cohorts
    reserve = columns.ids("reserve")
    by_period = reuse.take("reserve by period", _before_slices, reserve)
    result.add("reserve", by_period, period, cohorts.payment_usd)
    after = cohorts.after_horizon_usd * problem.reservation_payments_after_horizon
    result.add("after horizon", reserve, period[-1:], after, is_cash=False)


def _of_index(values: FloatArray, index: Ids) -> FloatArray:
    return np.asarray(values[index])


def _traffic_usd_per_hour(
    pair_stream: Ids, calls: CallTable, gb_per_unit_hour: FloatArray, egress: FloatArray
) -> FloatArray:
    """Egress of a unit served in each pair, to users and to what it calls, shape (N,).

    pair_stream (N,); gb_per_unit_hour (S,) to users; egress (N,) USD per gigabyte where the pair runs.
    """
    per_hour = egress * gb_per_unit_hour[pair_stream]
    for call in range(len(calls.stream)):
        caller = pair_stream == calls.stream[call]
        traffic = calls.units_per_unit[call] * calls.gb_per_unit_hour[call]
        per_hour = per_hour + np.where(caller, egress * traffic, 0.0)
    return np.asarray(per_hour)


def _saved_usd(calls: CallTable, egress: FloatArray, slice_hours: FloatArray) -> FloatArray:
    """Minus the egress that a unit of local calls saves throughout a slice, shape (A, K, T, H). egress (K,)."""
    saved = calls.gb_per_unit_hour[:, None] * egress[None, :]
    return np.asarray(-saved[:, :, None, None] * slice_hours[None, None])
