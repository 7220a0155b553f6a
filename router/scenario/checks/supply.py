"""Checks of accelerators, instance types and pools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from router.reading.key_path import KeyPath
from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import NO_ACCELERATOR, VCPU, Names
from router.scenario.offer import ANY_REGION, Pool
from router.scenario.scenario import Scenario
from router.scenario.series import Steps


def supply_findings(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Mistakes in what can be rented."""
    yield from _accelerators(scenario)
    yield from _instance_types(scenario, names)
    yield from _pools(scenario, names)


def _accelerators(scenario: Scenario) -> Iterator[Finding]:
    for reserved in (NO_ACCELERATOR, VCPU):
        if reserved in scenario.accelerators:
            yield Finding(
                ("accelerators", reserved),
                found=f"the name {reserved!r}",
                expected="another name: it is a keyword",
                at="key",
            )
    for provider_name, provider in scenario.providers.items():
        if ANY_REGION in provider.regions:
            path = ("providers", provider_name, "regions", ANY_REGION)
            yield Finding(path, found=f"the name {ANY_REGION!r}", expected="another name: it is a keyword", at="key")


def _instance_types(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for name, kind in scenario.instance_types.items():
        path = ("instance_types", name)
        yield from unknown((*path, "provider"), kind.provider, names.providers, "provider")
        if kind.accelerator is not None:
            if names.listed_accelerators:
                yield from unknown((*path, "accelerator"), kind.accelerator, names.listed_accelerators, "accelerator")
            elif kind.accelerator in (NO_ACCELERATOR, VCPU):
                yield Finding(
                    (*path, "accelerator"),
                    found=f"the keyword {kind.accelerator!r}",
                    expected="an accelerator's name; leave `accelerator` out where there is none",
                )
            if kind.accelerators == 0:
                yield Finding(
                    (*path, "accelerators"), found="0 accelerators", expected=f"how many {kind.accelerator} it has"
                )
        elif kind.accelerators > 0:
            yield Finding(
                path,
                found=f"{kind.accelerators} accelerators of no kind",
                expected="`accelerator` to say which kind",
                at="key",
            )
        if name == VCPU or name in names.accelerators:
            yield Finding(
                path,
                found=f"an instance type and an accelerator of the name {name!r}" if name != VCPU else f"{name!r}",
                expected="another name: `throughput` could mean either",
                at="key",
            )


def _pools(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for name, pool in scenario.pools.items():
        path = ("pools", name)
        yield from unknown((*path, "provider"), pool.provider, names.providers, "provider")
        if pool.provider in names.regions:
            yield from unknown(
                (*path, "region"), pool.region, names.regions[pool.provider], f"region of {pool.provider}"
            )
        yield from unknown((*path, "instance_type"), pool.instance_type, names.instance_types, "instance type")
        kind = scenario.instance_types.get(pool.instance_type)
        if (
            kind is not None
            and pool.provider != kind.provider
            and {pool.provider, kind.provider} <= set(names.providers)
        ):
            yield Finding(
                (*path, "instance_type"),
                found=f"{pool.instance_type!r} of provider {kind.provider!r}",
                expected=f"an instance type of {pool.provider!r}",
                candidates=tuple(
                    key for key, other in scenario.instance_types.items() if other.provider == pool.provider
                ),
            )
        yield from _spot_capacity(pool, path)


def _spot_capacity(pool: Pool, path: KeyPath) -> Iterator[Finding]:
    spot, capacity = (max(_values(steps)) for steps in (pool.spot_capacity, pool.capacity))
    if spot > capacity:
        yield Finding(
            (*path, "spot_capacity"),
            found=f"up to {spot:,.10g} instances as spot",
            expected=f"at most the capacity, {capacity:,.10g}: spot is a part of it",
        )


def _values(steps: Steps) -> list[float]:
    return list(steps.values()) if isinstance(steps, Mapping) else [steps]
