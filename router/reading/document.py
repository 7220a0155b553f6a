"""What was read: plain data, and where every key and value of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from router.reading.key_path import Key, Step
from router.reading.node import Data, Node, plain_data
from router.reading.position import Position


@dataclass(frozen=True)
class Source:
    """A file that was read, as named by the user, with the SHA-256 of its bytes in hexadecimal."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Document:
    """A scenario as read, before any check against the schema. `sources` starts with the top file."""

    root: Node
    sources: tuple[Source, ...]

    @cached_property
    def data(self) -> dict[Key, Data]:
        """The scenario as mappings, lists and scalars. Top-level keys are text or dates."""
        data = plain_data(self.root)
        if not isinstance(data, dict):
            raise TypeError("a document is a mapping")
        return data

    def position_of(self, path: Sequence[Step], *, at: Literal["key", "value"] = "value") -> Position:
        """Where the value (or the key) at `path` stands; for what is missing, its nearest known ancestor.

        A list entry has no key: its value's position is given. An ancestor is pointed at by its key.
        """
        node = self.root
        key_position: Position | None = None
        for step in path:
            content = node.content
            if isinstance(content, dict) and not isinstance(step, int) and step in content:
                key_position, node = content[step]
            elif isinstance(content, list) and isinstance(step, int) and 0 <= step < len(content):
                key_position, node = None, content[step]
            else:
                return key_position or node.position
        return (key_position or node.position) if at == "key" else node.position

    def value_of(self, path: Sequence[Step]) -> Data:
        """The value at `path`, a part of `data`. Raises KeyError where there is none."""
        value: Data = self.data
        for step in path:
            if isinstance(value, dict):
                if isinstance(step, int):
                    raise KeyError(step)
                value = value[step]
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                raise KeyError(step)
        return value
