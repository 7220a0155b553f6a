"""What may run where (docs/model.md section 2)."""

from __future__ import annotations

import math

from router.scenario.offer import Offer, Pool
from router.scenario.provider import InstanceType
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector
from router.scenario.workload import Agents, Gang, Inference, SpotUse, Stream, Training

NO_ACCELERATOR = "none"


def instance_of(scenario: Scenario, pool: Pool) -> InstanceType | None:
    """The pool's instance type."""
    return scenario.instance_types.get(pool.instance_type)


def accelerator_kind(instance: InstanceType | None) -> str:
    """The accelerator kind of an instance type, `none` where it has none."""
    if instance is None or instance.accelerator is None or instance.accelerators == 0:
        return NO_ACCELERATOR
    return instance.accelerator


def geography_of(scenario: Scenario, pool: Pool) -> str | None:
    """The geography that the pool's region lies in."""
    provider = scenario.providers.get(pool.provider)
    region = provider.regions.get(pool.region) if provider else None
    return region.geography if region else None


def selects(scenario: Scenario, selector: Selector, pool_name: str, option: str | None = None) -> bool:
    """Whether a selector matches a pool and purchase option (None: `purchase_options` does not apply)."""
    pool = scenario.pools[pool_name]
    given = [
        (selector.providers, pool.provider),
        (selector.regions, pool.region),
        (selector.geographies, geography_of(scenario, pool)),
        (selector.accelerators, accelerator_kind(instance_of(scenario, pool))),
        (selector.instance_types, pool.instance_type),
        (selector.pools, pool_name),
    ]
    if any(names is not None and value not in names for names, value in given):
        return False
    if option is not None and selector.purchase_options is not None and option not in selector.purchase_options:
        return False
    return selector.exclude is None or not selects(scenario, selector.exclude, pool_name, option)


def throughput(scenario: Scenario, entries: dict[str, float], pool: Pool) -> float | None:
    """Units of a workload that one firm instance of the pool does, None where there is no entry."""
    if pool.instance_type in entries:
        return entries[pool.instance_type]
    instance = instance_of(scenario, pool)
    if instance is None:
        return None
    kind = accelerator_kind(instance)
    if kind != NO_ACCELERATOR:
        return entries[kind] * instance.accelerators if kind in entries else None
    return entries["vcpu"] * instance.vcpu if "vcpu" in entries else None


def spot_factor(spot: SpotUse | None, offer: Offer | None) -> float:
    """Share of the throughput that is left on a pool's spot; 0 where the workload cannot use it."""
    if spot is None or offer is None:
        return 0.0
    return 1.0 - min(1.0, offer.interruption_rate * spot.interruption_overhead_hours)


def gang_instances(instance: InstanceType | None, gang: Gang) -> int | None:
    """Instances that a gang takes, None where the instance type has no accelerators."""
    if instance is None or accelerator_kind(instance) == NO_ACCELERATOR:
        return None
    return math.ceil(gang.accelerators / instance.accelerators)


def serving_throughputs(scenario: Scenario, workload: Inference | Agents, stream: Stream) -> dict[str, float]:
    """Throughput per firm instance of each pool that is eligible for a stream."""
    residency = workload.residency if stream.residency is None else stream.residency
    limit_ms = workload.max_latency_ms if stream.max_latency_ms is None else stream.max_latency_ms
    found = {}
    for name, pool in scenario.pools.items():
        units = throughput(scenario, workload.throughput, pool)
        if units is None or not selects(scenario, workload.eligible, name):
            continue
        if residency is not None and geography_of(scenario, pool) not in residency:
            continue
        if limit_ms is not None:
            provider = scenario.providers.get(pool.provider)
            region = provider.regions.get(pool.region) if provider else None
            latency_ms = region.latency_ms.get(stream.geography) if region else None
            if latency_ms is None or latency_ms > limit_ms:
                continue
        found[name] = units
    return found


def training_throughput(scenario: Scenario, job: Training, pool_name: str) -> float | None:
    """Units of work per hour of one firm instance, None where the pool is not eligible."""
    if not selects(scenario, job.eligible, pool_name):
        return None
    return throughput(scenario, job.throughput, scenario.pools[pool_name])
