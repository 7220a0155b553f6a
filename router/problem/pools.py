"""Pools as arrays, and which of them a selector matches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.values import smallest
from router.scenario.scenario import Scenario
from router.scenario.selector import PurchaseOption, Selector
from router.scenario.workload import Workload

NO_ACCELERATOR = "none"


@dataclass(frozen=True)
class PoolTable:
    """P pools. Text columns as object arrays (P,), numbers as (P,), capacities as (P, T) instances."""

    names: tuple[str, ...]
    providers: tuple[str, ...]
    provider: NDArray[np.int64]
    provider_name: NDArray[np.str_]
    region: NDArray[np.str_]
    geography: NDArray[np.str_]
    instance_type: NDArray[np.str_]
    accelerator: NDArray[np.str_]
    accelerators: FloatArray
    vcpu: FloatArray
    egress_usd_per_gb: FloatArray
    capacity: FloatArray
    spot_capacity: FloatArray
    whole: BoolArray

    @property
    def count(self) -> int:
        """P."""
        return len(self.names)

    @property
    def provider_egress(self) -> FloatArray:
        """USD per gigabyte that leaves each provider, 0 where it has no pool, shape (K,)."""
        egress = np.zeros(len(self.providers))
        egress[self.provider] = self.egress_usd_per_gb
        return egress


def build_pools(scenario: Scenario, calendar: Calendar) -> PoolTable:
    """The pools of a scenario in file order."""
    pools = list(scenario.pools.values())
    types = [scenario.instance_types[pool.instance_type] for pool in pools]
    providers = tuple(scenario.providers)
    capacity = np.array([smallest(pool.capacity, calendar) for pool in pools])
    spot_capacity = np.minimum(np.array([smallest(pool.spot_capacity, calendar) for pool in pools]), capacity)
    small = capacity.max(axis=1) <= scenario.whole_instances_up_to
    whole = np.array(
        [
            bool(small[index]) if pool.whole_instances == "auto" else bool(pool.whole_instances)
            for index, pool in enumerate(pools)
        ]
    )
    regions = [scenario.providers[pool.provider].regions[pool.region] for pool in pools]
    return PoolTable(
        names=tuple(scenario.pools),
        providers=providers,
        provider=np.array([providers.index(pool.provider) for pool in pools]),
        provider_name=np.array([pool.provider for pool in pools]),
        region=np.array([pool.region for pool in pools]),
        geography=np.array([region.geography for region in regions]),
        instance_type=np.array([pool.instance_type for pool in pools]),
        accelerator=np.array([kind.accelerator or NO_ACCELERATOR for kind in types]),
        accelerators=np.array([kind.accelerators if kind.accelerator else 0 for kind in types], dtype=np.float64),
        vcpu=np.array([kind.vcpu for kind in types], dtype=np.float64),
        egress_usd_per_gb=np.array([scenario.providers[pool.provider].egress_usd_per_gb for pool in pools]),
        # Fractions of an instance cannot be rented where instances are whole.
        capacity=np.where(whole[:, None], np.floor(capacity), capacity),
        spot_capacity=np.where(whole[:, None], np.floor(spot_capacity), spot_capacity),
        whole=whole,
    )


def matches(selector: Selector, pools: PoolTable, option: PurchaseOption | None = None) -> BoolArray:
    """Which pools (with a purchase option, where one is given) a selector matches. Shape (P,)."""
    mask = np.ones(pools.count, dtype=bool)
    for names, column in (
        (selector.providers, pools.provider_name),
        (selector.regions, pools.region),
        (selector.geographies, pools.geography),
        (selector.accelerators, pools.accelerator),
        (selector.instance_types, pools.instance_type),
        (selector.pools, np.array(pools.names)),
    ):
        if names is not None:
            mask &= np.isin(column, names)
    if selector.purchase_options is not None and option is not None:
        mask &= option in selector.purchase_options
    if selector.exclude is not None:
        mask &= ~matches(selector.exclude, pools, option)
    return mask


def throughput(workload: Workload, pools: PoolTable) -> FloatArray:
    """Units of a workload per instance of each pool, 0 where it has none. Shape (P,)."""
    table = workload.throughput
    by_type = np.array([table.get(name, 0.0) for name in pools.instance_type])
    by_accelerator = np.array([table.get(name, 0.0) for name in pools.accelerator]) * pools.accelerators
    by_vcpu = np.where(pools.accelerators == 0, table.get("vcpu", 0.0) * pools.vcpu, 0.0)
    return np.asarray(np.where(by_type > 0, by_type, np.where(by_accelerator > 0, by_accelerator, by_vcpu)))
