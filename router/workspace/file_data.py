"""A scenario as the plain data that a file holds, in the order in which a person writes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from router.scenario.base import Part, Sourced


def file_data(value: Any) -> Any:
    """A scenario, or any value of one, with the keys that are given and no others.

    Of a part its `kind` comes first, and where its figures come from last; mappings keep their order.
    """
    if isinstance(value, Part):
        given = value.model_fields_set
        return {name: file_data(getattr(value, name)) for name in _order(type(value)) if name in given}
    if isinstance(value, Mapping):
        return {key: file_data(held) for key, held in value.items()}
    if isinstance(value, list):
        return [file_data(held) for held in value]
    return value


@cache
def _order(part: type[Part]) -> tuple[str, ...]:
    names = part.model_fields
    return tuple(sorted(names, key=lambda name: (name in Sourced.model_fields, name != "kind")))
