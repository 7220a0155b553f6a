"""Streams and candidate runs as plain Python: docs/model.md sections 2 and 4, for the rivals only."""

from __future__ import annotations

import math
from dataclasses import dataclass

from router.scenario.scenario import Scenario
from router.scenario.workload import Agents, Serving, SpotUse, Training
from tests.benchmarks.plain_supply import PoolFacts, pool_offers, selected, throughput_in
from tests.benchmarks.plain_time import Periods, demand_of


@dataclass(frozen=True)
class CallFacts:
    """Calls of an agent stream to an inference workload."""

    workload: str
    units_per_unit: float
    gb_per_unit_hour: float


@dataclass(frozen=True)
class StreamFacts:
    """A stream: ``demand[t][h]``; units per instance by pool, on firm and on spot instances."""

    name: str
    workload: str
    demand: list[list[float]]
    firm: dict[str, float]
    spot: dict[str, float]
    spot_share: float
    survive: float | None
    value_usd_per_unit_hour: float
    egress_gb_per_unit_hour: float
    migration_usd_per_unit: float
    calls: list[CallFacts]


@dataclass(frozen=True)
class RunFacts:
    """A candidate run: pays for ``hours_share[i]`` of period ``first + i`` and holds all of it."""

    pool: str
    spot: bool
    first: int
    instances: int
    hours_share: list[float]
    dataset_usd: float

    @property
    def touched(self) -> range:
        """Periods in which the run holds its instances."""
        return range(self.first, self.first + len(self.hours_share))


@dataclass(frozen=True)
class JobFacts:
    """A training job and all of its candidate runs."""

    name: str
    runs: list[RunFacts]
    unserved_usd: float
    unserved_period: int


def spot_rates(scenario: Scenario, pools: dict[str, PoolFacts]) -> dict[str, float]:
    """Interruption rate of each pool that has a spot offer."""
    return {
        pool.name: offer.interruption_rate
        for pool in pools.values()
        for _, offer in pool_offers(scenario, pool)
        if offer.purchase_option == "spot"
    }


def _spot_factor(spot: SpotUse | None, rate: float | None) -> float:
    if spot is None or rate is None:
        return 0.0
    return 1.0 - min(1.0, rate * spot.interruption_overhead_hours)


def read_streams(scenario: Scenario, pools: dict[str, PoolFacts], periods: Periods) -> list[StreamFacts]:
    """All streams of inference and agents."""
    rates = spot_rates(scenario, pools)
    default = {part.name: part.demand_multiplier for part in scenario.horizon.slices}
    result = []
    for name, workload in scenario.workloads.items():
        if not isinstance(workload, Serving):
            continue
        candidates = [pool for pool in pools.values() if selected(workload.eligible, pool)]
        rate_of = {pool.name: throughput_in(workload, pool) for pool in candidates}
        for stream_name, stream in workload.streams.items():
            residency = stream.residency if stream.residency is not None else workload.residency
            latency = stream.max_latency_ms if stream.max_latency_ms is not None else workload.max_latency_ms
            firm = {
                pool.name: rate_of[pool.name]
                for pool in candidates
                if rate_of[pool.name] > 0
                and (residency is None or pool.geography in residency)
                and (latency is None or pool.latency_ms.get(stream.geography, math.inf) <= latency)
            }
            on_spot = {
                pool: units * factor
                for pool, units in firm.items()
                if (factor := _spot_factor(workload.spot, rates.get(pool))) > 0
            }
            times = stream.slice_multipliers or {}
            multiplier = [times.get(part, default[part]) for part in periods.slices]
            result.append(
                StreamFacts(
                    name=f"{name}/{stream_name}",
                    workload=name,
                    demand=[[d * m for m in multiplier] for d in demand_of(stream.demand, periods)],
                    firm=firm,
                    spot=on_spot,
                    spot_share=workload.spot.max_share if workload.spot else 0.0,
                    survive=workload.survive_provider_loss,
                    value_usd_per_unit_hour=workload.value_of_unserved_usd_per_unit_hour,
                    egress_gb_per_unit_hour=workload.egress_gb_per_unit_hour,
                    migration_usd_per_unit=workload.migration_usd_per_unit,
                    calls=[
                        CallFacts(call.workload, call.units_per_unit, call.gb_per_unit_hour)
                        for call in (workload.calls if isinstance(workload, Agents) else [])
                    ],
                )
            )
    return result


def read_jobs(scenario: Scenario, pools: dict[str, PoolFacts], periods: Periods) -> list[JobFacts]:
    """All training jobs."""
    rates = spot_rates(scenario, pools)
    return [
        JobFacts(
            name=name,
            runs=_runs(scenario, workload, pools, rates, periods),
            unserved_usd=workload.value_of_unserved_usd,
            unserved_period=periods.containing(workload.deadline),
        )
        for name, workload in scenario.workloads.items()
        if isinstance(workload, Training)
    ]


def _runs(
    scenario: Scenario,
    job: Training,
    pools: dict[str, PoolFacts],
    rates: dict[str, float],
    periods: Periods,
) -> list[RunFacts]:
    result = []
    may_use_spot = job.spot is not None and job.spot.max_share >= 1
    for pool in pools.values():
        units = throughput_in(job, pool) if selected(job.eligible, pool) else 0.0
        if units <= 0 or not pool.accelerators:
            continue
        transfer = 0.0
        if job.dataset is not None and job.dataset.provider != pool.provider:
            transfer = job.dataset.gigabytes * scenario.providers[job.dataset.provider].egress_usd_per_gb
        for gang in job.gangs:
            instances = math.ceil(gang.accelerators / pool.accelerators)
            for spot in (False, True):
                factor = 1.0 if not spot else _spot_factor(job.spot, rates.get(pool.name)) if may_use_spot else 0.0
                if factor <= 0:
                    continue
                hours = job.work / (instances * units * gang.efficiency * factor)
                room = [min(a, b) for a, b in zip(pool.capacity, pool.spot_capacity, strict=True)]
                room = room if spot else pool.capacity
                for first in range(periods.count):
                    if periods.start[first] < job.earliest_start:
                        continue
                    share = _hours_share(first, hours, job, periods)
                    if share and all(room[first + i] >= instances for i in range(len(share))):
                        result.append(RunFacts(pool.name, spot, first, instances, share, transfer))
    return result


def _hours_share(first: int, hours: float, job: Training, periods: Periods) -> list[float]:
    """The share of each period that a run pays for; empty where it would end too late."""
    share: list[float] = []
    left, t = hours, first
    while left > 1e-9:
        if t == periods.count:
            return []
        used = min(left, periods.hours[t])
        share.append(used / periods.hours[t])
        left -= used
        t += 1
    last = first + len(share) - 1
    end_days = periods.start[last].toordinal() + share[-1] * periods.hours[last] / 24.0
    return share if end_days <= job.deadline.toordinal() + 1e-9 else []
