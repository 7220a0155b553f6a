"""Which entry of the scenario a row of a grid belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from router.reading.key_path import KeyPath
from router.scenario.scenario import Scenario
from router.view.forms.form import KINDS, Collection
from router.view.forms.opening import WORKLOAD_KINDS
from router.view.forms.removal import Owner
from router.view.grid import Apart, GridRow, OneValue, OverTime, SumOf


def owner_of(row: GridRow, scenario: Scenario, collection: Collection) -> Owner | None:
    """The entry that a row is of; None for a heading of several. ``collection``: what the grid is of."""
    for path in (*_paths(row), row.key, (collection, *row.key)):
        if len(path) < 2 or path[0] not in KINDS:
            continue
        found, key = cast(Collection, path[0]), str(path[1])
        if found == "offers":
            if key.isdecimal() and int(key) < len(scenario.offers):
                return found, int(key)
        elif key in getattr(scenario, found):
            return found, key
    return None


def owners_of(rows: Iterable[GridRow], scenario: Scenario, collection: Collection) -> tuple[Owner, ...]:
    """The entries that rows are of, each once."""
    return tuple(dict.fromkeys(owner for row in rows if (owner := owner_of(row, scenario, collection)) is not None))


def kind_near(row: GridRow | None, scenario: Scenario) -> str:
    """The kind of the workload that a row of the demand grid is of, or heads."""
    owner = None if row is None else owner_of(row, scenario, "workloads")
    if owner is not None:
        return scenario.workloads[str(owner[1])].kind
    return row.name.lower() if row is not None and row.name.lower() in WORKLOAD_KINDS else WORKLOAD_KINDS[0]


def _paths(row: GridRow) -> Iterable[KeyPath]:
    match row.meaning:
        case OverTime(path) | OneValue(path):
            return (path,)
        case Apart(paths):
            return tuple(path for path in paths if path is not None)
        case SumOf(paths):
            return paths
    return ()
