"""The changes that turn one part of a scenario into another: only of what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from router.change.change import Change, Operation
from router.change.tree import plain
from router.reading.key_path import KeyPath
from router.scenario.base import Part
from router.scenario.series import Growth, Points, Stairs, Values

_WHOLE = (Growth, Points, Stairs, Values)
"""Parts that are set as a whole: one value over time."""


def part_changes(old: Part, new: Part, path: KeyPath) -> Iterator[Change]:
    """The changes at a path from one part to another of its type."""
    for name in type(new).model_fields:
        was, now = name in old.model_fields_set, name in new.model_fields_set
        place = (*path, name)
        if was and not now:
            yield Change(place, Operation.REMOVE)
        elif was and now:
            yield from _value_changes(getattr(old, name), getattr(new, name), place)
        elif now:
            yield Change(place, Operation.SET, plain(getattr(new, name)))


def _value_changes(old: Any, new: Any, path: KeyPath) -> Iterator[Change]:
    if plain(old) == plain(new) and _keys(old) == _keys(new):
        return
    if isinstance(old, Part) and type(old) is type(new) and not isinstance(old, _WHOLE):
        yield from part_changes(old, new, path)
    elif _holds_parts(old) and _holds_parts(new) and _is_in_order(old, new):
        yield from _entries_changes(old, new, path)
    elif _lists_parts(old) and _lists_parts(new) and len(old) == len(new):
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _value_changes(before, after, (*path, at))
    else:
        yield Change(path, Operation.SET, plain(new))


def _entries_changes(old: Mapping[Any, Part], new: Mapping[Any, Part], path: KeyPath) -> Iterator[Change]:
    for key, after in new.items():
        if key in old:
            yield from _value_changes(old[key], after, (*path, key))
    # New ones before old ones go, so that a mapping that must not be empty never is; from the last one on, so that
    # what each comes before is there.
    following = None
    for key in reversed(list(new)):
        if key not in old:
            yield Change((*path, key), Operation.ADD, plain(new[key]), before=following)
        following = key
    for key in old:
        if key not in new:
            yield Change((*path, key), Operation.REMOVE)


def _keys(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, Mapping) else ()


def _holds_parts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(held, Part) for held in value.values())


def _lists_parts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(held, Part) for held in value)


def _is_in_order(old: Mapping[Any, Part], new: Mapping[Any, Part]) -> bool:
    """Whether what stays has the same order in both, so that keys need only come and go."""
    return [key for key in old if key in new] == [key for key in new if key in old]
