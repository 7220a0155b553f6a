"""What a type accepts, in a user's words, for the "expected ..." part of a problem."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_origin

from router.reading.found import found_text
from router.reading.type_walk import Typed, field_names, is_union, literal_values, members, unwrapped

_MOST_NAMES = 15
_NO_REAL_LIMIT = 1e15
"""Bounds beyond it only keep arithmetic safe; they are told where they are broken, not otherwise."""
_PLAIN: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (str, "text"),
    (datetime.datetime, "a date and time such as 2026-01-31 12:00:00"),
    (datetime.date, "a date such as 2026-01-31"),
    (Mapping, "a mapping"),
    (Sequence, "a list"),
    (set, "a list"),
    (frozenset, "a list"),
)


def expectation(typed: Typed) -> str | None:
    """What the type accepts; None for a type without words here."""
    typed = unwrapped(typed)
    if names := valid_names(typed):
        return one_of(names)
    if values := literal_values(typed):
        return " or ".join(found_text(value) for value in values)
    if is_union(typed):
        parts = [expectation(member) for member in members(typed)]
        return " or ".join(dict.fromkeys(part for part in parts if part)) or None
    if typed.model is not None:
        names = field_names(typed.model)
        return f"a mapping with the {'key' if len(names) == 1 else 'keys'} {listed(names)}"
    kind = get_origin(typed.annotation) or typed.annotation
    if not isinstance(kind, type):
        return None
    for plain, words in _PLAIN:
        if issubclass(kind, plain):
            return words + _limits(typed.metadata, kind)
    return None


def valid_names(typed: Typed) -> list[str]:
    """The names a `Literal` of text or an `Enum` accepts; none for another type."""
    if values := literal_values(typed):
        return [value for value in values if isinstance(value, str)]
    annotation = typed.annotation
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return [str(member.value) for member in annotation]
    return []


def one_of(names: Sequence[str]) -> str:
    """`'a'`, or `one of a, b, c`."""
    return repr(names[0]) if len(names) == 1 else f"one of {listed(names)}"


def listed(names: Sequence[str]) -> str:
    """The names with commas, a long list cut."""
    shown = ", ".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown} and {len(names) - _MOST_NAMES} more"


def counted(count: int, unit: str) -> str:
    """`one entry`, `3 entries`."""
    if count == 1:
        return f"one {unit}"
    return f"{count} {unit.removesuffix('y')}{'ies' if unit.endswith('y') else 's'}"


def bound_words(bound: str, limit: object) -> str:
    """`gt`, `ge`, `lt` or `le` with its limit in words."""
    if isinstance(limit, datetime.date):
        words = {"gt": "after", "ge": "on or after", "lt": "before", "le": "on or before"}
    else:
        words = {"gt": "above", "ge": "of at least", "lt": "below", "le": "of at most"}
    if isinstance(limit, float) and limit.is_integer() and abs(limit) < _NO_REAL_LIMIT:
        limit = int(limit)
    return f"{words[bound]} {limit}"


def _limits(metadata: Iterable[Any], kind: type) -> str:
    words = []
    unit = "letter" if issubclass(kind, str) else "entry"
    for item in metadata:
        for bound in ("gt", "ge", "lt", "le"):
            limit = getattr(item, bound, None)
            if limit is not None and not (isinstance(limit, (int, float)) and abs(limit) >= _NO_REAL_LIMIT):
                words.append(bound_words(bound, limit))
        # That a name is not empty goes without saying, until it is.
        if (least := getattr(item, "min_length", None)) and (least, unit) != (1, "letter"):
            words.append(f"of at least {counted(least, unit)}")
        if (most := getattr(item, "max_length", None)) is not None and unit == "entry":
            words.append(f"of at most {counted(most, unit)}")
        if pattern := getattr(item, "pattern", None):
            words.append(f"that matches {pattern}")
    return " " + " and ".join(dict.fromkeys(words)).replace(" and of ", " and ") if words else ""
