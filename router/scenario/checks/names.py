"""All names that a scenario defines, for checking what refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from router.reading.key_path import KeyPath
from router.scenario.base import Part
from router.scenario.checks.finding import Finding, unknown
from router.scenario.offer import ANY_REGION
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector

NO_ACCELERATOR = "none"
VCPU = "vcpu"

Place = tuple[str, str, str]
"""Provider, region (or `any`) and instance type."""


@dataclass(frozen=True)
class Names:
    """Names by what they name; ``regions`` by provider; ``priced``: where there is an offer."""

    providers: tuple[str, ...]
    regions: dict[str, tuple[str, ...]]
    geographies: tuple[str, ...]
    user_geographies: tuple[str, ...]
    accelerators: tuple[str, ...]
    listed_accelerators: tuple[str, ...]
    instance_types: tuple[str, ...]
    pools: tuple[str, ...]
    contracts: tuple[str, ...]
    workloads: tuple[str, ...]
    inference: tuple[str, ...]
    slices: tuple[str, ...]
    priced: frozenset[Place]

    @cached_property
    def all_regions(self) -> tuple[str, ...]:
        """Regions of all providers."""
        return tuple(dict.fromkeys(name for names in self.regions.values() for name in names))


def names_of(scenario: Scenario) -> Names:
    """The names that a scenario defines."""
    return names_in(scenario)


def names_in(data: Mapping[Any, Any] | Scenario) -> Names:
    """The names in plain data of which any part may be wrong: also what is refused has a name."""
    providers = _entries(data, "providers")
    regions = {name: _entries(provider, "regions") for name, provider in providers.items()}
    every_region = [region for of_provider in regions.values() for region in of_provider.values()]
    geographies = dict.fromkeys(_text(region, "geography") for region in every_region)
    users = geographies | dict.fromkeys(name for region in every_region for name in _entries(region, "latency_ms"))
    listed = tuple(_entries(data, "accelerators"))
    kinds = [_text(kind, "accelerator") for kind in _entries(data, "instance_types").values()]
    workloads = _entries(data, "workloads")
    horizon = _held(data, "horizon")
    slices = [_text(part, "name") for part in _items(horizon, "slices")]
    return Names(
        providers=tuple(providers),
        regions={name: tuple(of_provider) for name, of_provider in regions.items()},
        geographies=tuple(filter(None, geographies)),
        user_geographies=tuple(filter(None, users)),
        accelerators=tuple(filter(None, dict.fromkeys([*listed, *kinds]))),
        listed_accelerators=listed,
        instance_types=tuple(_entries(data, "instance_types")),
        pools=tuple(_entries(data, "pools")),
        contracts=tuple(_entries(data, "contracts")),
        workloads=tuple(workloads),
        inference=tuple(name for name, workload in workloads.items() if _text(workload, "kind") == "inference"),
        slices=tuple(filter(None, dict.fromkeys(slices))) or ("all",),
        priced=frozenset(
            (_text(offer, "provider"), _text(offer, "region") or ANY_REGION, _text(offer, "instance_type"))
            for offer in _items(data, "offers")
        ),
    )


def _held(holder: Any, key: str) -> Any:
    """What plain data or a part of a scenario holds at a key."""
    if isinstance(holder, Part):
        return getattr(holder, key, None)
    return holder.get(key) if isinstance(holder, Mapping) else None


def _entries(holder: Any, key: str) -> dict[str, Any]:
    value = _held(holder, key)
    return {name: entry for name, entry in value.items() if isinstance(name, str)} if isinstance(value, Mapping) else {}


def _items(holder: Any, key: str) -> list[Any]:
    value = _held(holder, key)
    return value if isinstance(value, list) else []


def _text(holder: Any, key: str) -> str:
    value = _held(holder, key)
    return value if isinstance(value, str) else ""


def selector_findings(selector: Selector, path: KeyPath, names: Names, *, options: bool) -> Iterator[Finding]:
    """Unknown names in a selector; ``options``: whether purchase options mean something where it stands."""
    for key, kind, known in (
        ("providers", "provider", names.providers),
        ("regions", "region", names.all_regions),
        ("geographies", "geography", names.geographies),
        ("accelerators", "accelerator", (*names.accelerators, NO_ACCELERATOR)),
        ("instance_types", "instance type", names.instance_types),
        ("pools", "pool", names.pools),
    ):
        for index, name in enumerate(getattr(selector, key) or ()):
            yield from unknown((*path, key, index), name, known, kind)
    if selector.purchase_options is not None and not options:
        yield Finding(
            (*path, "purchase_options"),
            found="purchase_options",
            expected="no purchase options here: a workload chooses pools; use `spot` to allow spot",
            at="key",
        )
    if selector.exclude is not None:
        yield from selector_findings(selector.exclude, (*path, "exclude"), names, options=options)
