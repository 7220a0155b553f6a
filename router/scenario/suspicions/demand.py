"""Suspicions about workloads: what cannot be served, will not be served, or says something without effect."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from router.reading.key_path import KeyPath
from router.scenario.series import Growth
from router.scenario.suspicions.facts import Facts
from router.scenario.workload import Agents, Serving, SpotUse, Training

Suspicion = tuple[KeyPath, str]
_STEEP_GROWTH = 10.0


def demand_suspicions(facts: Facts) -> Iterator[Suspicion]:
    """One for each workload, stream or job that looks wrong. What is disabled is not served, and needs no warning."""
    used: set[str] = set()
    workloads = facts.scenario.workloads
    for name, workload in workloads.items():
        path: KeyPath = ("workloads", name)
        selected = [key for key in facts.scenario.pools if facts.matches(workload.eligible, key)]
        able = [key for key in selected if facts.units(workload, facts.scenario.pools[key]) > 0]
        used.update(able)
        if not workload.enabled:
            continue
        if isinstance(workload, Agents):
            yield from _calls(facts, workload, path)
        if not able:
            cause = "its `eligible` matches no pool" if not selected else "`throughput` has no entry for its pools"
            yield path, f"no pool can run it ({cause}): all of it stays unserved"
        elif isinstance(workload, Training):
            yield from _job(facts, workload, able, path)
        else:
            yield from _streams(facts, workload, able, path)
        if workload.spot is not None and able:
            yield from _spot(facts, workload.spot, able, path)
    if not any(workload.enabled for workload in workloads.values()):
        yield ("workloads",), "all are disabled: the plan serves nothing"
    for name, pool in facts.scenario.pools.items():
        if name not in used:
            yield ("pools", name), f"no workload can run on it ({pool.instance_type} in {pool.region})"


def _calls(facts: Facts, fleet: Agents, path: KeyPath) -> Iterator[Suspicion]:
    for index, call in enumerate(fleet.calls):
        if not facts.scenario.workloads[call.workload].enabled:
            yield (
                (*path, "calls", index, "workload"),
                f"{call.workload} is disabled: the traffic of these calls is left out",
            )


def _job(facts: Facts, job: Training, able: list[str], path: KeyPath) -> Iterator[Suspicion]:
    if job.earliest_start > facts.boundaries[-2]:
        yield path, f"earliest_start {job.earliest_start} comes after the last period's start: it stays unserved"
        return
    fits = False
    for name in able:
        pool = facts.scenario.pools[name]
        accelerators = facts.scenario.instance_types[pool.instance_type].accelerators
        most = math.floor(facts.largest(pool.capacity)) * accelerators
        fits = fits or any(gang.accelerators <= most for gang in job.gangs)
    if not fits:
        smallest = min(gang.accelerators for gang in job.gangs)
        yield path, f"its smallest gang ({smallest:,} accelerators) fits no pool it may use: it stays unserved"
    if job.value_of_unserved_usd == 0:
        yield path, "value_of_unserved_usd is 0: leaving it out costs nothing, so that it is never run"
    if job.spot is not None and job.spot.max_share < 1:
        yield (*path, "spot", "max_share"), "a training job with a share below 100 % does not run on spot at all"


def _streams(facts: Facts, workload: Serving, able: list[str], path: KeyPath) -> Iterator[Suspicion]:
    pools = facts.scenario.pools
    value = workload.value_of_unserved_usd_per_unit_hour
    for name, stream in workload.streams.items():
        where = (*path, "streams", name)
        if isinstance(stream.demand, Growth) and stream.demand.growth_per_year > _STEEP_GROWTH:
            growth = stream.demand.growth_per_year
            yield (*where, "demand"), f"grows by {growth:.0%} a year; percent are written '{growth:g} %'"
        allowed = [key for key in able if facts.allows(workload, stream, pools[key])]
        if not allowed:
            yield where, "no pool that can run it is within its residency and max_latency_ms: it stays unserved"
            continue
        if workload.survive_provider_loss and len({pools[key].provider for key in allowed}) == 1:
            only = pools[allowed[0]].provider
            yield where, f"survive_provider_loss asks for a second provider, but only {only} can serve it"
        cheapest = min((_least_usd(facts, key) / facts.units(workload, pools[key]) for key in allowed), default=0.0)
        if value < cheapest:
            yield (
                where,
                f"its value of unserved ({value:,.4g} USD per unit-hour) is below the lowest price of serving it "
                f"({cheapest:,.4g}): leaving it out is cheaper",
            )


def _least_usd(facts: Facts, name: str) -> float:
    """The lowest price of a pool's instance-hour, the largest discount taken off."""
    pool = facts.scenario.pools[name]
    prices = [
        min(offer.usd_per_hour.values()) if isinstance(offer.usd_per_hour, Mapping) else offer.usd_per_hour
        for offer in facts.offers[name]
    ]
    discounts = [0.0]
    for contract in facts.scenario.contracts.values():
        if contract.provider == pool.provider:
            discounts.extend(rule.discount for rule in contract.discounts)
            discounts.extend(level.discount for level in (contract.tiers.levels if contract.tiers else ()))
    return min(prices, default=0.0) * (1.0 - max(discounts))


def _spot(facts: Facts, spot: SpotUse, able: list[str], path: KeyPath) -> Iterator[Suspicion]:
    if spot.max_share > 0 and not any(
        facts.largest(facts.scenario.pools[name].spot_capacity) > 0
        and any(offer.purchase_option == "spot" for offer in facts.offers[name])
        for name in able
    ):
        yield (*path, "spot"), "no pool that can run it has both spot_capacity and a spot price"
