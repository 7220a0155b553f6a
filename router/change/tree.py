"""The parts of a scenario as the tree that a file has: what its keys and indices are, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, TypeAdapter

from router.change.error import refusal, unknown_name
from router.reading.expectation import counted
from router.reading.found import found_text
from router.reading.key_path import Key, KeyPath, Step
from router.reading.position import Position
from router.scenario.base import Part
from router.scenario.scenario import Scenario


@cache
def adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """What validates one field of a part alone. Parts that it is given inside a value stay the same objects."""
    return TypeAdapter(get_type_hints(model, include_extras=True)[name])


def plain(value: Any) -> Any:
    """The value as plain data, with the keys that a file gave and no others: read back, it is the same again."""
    if isinstance(value, Part):
        return value.model_dump(exclude_unset=True)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def shared(value: Any) -> Any:
    """Plain data as `plain` gives it, of the scenario's own lists and mappings where they hold nothing but scalars.

    For what is kept for long; it must not be changed.
    """
    if isinstance(value, Part):
        return {name: shared(held) for name, held in value if name in value.model_fields_set}
    if isinstance(value, Mapping):
        return value if _holds_scalars(value.values()) else {key: shared(item) for key, item in value.items()}
    if isinstance(value, list):
        return value if _holds_scalars(value) else [shared(item) for item in value]
    return value


def _holds_scalars(values: Iterable[Any]) -> bool:
    return not any(isinstance(value, (Part, Mapping, list)) for value in values)


def field_name(part: Part, path: KeyPath, at: Position) -> str:
    """The field that the last step of a path names. Raises ChangeError where the part has no such key."""
    name = path[-1]
    fields = type(part).model_fields
    if not isinstance(name, str) or name not in fields:
        raise unknown_name(at, path, fields)
    return name


def key_in(mapping: Mapping[Any, Any], step: Step) -> Key | None:
    """The key of a mapping that a step means, which may give a date as text; None where there is none."""
    if step in mapping and not isinstance(step, int):
        return step
    text = str(step)
    return next((key for key in mapping if str(key) == text), None)


def new_key(mapping: Mapping[Any, Any], step: Step) -> Key:
    """The key that a step means where the mapping does not have it: a date among dates."""
    if isinstance(step, str) and any(isinstance(key, date) for key in mapping):
        try:
            return date.fromisoformat(step)
        except ValueError:
            return step
    return step if isinstance(step, date) else str(step)


def index_in(entries: list[Any], path: KeyPath, at: Position, *, more: int = 0) -> int:
    """The last step of a path as an index of a list (``more``: how far behind its end it may lie)."""
    step = path[-1]
    if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step < len(entries) + more:
        last = len(entries) - 1 + more
        found = f"index {step}" if isinstance(step, int) else f"the key {str(step)!r}"
        expected = f"an index from 0 to {last}" if last >= 0 else "no index, as the list is empty"
        raise refusal(at, path, found, expected, note=f"the list has {counted(len(entries), 'entry')}")
    return step


def value_at(scenario: Scenario, path: KeyPath, at: Position) -> Any:
    """What stands at a path, also by default. Raises ChangeError where the path leads nowhere."""
    value: Any = scenario
    for length in range(1, len(path) + 1):
        value = child(value, path[:length], at)
    return value


def child(holder: Any, path: KeyPath, at: Position) -> Any:
    """What the last step of a path leads to from what holds it. Raises ChangeError where that is nowhere."""
    if isinstance(holder, Part):
        return getattr(holder, field_name(holder, path, at))
    if isinstance(holder, Mapping):
        key = key_in(holder, path[-1])
        if key is None:
            raise unknown_name(at, path, map(str, holder))
        return holder[key]
    if isinstance(holder, list):
        return holder[index_in(holder, path, at)]
    raise leads_through(holder, path, at)


def leads_through(value: Any, path: KeyPath, at: Position) -> Exception:
    """The error of a path whose last step leads on through a value that holds nothing."""
    step = path[-1]
    inside = f"the index {step}" if isinstance(step, int) else f"the key {str(step)!r}"
    return refusal(at, path[:-1], found_text(value), f"something that holds {inside}")
