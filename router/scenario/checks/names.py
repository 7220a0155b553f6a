"""All names that a scenario defines, for checking what refers to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from router.reading.key_path import KeyPath
from router.scenario.checks.finding import Finding, unknown
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector

NO_ACCELERATOR = "none"


@dataclass(frozen=True)
class Names:
    """Names by what they name; ``regions`` by provider."""

    providers: tuple[str, ...]
    regions: dict[str, tuple[str, ...]]
    geographies: tuple[str, ...]
    user_geographies: tuple[str, ...]
    accelerators: tuple[str, ...]
    instance_types: tuple[str, ...]
    pools: tuple[str, ...]
    contracts: tuple[str, ...]
    workloads: tuple[str, ...]
    slices: tuple[str, ...]

    @property
    def all_regions(self) -> tuple[str, ...]:
        """Regions of all providers."""
        return tuple(dict.fromkeys(name for names in self.regions.values() for name in names))


def names_of(scenario: Scenario) -> Names:
    """The names that a scenario defines."""
    regions = [region for provider in scenario.providers.values() for region in provider.regions.values()]
    geographies = dict.fromkeys(region.geography for region in regions)
    users = geographies | dict.fromkeys(name for region in regions for name in region.latency_ms)
    kinds = [kind.accelerator for kind in scenario.instance_types.values() if kind.accelerator]
    return Names(
        providers=tuple(scenario.providers),
        regions={name: tuple(provider.regions) for name, provider in scenario.providers.items()},
        geographies=tuple(geographies),
        user_geographies=tuple(users),
        accelerators=tuple(dict.fromkeys([*scenario.accelerators, *kinds])),
        instance_types=tuple(scenario.instance_types),
        pools=tuple(scenario.pools),
        contracts=tuple(scenario.contracts),
        workloads=tuple(scenario.workloads),
        slices=tuple(part.name for part in scenario.horizon.slices),
    )


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
