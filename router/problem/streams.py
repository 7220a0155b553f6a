"""Streams of inference and agents, and the pools that each may be served in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolKinds, usable_units
from router.problem.reuse import Reuse
from router.problem.values import series
from router.scenario.horizon import Slice
from router.scenario.provider import Provider
from router.scenario.scenario import Scenario
from router.scenario.series import Series
from router.scenario.workload import Agents, Inference, SpotUse, Stream, Training, Workload


@dataclass(frozen=True)
class StreamTable:
    """S streams. demand (S, T, H) in the workload's unit; the rest (S,).

    survive is the share that must outlive the loss of a provider, 0 where none is asked; spot_share 0 where
    spot is not used.
    """

    workloads: tuple[str, ...]
    streams: tuple[str, ...]
    workload: NDArray[np.int64]
    demand: FloatArray
    unserved_usd_per_unit_hour: FloatArray
    survive: FloatArray
    spot_share: FloatArray
    egress_gb_per_unit_hour: FloatArray
    migration_usd_per_unit: FloatArray

    @property
    def count(self) -> int:
        """S."""
        return len(self.streams)


@dataclass(frozen=True)
class PairTable:
    """N eligible pairs of stream and pool, firm or spot: stream, pool (N,) indices, spot (N,) bool,
    throughput (N,) units per instance (after interruptions on spot), present (N, T) bool: periods with capacity.
    """

    stream: NDArray[np.int64]
    pool: NDArray[np.int64]
    spot: BoolArray
    throughput: FloatArray
    present: BoolArray


@dataclass(frozen=True)
class CallTable:
    """A calls: agent stream (A,), called workload (A,) as an index of the problem's workloads,
    units per unit (A,), gb per unit-hour (A,)."""

    stream: NDArray[np.int64]
    workload: NDArray[np.int64]
    units_per_unit: FloatArray
    gb_per_unit_hour: FloatArray


@dataclass(frozen=True)
class PlaceTable:
    """M places, pairs of stream and pool, of workloads with a migration cost: stream and pool (M,), and the place of
    each pair of the PairTable (N,), -1 where none."""

    stream: NDArray[np.int64]
    pool: NDArray[np.int64]
    of_pair: NDArray[np.int64]


def spot_factor(spot: SpotUse, interruption_rate: FloatArray) -> FloatArray:
    """What interruptions leave of the throughput on spot."""
    return np.asarray(1.0 - np.minimum(1.0, interruption_rate * spot.interruption_overhead_hours))


def _served(workloads: Mapping[str, Workload]) -> Iterator[tuple[int, str, Inference | Agents, str, Stream]]:
    for index, (name, workload) in enumerate(workloads.items()):
        if not isinstance(workload, Training):
            for stream_name, stream in workload.streams.items():
                yield index, name, workload, stream_name, stream


def build_streams(
    reuse: Reuse, workloads: Mapping[str, Workload], slices: Sequence[Slice], calendar: Calendar
) -> StreamTable:
    """All streams in file order."""
    served = list(_served(workloads))
    demand = np.zeros((len(served), calendar.periods, len(calendar.slices)))
    for row, (_, name, _, stream_name, stream) in enumerate(served):
        key = (name, stream_name)
        demand[row] = reuse.take(key, _demand, stream.demand, stream.slice_multipliers, slices, calendar)

    def of_workload(key: str) -> FloatArray:
        return np.array([getattr(workload, key) or 0.0 for _, _, workload, _, _ in served], dtype=np.float64)

    return StreamTable(
        workloads=tuple(name for _, name, _, _, _ in served),
        streams=tuple(stream_name for _, _, _, stream_name, _ in served),
        workload=np.array([index for index, *_ in served], dtype=np.int64),
        demand=demand,
        unserved_usd_per_unit_hour=of_workload("value_of_unserved_usd_per_unit_hour"),
        survive=of_workload("survive_provider_loss"),
        spot_share=np.array(
            [workload.spot.max_share if workload.spot else 0.0 for _, _, workload, _, _ in served], dtype=np.float64
        ),
        egress_gb_per_unit_hour=of_workload("egress_gb_per_unit_hour"),
        migration_usd_per_unit=of_workload("migration_usd_per_unit"),
    )


def _demand(
    demand: Series, own_multipliers: Mapping[str, float] | None, slices: Sequence[Slice], calendar: Calendar
) -> FloatArray:
    """Demand of a stream in each period and slice, shape (T, H)."""
    own = own_multipliers
    multiplier = np.array([part.demand_multiplier if own is None else own[part.name] for part in slices])
    return np.asarray(series(demand, calendar)[:, None] * multiplier[None, :])


def kept_share(demand: FloatArray, slice_share: FloatArray) -> FloatArray:
    """``min(1, d[s,t] / d[s,t-1])``, 1 where there was no demand before: what leaves a pool beyond it is a migration.

    demand (S, T, H); slice_share (H,); the result (S, T), 1 in the first period.
    """
    mean = demand @ slice_share
    ratio = np.ones_like(mean)
    np.divide(mean[:, 1:], mean[:, :-1], out=ratio[:, 1:], where=mean[:, :-1] > 0)
    return np.minimum(1.0, ratio)


def residency_mask(residency: list[str] | None, pools: PoolKinds) -> BoolArray:
    """Data residency: pools whose region lies in one of the geographies. Shape (P,)."""
    if residency is None:
        return np.ones(pools.count, dtype=bool)
    return np.isin(pools.geography, residency)


def latency_mask(max_latency_ms: float | None, geography: str, scenario: Scenario, pools: PoolKinds) -> BoolArray:
    """Latency: pools whose region states at most this latency to the stream's geography. Shape (P,)."""
    if max_latency_ms is None:
        return np.ones(pools.count, dtype=bool)
    return np.asarray(_latency_ms(geography, scenario.providers, pools) <= max_latency_ms)


def _latency_ms(geography: str, providers: Mapping[str, Provider], pools: PoolKinds) -> FloatArray:
    """Latency from a geography to each pool's region, inf where none is stated. Shape (P,)."""
    return np.array(
        [
            providers[str(provider)].regions[str(region)].latency_ms.get(geography, np.inf)
            for provider, region in zip(pools.provider_name, pools.region, strict=True)
        ]
    )


def build_pairs(
    reuse: Reuse,
    workloads: Mapping[str, Workload],
    providers: Mapping[str, Provider],
    pools: PoolKinds,
    capacity: FloatArray,
    spot_rate: FloatArray,
    spot_present: BoolArray,
) -> PairTable:
    """Eligible pairs.

    capacity (P, T); spot_rate (P,): interruptions per hour of the pool's spot offer, nan where it has none;
    spot_present (P, T): periods in which spot can be had.
    """
    found = []
    for _, name, workload, stream_name, stream in _served(workloads):
        units = reuse.take(("units", name), usable_units, workload.eligible, workload.throughput, pools)
        residency = stream.residency if stream.residency is not None else workload.residency
        latency = reuse.take(("latency", stream.geography), _latency_ms, stream.geography, providers, pools)
        limit = stream.max_latency_ms if stream.max_latency_ms is not None else workload.max_latency_ms
        key = ("pairs", name, stream_name)
        found.append(reuse.take(key, _pairs_of, units, residency, limit, latency, workload.spot, spot_rate, pools))
    return reuse.take("table", _pair_table, tuple(found), capacity, spot_present)


@dataclass(frozen=True)
class _PairsOfStream:
    """Pairs of one stream, firm before spot: pool, spot, throughput."""

    pool: NDArray[np.int64]
    spot: BoolArray
    throughput: FloatArray


def _pairs_of(
    units: FloatArray,
    residency: list[str] | None,
    max_latency_ms: float | None,
    latency_ms: FloatArray,
    spot: SpotUse | None,
    spot_rate: FloatArray,
    pools: PoolKinds,
) -> _PairsOfStream:
    units = units * residency_mask(residency, pools)
    if max_latency_ms is not None:
        units = units * (latency_ms <= max_latency_ms)
    on_spot = np.zeros(pools.count)
    if spot is not None and spot.max_share > 0:
        on_spot = units * np.nan_to_num(spot_factor(spot, spot_rate), nan=0.0)
    firm_pools, spot_pools = np.flatnonzero(units > 0), np.flatnonzero(on_spot > 0)
    return _PairsOfStream(
        pool=np.concatenate([firm_pools, spot_pools]).astype(np.int64),
        spot=np.repeat([False, True], [len(firm_pools), len(spot_pools)]),
        throughput=np.concatenate([units[firm_pools], on_spot[spot_pools]]),
    )


def _pair_table(streams: tuple[_PairsOfStream, ...], capacity: FloatArray, spot_present: BoolArray) -> PairTable:
    pool = np.concatenate([np.zeros(0, dtype=np.int64), *(part.pool for part in streams)])
    spot = np.concatenate([np.zeros(0, dtype=bool), *(part.spot for part in streams)])
    return PairTable(
        stream=np.repeat(np.arange(len(streams), dtype=np.int64), [len(part.pool) for part in streams]),
        pool=pool,
        spot=spot,
        throughput=np.concatenate([np.zeros(0), *(part.throughput for part in streams)]),
        present=np.where(spot[:, None], spot_present[pool], capacity[pool] > 0),
    )


def build_places(migration_usd_per_unit: FloatArray, pairs: PairTable, pools: int) -> PlaceTable:
    """Places between which units may migrate. migration_usd_per_unit (S,); ``pools``: how many there are."""
    migrates = migration_usd_per_unit[pairs.stream] > 0
    key = pairs.stream * pools + pairs.pool
    unique = np.unique(key[migrates])
    of_pair = np.where(migrates, np.searchsorted(unique, key), -1)
    return PlaceTable(stream=unique // pools, pool=unique % pools, of_pair=of_pair)


def build_calls(workloads: Mapping[str, Workload]) -> CallTable:
    """Calls from agent streams to inference workloads, in file order; those to workloads not planned are left out."""
    index = {name: place for place, name in enumerate(workloads)}
    rows = [
        (row, index[call.workload], call.units_per_unit, call.gb_per_unit_hour)
        for row, (_, _, workload, _, _) in enumerate(_served(workloads))
        if isinstance(workload, Agents)
        for call in workload.calls
        if call.workload in index
    ]
    return CallTable(
        stream=np.array([row[0] for row in rows], dtype=np.int64),
        workload=np.array([row[1] for row in rows], dtype=np.int64),
        units_per_unit=np.array([row[2] for row in rows], dtype=np.float64),
        gb_per_unit_hour=np.array([row[3] for row in rows], dtype=np.float64),
    )
