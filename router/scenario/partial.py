"""What of a refused document can still be checked, so that all mistakes of a file come in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from router.reading.key_path import KeyPath, Step
from router.reading.type_walk import locate
from router.scenario.horizon import Horizon, PeriodGroup
from router.scenario.offer import Offer, Pool
from router.scenario.provider import InstanceType, Provider
from router.scenario.scenario import Scenario
from router.scenario.workload import Workload

COLLECTIONS = ("providers", "accelerators", "instance_types", "pools", "offers", "contracts", "workloads", "sources")
_MOST_ROUNDS = 12
"""Removing a value may leave what holds it incomplete; no part of a scenario is nested deeper than this."""


class _Partial(Scenario):
    """A scenario of which anything may be missing."""

    format: Any = 1
    name: str = "unnamed"
    horizon: Horizon = Horizon(start=date(2000, 1, 1), periods=[PeriodGroup(every="month", count=1)])
    providers: dict[str, Provider] = {}
    instance_types: dict[str, InstanceType] = {}
    pools: dict[str, Pool] = {}
    offers: list[Offer] = []
    workloads: dict[str, Workload] = {}


@dataclass(frozen=True)
class Rest:
    """What was accepted of `data`, the paths of what was taken out, and the list positions that the document has.

    ``with_unknown_keys``: the mappings out of which a key that the format does not have was taken.
    """

    data: dict[Any, Any]
    scenario: Scenario
    removed: frozenset[KeyPath]
    with_unknown_keys: frozenset[KeyPath]
    positions: dict[KeyPath, list[int]]

    def knows_horizon(self) -> bool:
        """Whether periods and dates of the horizon were accepted."""
        return not any(path[0] == "horizon" and path[1:2] in ((), ("start",), ("periods",)) for path in self.removed)

    def in_document(self, path: KeyPath) -> KeyPath:
        """The path in the document of a path in what was accepted."""
        return _in_document(path, self.positions)

    def is_touched(self, path: KeyPath) -> bool:
        """Whether something was taken out at or below a path of the document: what is said of it may be wrong."""
        if path[:-1] in self.with_unknown_keys and not _holds(self.data, path):
            # The key that is missing may be the one that was mistyped.
            return True
        return any(removed[: len(path)] == path for removed in self.removed)


def rest_of(data: dict[Any, Any], error: ValidationError) -> Rest | None:
    """What remains of a document without all that the schema refuses; None where too much is missing to tell."""
    removed: set[KeyPath] = set()
    with_unknown_keys: set[KeyPath] = set()
    positions: dict[KeyPath, list[int]] = {}
    pruned: Any = data
    for _ in range(_MOST_ROUNDS):
        for details in error.errors(include_url=False, include_context=False, include_input=False):
            found = _in_document(locate(Scenario, details["loc"], pruned).path, positions)
            while found and (found in removed or not _holds(data, found)):
                found = found[:-1]
            if not found or (len(found) == 1 and found[0] in COLLECTIONS):
                return None
            removed.add(found)
            if details["type"] == "extra_forbidden":
                with_unknown_keys.add(found[:-1])
        positions = {}
        pruned = _without(data, (), removed, positions)
        try:
            scenario = _Partial.model_validate(pruned)
            return Rest(data, scenario, frozenset(removed), frozenset(with_unknown_keys), positions)
        except ValidationError as next_error:
            error = next_error
    return None


def _holds(data: Any, path: KeyPath) -> bool:
    for step in path:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and _is_index(step, data)
        if not inside:
            return False
        data = data[step]
    return True


def _is_index(step: Step, data: list[Any]) -> bool:
    return isinstance(step, int) and 0 <= step < len(data)


def _without(value: Any, path: KeyPath, removed: set[KeyPath], positions: dict[KeyPath, list[int]]) -> Any:
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if (*path, key) not in removed}
        return {key: _without(item, (*path, key), removed, positions) for key, item in kept.items()}
    if isinstance(value, list):
        indexes = [index for index in range(len(value)) if (*path, index) not in removed]
        if len(indexes) < len(value):
            positions[path] = indexes
        return [_without(value[index], (*path, index), removed, positions) for index in indexes]
    return value


def _in_document(path: KeyPath, positions: dict[KeyPath, list[int]]) -> KeyPath:
    result: KeyPath = ()
    for step in path:
        indexes = positions.get(result)
        if indexes is not None and isinstance(step, int) and step < len(indexes):
            step = indexes[step]
        result = (*result, step)
    return result
