"""What deleting an entry takes: its own removal, and that of what names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from router.change.apply import apply_all
from router.change.change import Change, Operation
from router.change.error import ChangeError, numbered
from router.change.offer_names import offer_name
from router.change.tree import value_at
from router.reading.key_path import Key, KeyPath
from router.scenario.scenario import Scenario
from router.view.forms.form import KINDS, Collection
from router.view.forms.references import references

Owner = tuple[Collection, Key | int]
"""An entry of a scenario: of what it is one, and its name or index."""


@dataclass(frozen=True, slots=True)
class Removal:
    """``changes``: what deletes the entries. ``named_by``: who names them, in words; then that goes with them.

    ``refused``: why it cannot be done at all.
    """

    changes: tuple[Change, ...] = ()
    named_by: tuple[str, ...] = ()
    refused: str = ""


def removal(scenario: Scenario, owners: Sequence[Owner]) -> Removal:
    """What it takes to delete entries."""
    own = tuple(_removals([(collection, key) for collection, key in owners]))
    why = _refused(scenario, own)
    if not why:
        return Removal(own)
    gone = [tuple(owner) for owner in owners]
    named = [
        path
        for collection, key in owners
        if collection != "offers"
        for path in references(scenario, collection, str(key))
        if path[:2] not in gone
    ]
    if not named:
        return Removal(refused=why)
    dropped = [_dropped(scenario, path) for path in named]
    alone = [path for path in dropped if path[-1] == "pools"]
    if alone:
        return Removal(refused="; ".join(_words(scenario, path) for path in alone) + ", and nowhere else")
    changes = (*_removals(dropped), *own)
    why = _refused(scenario, changes)
    if why:
        return Removal(refused=why)
    return Removal(changes, tuple(dict.fromkeys(_words(scenario, path) for path in named)))


def subject_words(scenario: Scenario, owner: Owner) -> str:
    """What an entry is called."""
    collection, key = owner
    name = offer_name(scenario.offers[key]) if isinstance(key, int) else str(key)
    return f"{KINDS[collection]} {name}"


def removal_words(found: Removal) -> str:
    """What goes with what is deleted."""
    return "It is named elsewhere, and that would go with it:\n" + "\n".join(f"- {line}" for line in found.named_by)


def _refused(scenario: Scenario, changes: Sequence[Change]) -> str:
    try:
        apply_all(scenario, changes)
    except ChangeError as error:
        problem = error.problems[0]
        return f"{problem.path}: found {problem.found}, expected {problem.expected}"
    return ""


def _removals(paths: Sequence[KeyPath]) -> Iterator[Change]:
    """Each path once; of a list the last entry first, so that indices stay right."""
    unique = dict.fromkeys(paths)
    ordered = sorted(unique, key=lambda path: [step if isinstance(step, int) else -1 for step in path], reverse=True)
    return (Change(path, Operation.REMOVE) for path in ordered)


def _dropped(scenario: Scenario, path: KeyPath) -> KeyPath:
    """What goes where a name goes: the price or the call; of a selector's pools the one, or all where it is alone."""
    if path[-1] in ("contract", "workload"):
        return path[:-1]
    pools = value_at(scenario, path[:-1], numbered(0))
    return path if len(pools) > 1 else path[:-1]


def _words(scenario: Scenario, path: KeyPath) -> str:
    if path[0] == "offers" and isinstance(path[1], int):
        return f"price {offer_name(scenario.offers[path[1]])} is fixed by it"
    if path[2] == "calls":
        return f"{path[1]} calls it"
    return f"{path[1]} names it among its pools" if path[0] == "workloads" else f"contract {path[1]} names it"
