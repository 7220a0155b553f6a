"""A scenario put together from an earlier one: what both say alike is the same object, as the router applies edits."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from pydantic import BaseModel

T = TypeVar("T")


def graft(old: object, new: T) -> T:
    """``new`` with every part that says the same as in ``old`` taken from ``old``; only what differs is rebuilt."""
    return cast(T, _graft(old, new))


def _graft(old: Any, new: Any) -> Any:
    if type(old) is not type(new):
        return new
    if isinstance(new, BaseModel):
        changes = {}
        for name in type(new).model_fields:
            before = getattr(old, name)
            after = _graft(before, getattr(new, name))
            if after is not before:
                changes[name] = after
        return old.model_copy(update=changes) if changes else old
    if isinstance(new, dict):
        result = {name: _graft(old[name], value) if name in old else value for name, value in new.items()}
        # The order of a mapping is the order of the tables.
        same = list(result) == list(old) and all(value is old[name] for name, value in result.items())
        return old if same else result
    if isinstance(new, list):
        if len(new) == len(old):
            elements = [_graft(before, after) for before, after in zip(old, new, strict=True)]
        else:
            elements = [next((before for before in old if before == after), after) for after in new]
        return old if len(new) == len(old) and all(map(_is, elements, old)) else elements
    return old if new == old else new


def _is(one: object, other: object) -> bool:
    return one is other
