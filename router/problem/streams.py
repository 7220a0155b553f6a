"""Streams of inference and agents, and the pools that each may be served in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolTable, matches, throughput
from router.problem.values import series
from router.scenario.scenario import Scenario
from router.scenario.workload import Agents, Inference, SpotUse, Stream, Training


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
    """A calls: agent stream (A,), called workload (A,) as an index of the scenario's workloads,
    units per unit (A,), gb per unit-hour (A,)."""

    stream: NDArray[np.int64]
    workload: NDArray[np.int64]
    units_per_unit: FloatArray
    gb_per_unit_hour: FloatArray


def spot_factor(spot: SpotUse, interruption_rate: FloatArray) -> FloatArray:
    """What interruptions leave of the throughput on spot."""
    return np.asarray(1.0 - np.minimum(1.0, interruption_rate * spot.interruption_overhead_hours))


def _served(scenario: Scenario) -> Iterator[tuple[int, str, Inference | Agents, str, Stream]]:
    for index, (name, workload) in enumerate(scenario.workloads.items()):
        if not isinstance(workload, Training):
            for stream_name, stream in workload.streams.items():
                yield index, name, workload, stream_name, stream


def build_streams(scenario: Scenario, calendar: Calendar) -> StreamTable:
    """All streams in file order."""
    served = list(_served(scenario))
    standard = np.array([part.demand_multiplier for part in scenario.horizon.slices])
    demand = np.zeros((len(served), calendar.periods, len(calendar.slices)))
    for row, (_, _, _, _, stream) in enumerate(served):
        own = stream.slice_multipliers
        multiplier = standard if own is None else np.array([own[name] for name in calendar.slices])
        demand[row] = series(stream.demand, calendar)[:, None] * multiplier[None, :]

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


def kept_share(demand: FloatArray, slice_share: FloatArray) -> FloatArray:
    """``min(1, d[s,t] / d[s,t-1])``, 1 where there was no demand before: what leaves a pool beyond it is a migration.

    demand (S, T, H); slice_share (H,); the result (S, T), 1 in the first period.
    """
    mean = demand @ slice_share
    ratio = np.ones_like(mean)
    np.divide(mean[:, 1:], mean[:, :-1], out=ratio[:, 1:], where=mean[:, :-1] > 0)
    return np.minimum(1.0, ratio)


def residency_mask(residency: list[str] | None, pools: PoolTable) -> BoolArray:
    """Data residency: pools whose region lies in one of the geographies. Shape (P,)."""
    if residency is None:
        return np.ones(pools.count, dtype=bool)
    return np.isin(pools.geography, residency)


def latency_mask(max_latency_ms: float | None, geography: str, scenario: Scenario, pools: PoolTable) -> BoolArray:
    """Latency: pools whose region states at most this latency to the stream's geography. Shape (P,)."""
    if max_latency_ms is None:
        return np.ones(pools.count, dtype=bool)
    latency = [
        scenario.providers[str(provider)].regions[str(region)].latency_ms.get(geography, np.inf)
        for provider, region in zip(pools.provider_name, pools.region, strict=True)
    ]
    return np.asarray(np.array(latency) <= max_latency_ms)


def build_pairs(scenario: Scenario, pools: PoolTable, spot_rate: FloatArray, spot_present: BoolArray) -> PairTable:
    """Eligible pairs. spot_rate (P,): interruptions per hour of the pool's spot offer, nan where it has none;
    spot_present (P, T): periods in which spot can be had."""
    stream_parts: list[NDArray[np.int64]] = []
    pool_parts: list[NDArray[np.int64]] = []
    spot_parts: list[BoolArray] = []
    throughput_parts: list[FloatArray] = []
    eligible_of: dict[int, FloatArray] = {}
    for row, (index, _, workload, _, stream) in enumerate(_served(scenario)):
        if index not in eligible_of:
            eligible_of[index] = np.where(matches(workload.eligible, pools), throughput(workload, pools), 0.0)
        residency = stream.residency if stream.residency is not None else workload.residency
        latency = stream.max_latency_ms if stream.max_latency_ms is not None else workload.max_latency_ms
        units = eligible_of[index] * residency_mask(residency, pools)
        units = units * latency_mask(latency, stream.geography, scenario, pools)
        _append(row, units, False, stream_parts, pool_parts, spot_parts, throughput_parts)
        if workload.spot is not None and workload.spot.max_share > 0:
            on_spot = units * np.nan_to_num(spot_factor(workload.spot, spot_rate), nan=0.0)
            _append(row, on_spot, True, stream_parts, pool_parts, spot_parts, throughput_parts)
    stream_column = np.concatenate(stream_parts) if stream_parts else np.zeros(0, dtype=np.int64)
    pool_column = np.concatenate(pool_parts) if pool_parts else np.zeros(0, dtype=np.int64)
    spot_column = np.concatenate(spot_parts) if spot_parts else np.zeros(0, dtype=bool)
    present = np.where(spot_column[:, None], spot_present[pool_column], pools.capacity[pool_column] > 0)
    return PairTable(
        stream=stream_column,
        pool=pool_column,
        spot=spot_column,
        throughput=np.concatenate(throughput_parts) if throughput_parts else np.zeros(0),
        present=present,
    )


def _append(
    row: int,
    units: FloatArray,
    spot: bool,
    streams: list[NDArray[np.int64]],
    pools: list[NDArray[np.int64]],
    spots: list[BoolArray],
    throughputs: list[FloatArray],
) -> None:
    eligible = np.flatnonzero(units > 0)
    streams.append(np.full(len(eligible), row, dtype=np.int64))
    pools.append(eligible.astype(np.int64))
    spots.append(np.full(len(eligible), spot, dtype=bool))
    throughputs.append(units[eligible])


def build_calls(scenario: Scenario) -> CallTable:
    """Calls from agent streams to inference workloads, in file order."""
    names = list(scenario.workloads)
    rows = [
        (row, names.index(call.workload), call.units_per_unit, call.gb_per_unit_hour)
        for row, (_, _, workload, _, _) in enumerate(_served(scenario))
        if isinstance(workload, Agents)
        for call in workload.calls
    ]
    return CallTable(
        stream=np.array([row[0] for row in rows], dtype=np.int64),
        workload=np.array([row[1] for row in rows], dtype=np.int64),
        units_per_unit=np.array([row[2] for row in rows], dtype=np.float64),
        gb_per_unit_hour=np.array([row[3] for row in rows], dtype=np.float64),
    )
