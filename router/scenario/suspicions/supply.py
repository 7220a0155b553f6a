"""Suspicions about pools and prices: what is never there, or never used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from router.reading.key_path import KeyPath
from router.reading.nearest import nearest
from router.scenario.base import Sourced
from router.scenario.offer import ANY_REGION
from router.scenario.scenario import Scenario
from router.scenario.suspicions.facts import Facts

Suspicion = tuple[KeyPath, str]


def supply_suspicions(facts: Facts) -> Iterator[Suspicion]:
    """One for each pool or offer that looks wrong."""
    for name, pool in facts.scenario.pools.items():
        path: KeyPath = ("pools", name)
        if facts.largest(pool.capacity) == 0:
            yield (*path, "capacity"), "0 in the whole horizon"
        options = {offer.purchase_option for offer in facts.offers[name] if facts.exists(offer)}
        if facts.largest(pool.spot_capacity) > 0 and "spot" not in options:
            yield (*path, "spot_capacity"), "there is no spot price for it within the horizon, so nothing is on spot"
    pools = facts.scenario.pools.values()
    places = {(pool.provider, region, pool.instance_type) for pool in pools for region in (pool.region, ANY_REGION)}
    for index, offer in enumerate(facts.scenario.offers):
        # That no pool uses an offer is usual: catalogues list more than one scenario rents.
        if (offer.provider, offer.region, offer.instance_type) in places and not facts.exists(offer):
            first = min(offer.usd_per_hour) if isinstance(offer.usd_per_hour, Mapping) else None
            late = first is not None and first > facts.boundaries[-2]
            cause = f"its first price is of {first}" if late else f"contract {offer.contract} lies outside it"
            yield ("offers", index), f"never applies within the horizon: {cause}"


def source_suspicions(scenario: Scenario) -> Iterator[Suspicion]:
    """Sources that are almost an id of `sources`."""
    parts: list[tuple[KeyPath, Sourced]] = [(("offers", index), offer) for index, offer in enumerate(scenario.offers)]
    for collection in ("accelerators", "providers", "instance_types", "pools", "contracts", "workloads"):
        parts.extend(((collection, name), part) for name, part in getattr(scenario, collection).items())
    for path, part in parts:
        if part.source is not None and part.source not in scenario.sources and " " not in part.source:
            near = nearest(part.source, scenario.sources)
            if near is not None:
                yield (*path, "source"), f"{part.source!r} is none of `sources`; did you mean {near!r}?"
