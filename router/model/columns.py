"""The columns of the model, laid out in blocks, one block for each decision of docs/model.md section 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray, Ids
from router.model.linear_program import ColumnKind
from router.problem.problem import Problem

ABSENT = -1


def number(present: BoolArray, start: int = 0) -> Ids:
    """Consecutive numbers from ``start`` where ``present``, -1 elsewhere; the same shape."""
    flat = present.ravel()
    ids = np.where(flat, np.cumsum(flat) - 1 + start, ABSENT)
    return ids.reshape(present.shape)


@dataclass(frozen=True)
class Block:
    """One decision: ids (any shape) are column numbers, -1 where the decision does not exist.

    ``axes`` name the dimensions of ids; lower, upper, kind are for the existing columns in order.
    """

    name: str
    axes: tuple[str, ...]
    ids: Ids
    lower: FloatArray
    upper: FloatArray
    kind: NDArray[np.int8]

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self.lower)


@dataclass(frozen=True)
class Places:
    """M places of migrating streams: stream and pool (M,), and the place of each pair (N,), -1 where none."""

    stream: Ids
    pool: Ids
    of_pair: Ids


@dataclass(frozen=True)
class Columns:
    """All blocks, in order. ``spend_limit_usd`` (contracts, T): no plan spends more under a contract."""

    blocks: Mapping[str, Block]
    places: Places
    spend_limit_usd: FloatArray
    count: int

    def ids(self, name: str) -> Ids:
        """Column numbers of a decision."""
        return self.blocks[name].ids


class _Layout:
    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}
        self.count = 0

    def add(
        self,
        name: str,
        axes: tuple[str, ...],
        present: BoolArray,
        upper: FloatArray | float = np.inf,
        lower: float = 0.0,
        kind: NDArray[np.int8] | ColumnKind = ColumnKind.CONTINUOUS,
    ) -> None:
        ids = number(present, self.count)
        size = int(present.sum())
        uppers = np.broadcast_to(upper, present.shape)[present].astype(np.float64)
        kinds = np.broadcast_to(np.asarray(kind, dtype=np.int8), present.shape)[present]
        self.blocks[name] = Block(name, axes, ids, np.full(size, lower), uppers, np.ascontiguousarray(kinds))
        self.count += size


def _repeat(mask: NDArray[np.generic], slices: int) -> NDArray[np.generic]:
    return np.broadcast_to(mask[..., None], (*mask.shape, slices))


def migrating_places(problem: Problem) -> Places:
    """Pairs of stream and pool of workloads with a migration cost."""
    pairs = problem.pairs
    migrates = problem.streams.migration_usd_per_unit[pairs.stream] > 0
    key = pairs.stream * problem.pools.count + pairs.pool
    unique = np.unique(key[migrates])
    of_pair = np.where(migrates, np.searchsorted(unique, key), ABSENT)
    return Places(stream=unique // problem.pools.count, pool=unique % problem.pools.count, of_pair=of_pair)


def spend_limit_usd(problem: Problem) -> FloatArray:
    """What could be spent at most under each contract in each period, shape (contracts, T)."""
    lines, cohorts, calendar = problem.lines, problem.cohorts, problem.calendar
    count = len(problem.contracts)
    highest = np.zeros((count, problem.pools.count, calendar.periods))
    under = lines.contract >= 0
    price = np.where(lines.available, np.maximum(lines.price_usd_per_hour, 0.0), 0.0) * calendar.hours
    np.maximum.at(highest, (lines.contract[under], lines.pool[under]), price[under])
    reserved = np.zeros_like(highest)
    under = cohorts.contract >= 0
    np.maximum.at(reserved, (cohorts.contract[under], cohorts.pool[under]), np.maximum(cohorts.payment_usd[under], 0.0))
    # Reservations are paid beside what is rented, and old ones beside new ones within a period.
    largest = problem.pools.capacity.max(axis=1, initial=0.0)
    return np.asarray(
        np.einsum("cpt,pt->ct", highest, problem.pools.capacity) + 2 * np.einsum("cpt,p->ct", reserved, largest)
    )


def lay_out(problem: Problem, usd_per_unit: float) -> Columns:
    """Number the columns of a problem. Money columns are in units of ``usd_per_unit``."""
    calendar, pools, lines, cohorts = problem.calendar, problem.pools, problem.lines, problem.cohorts
    slices = len(calendar.slices)
    layout = _Layout()
    demand = problem.streams.demand
    wanted = demand.max(axis=2, initial=0.0) > 0
    served = problem.pairs.present & wanted[problem.pairs.stream]
    layout.add("serve", ("pair", "period", "slice"), np.asarray(_repeat(served, slices), dtype=bool))
    layout.add("unserved", ("stream", "period", "slice"), demand > 0, upper=demand)

    room = np.where(lines.spot[:, None], pools.spot_capacity[lines.pool], pools.capacity[lines.pool])
    rent_kind = np.where(pools.whole[lines.pool], ColumnKind.WHOLE, ColumnKind.CONTINUOUS).astype(np.int8)
    layout.add(
        "rent",
        ("line", "period", "slice"),
        np.asarray(_repeat(lines.available & (room > 0), slices), dtype=bool),
        upper=np.asarray(_repeat(room, slices), dtype=np.float64),
        kind=rent_kind[:, None, None],
    )
    layout.add(
        "rent_run",
        ("line", "period", "slice"),
        np.asarray(_repeat(lines.available & (room > 0) & _rented_for_runs(problem), slices), dtype=bool),
        upper=np.asarray(_repeat(room, slices), dtype=np.float64),
    )
    held = np.where(cohorts.covers, pools.capacity[cohorts.pool], np.inf).min(axis=1, initial=np.inf)
    held = np.minimum(held, np.where(cohorts.covers, cohorts.max_instances, np.inf).min(axis=1, initial=np.inf))
    layout.add(
        "reserve",
        ("cohort",),
        cohorts.covers.any(axis=1) & (held > 0),
        upper=held,
        kind=np.where(pools.whole[cohorts.pool], ColumnKind.WHOLE, ColumnKind.CONTINUOUS).astype(np.int8),
    )
    layout.add("run", ("run",), np.ones(problem.runs.count, dtype=bool), upper=1.0, kind=ColumnKind.RUN)
    layout.add("unserved_job", ("job",), np.ones(len(problem.jobs.names), dtype=bool), upper=1.0)

    limit = spend_limit_usd(problem)
    layout.add("spend", ("contract", "period"), limit > 0)
    windows, tiers = problem.windows, problem.tiers
    layout.add("shortfall", ("window",), np.ones(len(windows.contract), dtype=bool))
    may_carry = np.isin(np.arange(len(windows.contract)), windows.previous) & (windows.carry_limit_usd > 0)
    layout.add(
        "carry",
        ("window",),
        may_carry,
        upper=windows.carry_limit_usd / usd_per_unit,
    )
    layout.add("carries", ("window",), may_carry, upper=1.0, kind=ColumnKind.SWITCH)
    layout.add(
        "band",
        ("band",),
        np.ones(len(tiers.discount), dtype=bool),
        upper=np.where(tiers.all_units[tiers.band_window], np.inf, (tiers.to_usd - tiers.from_usd) / usd_per_unit)
        if len(tiers.discount)
        else np.inf,
    )
    layout.add("level", ("band",), tiers.needs_levels[tiers.band_window], upper=1.0, kind=ColumnKind.SWITCH)
    layout.add("local", ("call", "provider", "period", "slice"), _local_present(problem, served))
    places = migrating_places(problem)
    moving = np.ones((len(places.stream), calendar.periods), dtype=bool)
    moving[:, 0] = False
    moving[:, 1:] &= wanted[places.stream][:, :-1]
    layout.add("moved", ("place", "period"), moving)
    layout.add("cash_over", ("ceiling",), np.ones(len(problem.cash.usd), dtype=bool))
    shares = problem.shares
    for name, asked in (("share_over", shares.max_share < 1), ("share_under", shares.min_share > 0)):
        present = np.asarray(_repeat(shares.present & asked[:, None], slices), dtype=bool)
        layout.add(name, ("share", "period", "slice"), present)
    return Columns(layout.blocks, places, limit, layout.count)


def _rented_for_runs(problem: Problem) -> BoolArray:
    """Lines and periods in which a run may end, whose hours are rented beside whole instances, shape (L, T)."""
    runs, pools, lines = problem.runs, problem.pools, problem.lines
    held = np.zeros((2, pools.count, problem.calendar.periods), dtype=bool)
    ending = runs.hold_share < 1.0
    run = runs.hold_run[ending]
    held[runs.spot[run].astype(int), runs.pool[run], runs.hold_period[ending]] = True
    return np.asarray(held[lines.spot.astype(int), lines.pool] & pools.whole[lines.pool][:, None])


def _local_present(problem: Problem, served: BoolArray) -> BoolArray:
    """A call can be local where both sides may be served at the provider and egress there costs something."""
    calls, pairs, pools, calendar = problem.calls, problem.pairs, problem.pools, problem.calendar
    providers, periods = len(pools.providers), calendar.periods
    by_stream = np.zeros((problem.streams.count, providers, periods), dtype=bool)
    np.logical_or.at(by_stream, (pairs.stream, pools.provider[pairs.pool]), served)
    by_workload = np.zeros((len(problem.workloads), providers, periods), dtype=bool)
    np.logical_or.at(by_workload, problem.streams.workload, by_stream)
    present = by_stream[calls.stream] & by_workload[calls.workload]
    present &= (pools.provider_egress > 0)[None, :, None] & (calls.gb_per_unit_hour > 0)[:, None, None]
    return np.asarray(_repeat(present, len(calendar.slices)), dtype=bool)
