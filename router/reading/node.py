"""The tree of a file: every value with its position, every key with its own."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from router.reading.key_path import Key
from router.reading.position import Position

Scalar = str | int | float | bool | datetime.date | None
"""A single value; `datetime.datetime` is a `datetime.date`."""

Data = Scalar | list["Data"] | dict[Key, "Data"]
"""Plain data as YAML gives it."""


class Node(NamedTuple):
    """A value and where it starts. Nodes may be shared (aliases, includes), so they are never changed."""

    position: Position
    content: Scalar | list[Node] | dict[Key, Entry]


class Entry(NamedTuple):
    """An entry of a mapping: where its key starts, and its value."""

    key_position: Position
    node: Node


def plain_data(node: Node) -> Data:
    """The tree as plain data; shared nodes become separate data. Depth is limited by the reader."""
    content = node.content
    if isinstance(content, dict):
        return {key: plain_data(entry.node) for key, entry in content.items()}
    if isinstance(content, list):
        return [plain_data(child) for child in content]
    return content
