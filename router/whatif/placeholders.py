"""Placeholders such as `$price` in the texts of changes, and the values that take their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from router.reading.found import quoted
from router.reading.key_path import Key, KeyPath, path_text
from router.reading.node import Entry, Node, Scalar
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.whatif.case import FactorValue

# A dash belongs to the name where a letter follows: `$price-index`, but `2027-$month-01`.
_PLACEHOLDER = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<braced>[^{}]*)\}|(?P<plain>[^\W\d]\w*(?:-[^\W\d]\w*)*))")
_LARGEST_WHOLE = 1e15


class Placeholder(NamedTuple):
    """A name after a `$`, the text that it stands in, and where that text stands. `path` leads to it from the top."""

    name: str
    position: Position
    path: KeyPath


def placeholders_in(node: Node, path: KeyPath = ()) -> Iterator[Placeholder]:
    """All in a tree, those in keys included, in the file's order. ``path`` leads to the tree, for messages."""
    content = node.content
    if isinstance(content, dict):
        for key, entry in content.items():
            if isinstance(key, str):
                yield from _in_text(key, entry.key_position, (*path, key))
            yield from placeholders_in(entry.node, (*path, key))
    elif isinstance(content, list):
        for index, child in enumerate(content):
            yield from placeholders_in(child, (*path, index))
    elif isinstance(content, str):
        yield from _in_text(content, node.position, path)


def names_in(node: Node) -> set[str]:
    """The names that a tree asks for."""
    return {placeholder.name for placeholder in placeholders_in(node)}


def filled(node: Node, values: Mapping[str, FactorValue], path: KeyPath = ()) -> Node:
    """The tree with values in place of placeholders; everything stays at its position.

    A text that is nothing but a placeholder becomes the value itself (a whole number without a fraction), as does a
    key, which is text or a date. Within a text, numbers stand as short as they are exact. `$$` becomes `$`; a `$`
    before a digit or blank stays. What holds no placeholder is not copied.

    Every name must be in ``values``: look with `placeholders_in` first. ``path`` leads to the tree, for messages.
    Raises ScenarioError where two keys of a mapping become the same.
    """
    content = node.content
    if isinstance(content, str):
        value = _filled_text(content, values)
        return node if value == content and isinstance(value, str) else Node(node.position, value)
    if isinstance(content, list):
        children = [filled(child, values, (*path, index)) for index, child in enumerate(content)]
        same = all(new is old for new, old in zip(children, content, strict=True))
        return node if same else Node(node.position, children)
    if isinstance(content, dict):
        entries = _filled_entries(content, values, path)
        same = list(entries) == list(content) and all(entries[key].node is content[key].node for key in content)
        return node if same else Node(node.position, entries)
    return node


def value_text(value: FactorValue) -> str:
    """A value as it stands within a text: `3`, `0.85`, `2027-01-31`."""
    return str(_plain(value))


def _in_text(text: str, position: Position, path: KeyPath) -> Iterator[Placeholder]:
    for match in _PLACEHOLDER.finditer(text):
        if not match["dollar"]:
            yield Placeholder(_name(match), position, path)


def _name(match: re.Match[str]) -> str:
    return match["plain"] if match["braced"] is None else match["braced"].strip()


def _filled_text(text: str, values: Mapping[str, FactorValue]) -> Scalar:
    whole = _PLACEHOLDER.fullmatch(text)
    if whole and not whole["dollar"]:
        return _plain(values[_name(whole)])
    return _PLACEHOLDER.sub(lambda match: "$" if match["dollar"] else value_text(values[_name(match)]), text)


def _filled_entries(content: Mapping[Key, Entry], values: Mapping[str, FactorValue], path: KeyPath) -> dict[Key, Entry]:
    entries: dict[Key, Entry] = {}
    for key, entry in content.items():
        new = _filled_text(key, values) if isinstance(key, str) else key
        new_key: Key = new if isinstance(new, (str, date)) else str(new)
        if new_key in entries:
            found = f"the key {quoted(str(new_key))} a second time, of {quoted(str(key))}"
            raise ScenarioError([Problem(entry.key_position, path_text((*path, key)), found, "every key once")])
        entries[new_key] = Entry(entry.key_position, filled(entry.node, values, (*path, key)))
    return entries


def _plain(value: FactorValue) -> float | int | str | date:
    """The value as YAML would have it: whole numbers without a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return int(value)
    return value
