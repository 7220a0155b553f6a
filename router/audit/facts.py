"""What the scenario fixes before any plan: capacities, demand and throughputs as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.audit import values
from router.audit.calendar import Calendar
from router.audit.matching import accelerator_kind, instance_of, serving_throughputs, spot_factor
from router.audit.prices import PriceBook
from router.scenario.scenario import Scenario
from router.scenario.workload import Agents, Call, Inference, Stream, Training

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StreamFacts:
    """A stream: its demand (period, slice), the throughput of an instance in each pool it may run in, and its calls to
    services that are planned."""

    workload_name: str
    name: str
    workload: Inference | Agents
    stream: Stream
    demand: Floats
    firm: dict[str, float]
    spot: dict[str, float]
    calls: tuple[Call, ...]

    @property
    def label(self) -> str:
        """`workload/stream`, as the bill names it."""
        return f"{self.workload_name}/{self.name}"


@dataclass(frozen=True)
class Facts:
    """The scenario as arrays. Shapes: capacity and spot_capacity (pool, period); the others one per pool.

    Streams and jobs are those of the workloads that are planned; ``disabled`` names the other workloads.
    """

    scenario: Scenario
    calendar: Calendar
    book: PriceBook
    pools: tuple[str, ...]
    pool_index: dict[str, int]
    providers: tuple[str, ...]
    provider_index: dict[str, int]
    provider_of_pool: NDArray[np.int64]
    capacity: Floats
    spot_capacity: Floats
    whole: NDArray[np.bool_]
    accelerators: Floats
    vcpus: Floats
    streams: tuple[StreamFacts, ...]
    stream_index: dict[tuple[str, str], int]
    jobs: dict[str, Training]
    disabled: frozenset[str]

    def place(self, period: int, slice_index: int) -> str:
        """A period and slice as findings name them."""
        return f"period {period}, slice {self.calendar.slices[slice_index]}"

    def provider_name(self, pool: int) -> str:
        """The provider of a pool."""
        return self.providers[int(self.provider_of_pool[pool])]


def facts_of(scenario: Scenario) -> Facts:
    """Work out the facts of a scenario."""
    calendar = Calendar.of(scenario.horizon)
    book = PriceBook.of(scenario, calendar)
    pools = tuple(scenario.pools)
    providers = tuple(dict.fromkeys([*scenario.providers, *(pool.provider for pool in scenario.pools.values())]))
    provider_index = {name: index for index, name in enumerate(providers)}
    given = list(scenario.pools.values())
    capacity = np.array([values.smallest(pool.capacity, calendar) for pool in given])
    largest = capacity.max(axis=1)
    whole = [
        bool(top <= scenario.whole_instances_up_to) if pool.whole_instances == "auto" else bool(pool.whole_instances)
        for pool, top in zip(given, largest, strict=True)
    ]
    instances = [instance_of(scenario, pool) for pool in given]
    kinds = [accelerator_kind(instance) for instance in instances]
    disabled = frozenset(name for name, workload in scenario.workloads.items() if not workload.enabled)
    streams = _streams(scenario, calendar, book, disabled)
    return Facts(
        scenario=scenario,
        calendar=calendar,
        book=book,
        pools=pools,
        pool_index={name: index for index, name in enumerate(pools)},
        providers=providers,
        provider_index=provider_index,
        provider_of_pool=np.array([provider_index[pool.provider] for pool in given], dtype=np.int64),
        capacity=capacity,
        spot_capacity=np.array([values.smallest(pool.spot_capacity, calendar) for pool in given]),
        whole=np.array(whole, dtype=bool),
        accelerators=np.array(
            [
                instance.accelerators if instance is not None and kind != "none" else 0
                for instance, kind in zip(instances, kinds, strict=True)
            ],
            dtype=float,
        ),
        vcpus=np.array([instance.vcpu if instance is not None else 0 for instance in instances], dtype=float),
        streams=streams,
        stream_index={(facts.workload_name, facts.name): index for index, facts in enumerate(streams)},
        jobs={
            name: job for name, job in scenario.workloads.items() if isinstance(job, Training) and name not in disabled
        },
        disabled=disabled,
    )


def _streams(
    scenario: Scenario, calendar: Calendar, book: PriceBook, disabled: frozenset[str]
) -> tuple[StreamFacts, ...]:
    found = []
    for name, workload in scenario.workloads.items():
        if isinstance(workload, Training) or name in disabled:
            continue
        calls = workload.calls if isinstance(workload, Agents) else []
        for stream_name, stream in workload.streams.items():
            firm = serving_throughputs(scenario, workload, stream)
            left = {pool: spot_factor(workload.spot, book.spot_offer(pool)) for pool in firm}
            own = stream.slice_multipliers or {}
            multipliers = np.array(
                [
                    own.get(part, multiplier)
                    for part, multiplier in zip(calendar.slices, calendar.slice_multipliers, strict=True)
                ]
            )
            found.append(
                StreamFacts(
                    workload_name=name,
                    name=stream_name,
                    workload=workload,
                    stream=stream,
                    demand=np.outer(values.demand(stream.demand, calendar), multipliers),
                    firm=firm,
                    spot={pool: units * left[pool] for pool, units in firm.items() if left[pool] > 0},
                    calls=tuple(call for call in calls if call.workload not in disabled),
                )
            )
    return tuple(found)
