"""Pools, rental lines and reservations as plain Python: docs/model.md sections 2 and 3, for the rivals only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from router.scenario.contract import Contract
from router.scenario.offer import Offer
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector
from router.scenario.workload import Workload
from tests.benchmarks.plain_time import Periods, average_of, days_shared, exists_in, later, smallest_of


@dataclass(frozen=True)
class PoolFacts:
    """A pool with its instance type and region looked up."""

    name: str
    provider: str
    region: str
    geography: str
    latency_ms: dict[str, float]
    instance_type: str
    accelerator: str
    accelerators: int
    vcpu: int
    egress_usd_per_gb: float
    capacity: list[float]
    spot_capacity: list[float]
    whole: bool


@dataclass(frozen=True)
class Rental:
    """A line to rent on: ``price[t]``, None where it cannot be rented."""

    pool: str
    contract: str | None
    offer: int
    spot: bool
    price: list[float | None]
    most: list[float]


@dataclass(frozen=True)
class Cohort:
    """A reservation bought at the start of a period; ``payment[t]`` in USD per instance."""

    pool: str
    contract: str | None
    offer: int
    first: int
    covered: list[int]
    payment: list[float]
    after_horizon_usd: float
    most: list[float]


def read_pools(scenario: Scenario, periods: Periods) -> dict[str, PoolFacts]:
    """All pools by name."""
    result = {}
    for name, pool in scenario.pools.items():
        kind = scenario.instance_types[pool.instance_type]
        provider = scenario.providers[pool.provider]
        region = provider.regions[pool.region]
        capacity = smallest_of(pool.capacity, periods)
        small = max(capacity) <= scenario.whole_instances_up_to
        result[name] = PoolFacts(
            name=name,
            provider=pool.provider,
            region=pool.region,
            geography=region.geography,
            latency_ms=region.latency_ms,
            instance_type=pool.instance_type,
            accelerator=kind.accelerator or "none",
            accelerators=kind.accelerators if kind.accelerator else 0,
            vcpu=kind.vcpu,
            egress_usd_per_gb=provider.egress_usd_per_gb,
            capacity=capacity,
            spot_capacity=smallest_of(pool.spot_capacity, periods),
            whole=small if pool.whole_instances == "auto" else pool.whole_instances,
        )
    return result


def selected(selector: Selector, pool: PoolFacts, option: str | None = None) -> bool:
    """Whether a selector matches a pool (and purchase option)."""
    wanted = [
        (selector.providers, pool.provider),
        (selector.regions, pool.region),
        (selector.geographies, pool.geography),
        (selector.accelerators, pool.accelerator),
        (selector.instance_types, pool.instance_type),
        (selector.pools, pool.name),
        (selector.purchase_options, option),
    ]
    if any(names is not None and value is not None and value not in names for names, value in wanted):
        return False
    return selector.exclude is None or not selected(selector.exclude, pool, option)


def throughput_in(workload: Workload, pool: PoolFacts) -> float:
    """Units per instance; 0 where the pool is not eligible."""
    table = workload.throughput
    if pool.instance_type in table:
        return table[pool.instance_type]
    if pool.accelerators and pool.accelerator in table:
        return table[pool.accelerator] * pool.accelerators
    return table.get("vcpu", 0.0) * pool.vcpu if not pool.accelerators else 0.0


def pool_offers(scenario: Scenario, pool: PoolFacts) -> Iterator[tuple[int, Offer]]:
    """Offers that hold in a pool, with their position in the file."""
    here: dict[tuple[str, int | None, str | None], tuple[int, Offer]] = {}
    for place in (pool.region, "any"):
        for number, offer in enumerate(scenario.offers):
            if (offer.provider, offer.region, offer.instance_type) == (pool.provider, place, pool.instance_type):
                here.setdefault((offer.purchase_option, offer.term_months, offer.contract), (number, offer))
    yield from here.values()


def _billed_under(scenario: Scenario, pool: PoolFacts, offer: Offer) -> dict[str, Contract]:
    return {
        name: contract
        for name, contract in scenario.contracts.items()
        if contract.provider == pool.provider and selected(contract.eligible, pool, offer.purchase_option)
    }


def _discount(contract: Contract, pool: PoolFacts, offer: Offer) -> float:
    rules = (rule.discount for rule in contract.discounts if selected(rule.applies_to, pool, offer.purchase_option))
    return next(rules, 0.0)


def read_rentals(scenario: Scenario, pools: dict[str, PoolFacts], periods: Periods) -> list[Rental]:
    """All lines to rent on."""
    result = []
    for pool in pools.values():
        for number, offer in pool_offers(scenario, pool):
            if offer.purchase_option == "reserved":
                continue
            price, exists = average_of(offer.usd_per_hour, periods), exists_in(offer.usd_per_hour, periods)
            limit = offer.max_instances
            most = smallest_of(limit, periods) if limit is not None else [math.inf] * periods.count
            by_contract: dict[str | None, list[float | None]] = {}
            for t in range(periods.count):
                if not exists[t]:
                    continue
                for name, net in _prices(scenario, pool, offer, price[t], t, periods):
                    by_contract.setdefault(name, [None] * periods.count)[t] = net
            for contract, net_prices in by_contract.items():
                spot = offer.purchase_option == "spot"
                result.append(Rental(pool.name, contract, number, spot, net_prices, most))
    return result


def _prices(
    scenario: Scenario, pool: PoolFacts, offer: Offer, price: float, t: int, periods: Periods
) -> list[tuple[str | None, float]]:
    if offer.contract is not None:
        fixed = scenario.contracts[offer.contract]
        return [(offer.contract, price)] if periods.wholly_within(t, fixed.start, fixed.end) else []
    net: list[tuple[str | None, float]] = []
    for name, contract in _billed_under(scenario, pool, offer).items():
        overlap = periods.share_within(t, contract.start, contract.end)
        if overlap > 0:
            net.append((name, price * (1 - _discount(contract, pool, offer) * overlap)))
    return net or [(None, price)]


def read_cohorts(scenario: Scenario, pools: dict[str, PoolFacts], periods: Periods) -> list[Cohort]:
    """All reservations that could be bought."""
    result = []
    horizon_end = periods.end[-1]
    for pool in pools.values():
        for number, offer in pool_offers(scenario, pool):
            if offer.purchase_option != "reserved" or offer.term_months is None:
                continue
            price, exists = average_of(offer.usd_per_hour, periods), exists_in(offer.usd_per_hour, periods)
            limit = offer.max_instances
            most = smallest_of(limit, periods) if limit is not None else [math.inf] * periods.count
            under = _billed_under(scenario, pool, offer)
            for first in (t for t in range(periods.count) if exists[t]):
                begin = periods.start[first]
                end = later(begin, offer.term_months)
                names: list[str | None] = [
                    name
                    for name, contract in under.items()
                    if periods.share_within(first, contract.start, contract.end) > 0
                ]
                for name in names or [None]:
                    payment = []
                    for t in range(periods.count):
                        off = 0.0
                        if name is not None:
                            contract = under[name]
                            off = _discount(contract, pool, offer) * periods.share_within(
                                t, contract.start, contract.end
                            )
                        life = 24.0 * days_shared(periods.start[t], periods.end[t], begin, end)
                        payment.append(life * price[first] * (1 - off))
                    result.append(
                        Cohort(
                            pool=pool.name,
                            contract=name,
                            offer=number,
                            first=first,
                            covered=[t for t in range(periods.count) if periods.wholly_within(t, begin, end)],
                            payment=payment,
                            after_horizon_usd=max(0, (end - horizon_end).days) * 24.0 * price[first],
                            most=most,
                        )
                    )
    return result
