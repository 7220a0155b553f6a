"""Who names a thing of the scenario: agents that call a service, selectors with a pool, prices of a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from router.reading.key_path import KeyPath
from router.scenario.base import Part
from router.scenario.offer import Offer
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector
from router.scenario.workload import Call

_HOLDERS = ("offers", "contracts", "workloads")


def references(scenario: Scenario, collection: str, name: str) -> tuple[KeyPath, ...]:
    """The paths of all names in a scenario that mean one of its workloads, pools or contracts."""
    return tuple(
        path
        for holder in _HOLDERS
        for path, kind, named in _named(getattr(scenario, holder), (holder,))
        if kind == collection and named == name
    )


def _named(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str, str]]:
    """Each name, with what kind of thing it names."""
    if isinstance(value, Offer) and value.contract is not None:
        yield (*path, "contract"), "contracts", value.contract
    elif isinstance(value, Call):
        yield (*path, "workload"), "workloads", value.workload
    elif isinstance(value, Selector):
        for at, pool in enumerate(value.pools or ()):
            yield (*path, "pools", at), "pools", pool
    if isinstance(value, Part):
        for field in value.model_fields_set:
            yield from _named(getattr(value, field), (*path, field))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from _named(held, (*path, key))
    elif isinstance(value, list):
        for at, held in enumerate(value):
            yield from _named(held, (*path, at))
