"""Generated demand: training jobs, inference and agents sized against a fleet so that choices matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from tests.benchmarks.fleet import ACCELERATORS, GEOGRAPHIES, START, Fleet, PoolPlan

LOAD = 0.74
"""Mean load of a pool by streams; the peak slice takes it near 1, so that some of it must give way."""


@dataclass
class StreamPlan:
    """A stream before its demand is known: where it may run, its throughputs and its weight."""

    workload: str
    name: str
    geography: str
    pools: list[tuple[PoolPlan, float]]
    weight: float
    extra: dict[str, Any] = field(default_factory=dict)
    spot: bool = False

    def columns(self, periods: int, slices: int, migrates: bool) -> int:
        """Columns that the stream adds to the model."""
        steps = periods * slices
        serving = len(self.pools) + sum(pool.spot for pool, _ in self.pools if self.spot)
        return steps * (serving + 1) + (len(self.pools) * (periods - 1) if migrates else 0)


@dataclass
class Service:
    """A workload with its streams."""

    name: str
    data: dict[str, Any]
    streams: list[StreamPlan]

    def columns(self, periods: int, slices: int) -> int:
        """Columns that the workload adds to the model."""
        migrates = "migration_usd_per_unit" in self.data
        total = sum(stream.columns(periods, slices, migrates) for stream in self.streams)
        if self.data.get("calls"):
            for stream in self.streams:
                total += periods * slices * len({pool.provider for pool, _ in stream.pools})
        return total


def services(rng: np.random.Generator, fleet: Fleet, streams_per_service: int) -> Any:
    """Workloads one after another, without end: inference, inference, agents, ..."""
    number = 0
    inference: list[str] = []
    while True:
        agents = number % 3 == 2
        name = f"{'agents' if agents else 'chat'}-{number}"
        calls = inference[-1] if agents else None
        service = _service(rng, fleet, name, streams_per_service, number, calls)
        if not agents:
            inference.append(name)
        number += 1
        if service.streams:
            yield service


def _service(
    rng: np.random.Generator, fleet: Fleet, name: str, streams: int, number: int, calls: str | None
) -> Service:
    agents = calls is not None
    wanted = "none" if agents else None
    kinds = [k for k in ACCELERATORS if any(plan.accelerator == k for plan in fleet.plans)]
    chosen = [str(kind) for kind in rng.permutation(kinds)[: min(4, len(kinds))]]
    spot = bool(rng.random() < 0.5)
    overhead = round(float(rng.uniform(0.5, 4.0)), 2)
    data: dict[str, Any] = {
        "kind": "agents" if agents else "inference",
        "unit": "agents" if agents else "k tokens/s",
        "eligible": {"accelerators": [wanted] if wanted else chosen},
    }
    per_unit = 0.5 if agents else 2.0
    data["throughput"] = (
        {"vcpu": per_unit}
        if agents
        else {k: round(float(per_unit * ACCELERATORS[k][1] * rng.uniform(0.8, 1.2)), 4) for k in chosen}
    )
    dearest = max((p.usd_per_hour / p.units for p in fleet.plans if _fits(p, data)), default=1.0) / per_unit
    data["value_of_unserved_usd_per_unit_hour"] = round(float(dearest * rng.uniform(2.0, 5.0)), 4)
    if spot:
        data["spot"] = {
            "max_share": round(float(rng.uniform(0.2, 0.6)), 2),
            "interruption_overhead_hours": overhead,
        }
    if agents:
        data["calls"] = [
            {"workload": calls, "units_per_unit": 0.05, "gb_per_unit_hour": round(float(rng.uniform(0.2, 2)), 3)}
        ]
    else:
        data["egress_gb_per_unit_hour"] = round(float(rng.uniform(0.01, 0.2)), 4)
    if number % 4 == 1:
        data["survive_provider_loss"] = 0.5
    if number % 5 == 3:
        data["migration_usd_per_unit"] = round(float(dearest * rng.uniform(20, 100)), 3)
    plans = []
    for index in range(streams):
        geography = GEOGRAPHIES[(index + number) % len({plan.geography for plan in fleet.plans})]
        extra: dict[str, Any] = {}
        if rng.random() < 0.3:
            extra["residency"] = [geography]
        elif rng.random() < 0.4:
            extra["max_latency_ms"] = 160
        pools = [
            (plan, _throughput(plan, data))
            for plan in fleet.plans
            if _fits(plan, data)
            and ("residency" not in extra or plan.geography == geography)
            and ("max_latency_ms" not in extra or _near(fleet, plan, geography))
        ]
        if pools:
            weight = float(rng.lognormal(0.0, 0.6))
            plans.append(StreamPlan(name, f"{geography}-{index}", geography, pools, weight, extra, spot))
    return Service(name, data, plans)


def _fits(plan: PoolPlan, data: dict[str, Any]) -> bool:
    return plan.accelerator in data["eligible"]["accelerators"]


def _throughput(plan: PoolPlan, data: dict[str, Any]) -> float:
    if plan.accelerator == "none":
        return float(data["throughput"]["vcpu"]) * plan.units
    return float(data["throughput"][plan.accelerator]) * plan.accelerators


def _near(fleet: Fleet, plan: PoolPlan, geography: str) -> bool:
    return bool(fleet.providers[plan.provider]["regions"][plan.region]["latency_ms"][geography] <= 160)


def with_demand(rng: np.random.Generator, fleet: Fleet, chosen: list[Service]) -> dict[str, Any]:
    """The workloads with demand: each pool's load is split over its streams by weight, so that all fit on average."""
    weight_on: dict[str, float] = {}
    for service in chosen:
        for stream in service.streams:
            for pool, _ in stream.pools:
                weight_on[pool.name] = weight_on.get(pool.name, 0.0) + stream.weight
    result = {}
    for service in chosen:
        streams = {}
        for stream in service.streams:
            points = {}
            for year in range(fleet.years + 1):
                level = min(year, fleet.years - 1)
                units = sum(
                    pool.instances[level] * throughput * stream.weight / weight_on[pool.name]
                    for pool, throughput in stream.pools
                )
                noise = rng.uniform(0.85, 1.15)
                points[date(START.year + year, 1, 1)] = round(float(LOAD * units * noise), 4)
            streams[stream.name] = {
                "geography": stream.geography,
                "demand": {"points": points},
                **stream.extra,
            }
        result[service.name] = {**service.data, "streams": streams}
    return result


def training_job(
    rng: np.random.Generator, fleet: Fleet, number: int, months: int, jobs: int
) -> tuple[str, dict[str, Any], int]:
    """A job and about how many candidate runs it has."""
    gpus = [plan for plan in fleet.plans if plan.accelerator != "none"]
    kinds = list(dict.fromkeys(plan.accelerator for plan in gpus))
    chosen = [str(kind) for kind in rng.permutation(kinds)[: min(2, len(kinds))]]
    fitting = [plan for plan in gpus if plan.accelerator in chosen]
    if len(fitting) > 8:
        fitting = [fitting[int(index)] for index in rng.permutation(len(fitting))[:8]]
    window = int(rng.integers(5, 10))
    first = int(rng.integers(0, max(1, months - window - 1)))
    begin = date(START.year + first // 12, first % 12 + 1, 1)
    end = begin + timedelta(days=int(window * 30.4))
    level = min(first // 12, fleet.years - 1)
    smallest = min(plan.instances[level] * plan.accelerators for plan in fitting)
    # All jobs together take about a seventh of the accelerators' hours.
    hours = float(rng.uniform(500, 2200))
    whole = sum(plan.instances[level] * plan.units for plan in gpus) * months * 730 / 7.0 / max(jobs, 1)
    speed = float(np.mean([ACCELERATORS[plan.accelerator][1] for plan in fitting]))
    gang = max(8, int(min(0.3 * smallest, whole / hours / speed)) // 8 * 8)
    work = gang * speed * hours
    cost = work * float(np.mean([plan.usd_per_hour / plan.units for plan in fitting]))
    data: dict[str, Any] = {
        "kind": "training",
        "eligible": {"pools": [plan.name for plan in fitting]},
        "work": round(work, 1),
        "throughput": {kind: ACCELERATORS[kind][1] for kind in chosen},
        "gangs": [{"accelerators": gang}, {"accelerators": 2 * gang, "efficiency": 0.92}],
        "earliest_start": begin,
        "deadline": end,
        "value_of_unserved_usd": round(cost * float(rng.uniform(2.5, 6.0)), 0),
    }
    if rng.random() < 0.3:
        data["spot"] = {"interruption_overhead_hours": round(float(rng.uniform(1, 6)), 2)}
    if rng.random() < 0.5:
        home = str(rng.choice(list(fleet.providers)))
        data["dataset"] = {"provider": home, "gigabytes": float(int(rng.uniform(0.2, 3) * 1e6))}
    starts = max(1.0, window - hours / 730 * 0.8)
    return f"train-{number}", data, int(len(fitting) * starts * 1.9)
