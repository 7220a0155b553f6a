"""Pools as arrays, and which of them a selector matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.values import smallest
from router.scenario.offer import Pool
from router.scenario.provider import InstanceType, Provider
from router.scenario.selector import PurchaseOption, Selector
from router.scenario.workload import Workload

NO_ACCELERATOR = "none"


@dataclass(frozen=True)
class PoolKinds:
    """What and where P pools are, whatever their capacity. Text columns and numbers as arrays (P,)."""

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

    @property
    def count(self) -> int:
        """P."""
        return len(self.names)


@dataclass(frozen=True)
class PoolTable(PoolKinds):
    """P pools: what they are, egress (P,), capacities (P, T) in instances, and which are rented in whole instances."""

    egress_usd_per_gb: FloatArray
    capacity: FloatArray
    spot_capacity: FloatArray
    whole: BoolArray

    @property
    def provider_egress(self) -> FloatArray:
        """USD per gigabyte that leaves each provider, 0 where it has no pool, shape (K,)."""
        egress = np.zeros(len(self.providers))
        egress[self.provider] = self.egress_usd_per_gb
        return egress


def build_pool_kinds(
    pools: Mapping[str, Pool], types: Mapping[str, InstanceType], providers: Mapping[str, Provider]
) -> PoolKinds:
    """What the pools of a scenario are, in file order."""
    kinds = [types[pool.instance_type] for pool in pools.values()]
    names = tuple(providers)
    regions = [providers[pool.provider].regions[pool.region] for pool in pools.values()]
    return PoolKinds(
        names=tuple(pools),
        providers=names,
        provider=np.array([names.index(pool.provider) for pool in pools.values()]),
        provider_name=np.array([pool.provider for pool in pools.values()]),
        region=np.array([pool.region for pool in pools.values()]),
        geography=np.array([region.geography for region in regions]),
        instance_type=np.array([pool.instance_type for pool in pools.values()]),
        accelerator=np.array([kind.accelerator or NO_ACCELERATOR for kind in kinds]),
        accelerators=np.array([kind.accelerators if kind.accelerator else 0 for kind in kinds], dtype=np.float64),
        vcpu=np.array([kind.vcpu for kind in kinds], dtype=np.float64),
    )


def build_pools(
    kinds: PoolKinds,
    pools: Mapping[str, Pool],
    providers: Mapping[str, Provider],
    whole_instances_up_to: float,
    calendar: Calendar,
) -> PoolTable:
    """The pools of a scenario in file order."""
    capacity = np.array([smallest(pool.capacity, calendar) for pool in pools.values()])
    spot_capacity = np.array([smallest(pool.spot_capacity, calendar) for pool in pools.values()])
    spot_capacity = np.minimum(spot_capacity, capacity)
    small = capacity.max(axis=1) <= whole_instances_up_to
    whole = np.array(
        [
            bool(small[index]) if pool.whole_instances == "auto" else bool(pool.whole_instances)
            for index, pool in enumerate(pools.values())
        ]
    )
    return PoolTable(
        **vars(kinds),
        egress_usd_per_gb=np.array([providers[pool.provider].egress_usd_per_gb for pool in pools.values()]),
        # Fractions of an instance cannot be rented where instances are whole.
        capacity=np.where(whole[:, None], np.floor(capacity), capacity),
        spot_capacity=np.where(whole[:, None], np.floor(spot_capacity), spot_capacity),
        whole=whole,
    )


def matches(selector: Selector, pools: PoolKinds, option: PurchaseOption | None = None) -> BoolArray:
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


def throughput(workload: Workload, pools: PoolKinds) -> FloatArray:
    """Units of a workload per instance of each pool, 0 where it has none. Shape (P,)."""
    return units_per_instance(workload.throughput, pools)


def units_per_instance(table: Mapping[str, float], pools: PoolKinds) -> FloatArray:
    """Units per instance of each pool by a throughput table, 0 where it names none of it. Shape (P,)."""
    by_type = np.array([table.get(name, 0.0) for name in pools.instance_type])
    by_accelerator = np.array([table.get(name, 0.0) for name in pools.accelerator]) * pools.accelerators
    by_vcpu = np.where(pools.accelerators == 0, table.get("vcpu", 0.0) * pools.vcpu, 0.0)
    return np.asarray(np.where(by_type > 0, by_type, np.where(by_accelerator > 0, by_accelerator, by_vcpu)))


def usable_units(selector: Selector, table: Mapping[str, float], pools: PoolKinds) -> FloatArray:
    """Units per instance of each pool that a workload may run in, 0 in the others. Shape (P,)."""
    return np.where(matches(selector, pools), units_per_instance(table, pools), 0.0)
