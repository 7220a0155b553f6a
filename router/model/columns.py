"""The columns of the model, laid out in blocks, one block for each decision of docs/model.md section 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray, Ids
from router.model.linear_program import ColumnKind
from router.problem.calendar import Calendar
from router.problem.lines import RentalLines, ReservationCohorts
from router.problem.pools import PoolTable
from router.problem.problem import Problem
from router.problem.reuse import Reuse
from router.problem.runs import RunTable
from router.problem.streams import CallTable, PairTable

ABSENT = -1
Kind = TypeVar("Kind", bound=np.generic)


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
class Columns:
    """All blocks, in order. ``spend_limit_usd`` (contracts, T): no plan spends more under a contract."""

    blocks: Mapping[str, Block]
    spend_limit_usd: FloatArray
    count: int

    def ids(self, name: str) -> Ids:
        """Column numbers of a decision."""
        return self.blocks[name].ids


def make_block(
    name: str,
    axes: tuple[str, ...],
    first: int,
    present: BoolArray,
    upper: FloatArray | float,
    kind: NDArray[np.int8] | ColumnKind,
) -> Block:
    """A block whose columns are numbered from ``first``, with bounds from 0 to ``upper``, where ``present``."""
    size = int(present.sum())
    kinds = np.broadcast_to(np.asarray(kind, dtype=np.int8), present.shape)[present]
    return Block(
        name=name,
        axes=axes,
        ids=number(present, first),
        lower=np.zeros(size),
        upper=np.broadcast_to(upper, present.shape)[present].astype(np.float64),
        kind=np.ascontiguousarray(kinds),
    )


class _Layout:
    def __init__(self, reuse: Reuse) -> None:
        self.blocks: dict[str, Block] = {}
        self.count = 0
        self._reuse = reuse

    def add(
        self,
        name: str,
        axes: tuple[str, ...],
        present: BoolArray,
        upper: FloatArray | float = np.inf,
        kind: NDArray[np.int8] | ColumnKind = ColumnKind.CONTINUOUS,
    ) -> None:
        block = self._reuse.take(("block", name), make_block, name, axes, self.count, present, upper, kind)
        self.blocks[name] = block
        self.count += block.count


def spend_limit_usd(
    contracts: int, lines: RentalLines, cohorts: ReservationCohorts, capacity: FloatArray, calendar: Calendar
) -> FloatArray:
    """What could be spent at most under each contract in each period, shape (contracts, T). capacity (P, T)."""
    highest = np.zeros((contracts, *capacity.shape))
    under = lines.contract >= 0
    price = np.where(lines.available, np.maximum(lines.price_usd_per_hour, 0.0), 0.0) * calendar.hours
    np.maximum.at(highest, (lines.contract[under], lines.pool[under]), price[under])
    reserved = np.zeros_like(highest)
    under = cohorts.contract >= 0
    np.maximum.at(reserved, (cohorts.contract[under], cohorts.pool[under]), np.maximum(cohorts.payment_usd[under], 0.0))
    # Reservations are paid beside what is rented, and old ones beside new ones within a period.
    largest = capacity.max(axis=1, initial=0.0)
    return np.asarray(np.einsum("cpt,pt->ct", highest, capacity) + 2 * np.einsum("cpt,p->ct", reserved, largest))


def lay_out(reuse: Reuse, problem: Problem, usd_per_unit: float) -> Columns:
    """Number the columns of a problem. Money columns are in units of ``usd_per_unit``."""
    calendar, pools, lines, cohorts = problem.calendar, problem.pools, problem.lines, problem.cohorts
    runs, windows, tiers, shares = problem.runs, problem.windows, problem.tiers, problem.shares
    slices = len(calendar.slices)
    layout = _Layout(reuse)
    demand = problem.streams.demand
    wanted = reuse.take("wanted", _wanted, demand)
    served = reuse.take("served", _served, problem.pairs.present, wanted, problem.pairs.stream)
    layout.add("serve", ("pair", "period", "slice"), reuse.take("serve present", _by_slice, served, slices))
    layout.add("unserved", ("stream", "period", "slice"), reuse.take("demanded", _above_zero, demand), upper=demand)

    room = reuse.take("room", _room, lines.spot, lines.pool, pools.capacity, pools.spot_capacity)
    rented = reuse.take("rented", _rentable, lines.available, room)
    of_lines, upper = ("line", "period", "slice"), reuse.take("rent upper", _by_slice, room, slices)
    kind = reuse.take("rent kind", _kind_of_lines, pools.whole, lines.pool)
    layout.add("rent", of_lines, reuse.take("rent present", _by_slice, rented, slices), upper, kind)
    ending = reuse.take("runs ending", _may_end, runs, pools.capacity)
    for_runs = reuse.take("rented for runs", _rented_for_runs, rented, ending, lines, pools.whole)
    layout.add("rent_run", of_lines, reuse.take("rent_run present", _by_slice, for_runs, slices), upper)
    held = reuse.take("held", _reservable, cohorts, pools.capacity)
    kind = reuse.take("reserve kind", _kind_of_instances, pools.whole, cohorts.pool)
    layout.add("reserve", ("cohort",), reuse.take("reserve present", _reserved, cohorts.covers, held), held, kind)
    layout.add("run", ("run",), reuse.take("run present", _all, runs.count), 1.0, ColumnKind.RUN)
    layout.add("unserved_job", ("job",), reuse.take("job present", _all, len(problem.jobs.names)), 1.0)

    limit = reuse.take("spend limit", spend_limit_usd, len(problem.contracts), lines, cohorts, pools.capacity, calendar)
    layout.add("spend", ("contract", "period"), reuse.take("spend present", _above_zero, limit))
    layout.add("shortfall", ("window",), _all(len(windows.contract)))
    may_carry = np.isin(np.arange(len(windows.contract)), windows.previous) & (windows.carry_limit_usd > 0)
    layout.add("carry", ("window",), may_carry, windows.carry_limit_usd / usd_per_unit)
    layout.add("carries", ("window",), may_carry, 1.0, ColumnKind.SWITCH)
    widths = np.where(tiers.all_units[tiers.band_window], np.inf, (tiers.to_usd - tiers.from_usd) / usd_per_unit)
    layout.add("band", ("band",), _all(len(tiers.discount)), widths)
    layout.add("level", ("band",), tiers.needs_levels[tiers.band_window], 1.0, ColumnKind.SWITCH)
    local = reuse.take(
        "local present",
        _local_present,
        problem.calls,
        problem.pairs,
        served,
        problem.streams.workload,
        len(problem.workloads),
        pools.provider,
        reuse.take("egress", provider_egress, pools),
        slices,
    )
    layout.add("local", ("call", "provider", "period", "slice"), local)
    layout.add("moved", ("place", "period"), reuse.take("moved present", _may_move, problem.places.stream, wanted))
    layout.add("cash_over", ("ceiling",), _all(len(problem.cash.usd)))
    for name, asked in (("share_over", shares.max_share < 1), ("share_under", shares.min_share > 0)):
        layout.add(name, ("share", "period", "slice"), _by_slice(shares.present & asked[:, None], slices))
    return reuse.take("columns", Columns, layout.blocks, limit, layout.count)


def provider_egress(pools: PoolTable) -> FloatArray:
    """USD per gigabyte that leaves each provider, shape (K,)."""
    return pools.provider_egress


def _all(count: int) -> BoolArray:
    return np.ones(count, dtype=bool)


def _above_zero(values: FloatArray) -> BoolArray:
    return np.asarray(values > 0)


def _by_slice(values: NDArray[Kind], slices: int) -> NDArray[Kind]:
    return np.repeat(values[..., None], slices, axis=-1)


def _wanted(demand: FloatArray) -> BoolArray:
    """Streams and periods with demand in any slice, shape (S, T)."""
    return np.asarray(demand.max(axis=2, initial=0.0) > 0)


def _served(present: BoolArray, wanted: BoolArray, stream: Ids) -> BoolArray:
    return np.asarray(present & wanted[stream])


def _room(spot: BoolArray, pool: Ids, capacity: FloatArray, spot_capacity: FloatArray) -> FloatArray:
    """Instances that each line may rent, shape (L, T)."""
    return np.where(spot[:, None], spot_capacity[pool], capacity[pool])


def _rentable(available: BoolArray, room: FloatArray) -> BoolArray:
    return np.asarray(available & (room > 0))


def _kind_of_lines(whole: BoolArray, pool: Ids) -> NDArray[np.int8]:
    return _kind_of_instances(whole, pool)[:, None, None]


def _kind_of_instances(whole: BoolArray, pool: Ids) -> NDArray[np.int8]:
    return np.where(whole[pool], ColumnKind.WHOLE, ColumnKind.CONTINUOUS).astype(np.int8)


def _reservable(cohorts: ReservationCohorts, capacity: FloatArray) -> FloatArray:
    """The most that can be reserved in each cohort: what its pool and offer hold throughout its life, shape (R,)."""
    held = np.where(cohorts.covers, capacity[cohorts.pool], np.inf).min(axis=1, initial=np.inf)
    most = np.where(cohorts.covers, cohorts.max_instances, np.inf).min(axis=1, initial=np.inf)
    return np.asarray(np.minimum(held, most))


def _reserved(covers: BoolArray, held: FloatArray) -> BoolArray:
    return np.asarray(covers.any(axis=1) & (held > 0))


def _may_end(runs: RunTable, capacity: FloatArray) -> BoolArray:
    """Pools and periods within which a firm or a spot run may end, shape (2, P, T)."""
    held = np.zeros((2, *capacity.shape), dtype=bool)
    ending = runs.hold_share < 1.0
    run = runs.hold_run[ending]
    held[runs.spot[run].astype(int), runs.pool[run], runs.hold_period[ending]] = True
    return held


def _rented_for_runs(rented: BoolArray, ending: BoolArray, lines: RentalLines, whole: BoolArray) -> BoolArray:
    """Lines and periods in which a run may end, whose hours are rented beside whole instances, shape (L, T)."""
    return np.asarray(rented & ending[lines.spot.astype(int), lines.pool] & whole[lines.pool][:, None])


def _may_move(stream: Ids, wanted: BoolArray) -> BoolArray:
    """Places and periods before which the stream had demand, shape (M, T)."""
    moving = np.zeros((len(stream), wanted.shape[1]), dtype=bool)
    moving[:, 1:] = wanted[stream][:, :-1]
    return moving


def _local_present(
    calls: CallTable,
    pairs: PairTable,
    served: BoolArray,
    stream_workload: Ids,
    workloads: int,
    pool_provider: Ids,
    egress: FloatArray,
    slices: int,
) -> BoolArray:
    """A call can be local where both sides may be served at the provider and egress there costs something."""
    providers, periods = len(egress), served.shape[1]
    by_stream = np.zeros((len(stream_workload), providers, periods), dtype=bool)
    np.logical_or.at(by_stream, (pairs.stream, pool_provider[pairs.pool]), served)
    by_workload = np.zeros((workloads, providers, periods), dtype=bool)
    np.logical_or.at(by_workload, stream_workload, by_stream)
    present = by_stream[calls.stream] & by_workload[calls.workload]
    present &= (egress > 0)[None, :, None] & (calls.gb_per_unit_hour > 0)[:, None, None]
    return _by_slice(present, slices)
