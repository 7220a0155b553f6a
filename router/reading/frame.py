"""The mappings and lists that are open while a file is read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from router.reading.key_path import Key, KeyPath, Step
from router.reading.node import Entry, Node
from router.reading.position import Position


class Mark(Enum):
    """What may stand in place of a key."""

    MERGE = "merge"
    """The key `<<`: the value's entries belong to the mapping."""
    REFUSED = "refused"
    """A key already reported as a mistake: its value is read and dropped."""


@dataclass(slots=True)
class Frame:
    """A mapping or list being read.

    `size` counts the values in it, aliases expanded; `height` the levels below and including it. `key` is
    the key whose value comes next, None where a key comes next.
    """

    position: Position
    is_mapping: bool
    anchor: str | None
    size: int = 1
    height: int = 1
    items: list[Node] = field(default_factory=list)
    entries: dict[Key, Entry] = field(default_factory=dict)
    key: Key | Mark | None = None
    key_position: Position | None = None
    merged: list[Node] | None = None
    in_complex_key: bool = False

    @property
    def awaits_key(self) -> bool:
        """Whether what comes next is a key."""
        return self.is_mapping and self.key is None

    def node(self) -> Node:
        """The finished mapping or list."""
        if not self.is_mapping:
            return Node(self.position, self.items)
        # The first that names a key wins: the mapping itself, then the merged ones in their order.
        for source in self.merged or ():
            if isinstance(source.content, dict):
                for key, entry in source.content.items():
                    self.entries.setdefault(key, entry)
        return Node(self.position, self.entries)


def path_of(frames: Iterable[Frame]) -> KeyPath:
    """The key path of what is being read inside these open mappings and lists."""
    path: list[Step] = []
    for frame in frames:
        if not frame.is_mapping:
            path.append(len(frame.items))
        elif isinstance(frame.key, (str, datetime.date)):
            path.append(frame.key)
        elif frame.key is Mark.MERGE:
            path.append("<<")
    return tuple(path)
