"""Merges a file over the files it includes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from router.reading.found import found_text, quoted
from router.reading.key_path import Key, KeyPath, path_text
from router.reading.node import Entry, Node, plain_data
from router.reading.problems import Problem


@dataclass(frozen=True)
class Layer:
    """One file's own entries, and the names of all files it includes, directly or not."""

    file: str
    root: Node
    included: frozenset[str]


def merged(layers: Sequence[Layer]) -> tuple[Node, list[Problem]]:
    """All layers as one mapping, and the contradictions between them.

    `layers` has every file after all it includes; the last one is the top file. Mappings are merged key by
    key, at every level. Of a value in two files, that of the includer replaces that of the included; null
    takes the included entry away. Top-level lists are concatenated, the included first; other lists replace.
    Two files of which neither includes the other may repeat an entry, but not contradict each other.
    """
    merger = _Merger()
    entries: dict[Key, Entry] = {}
    for layer in layers:
        merger.layer = layer
        if isinstance(layer.root.content, dict):
            entries = merger.over(entries, layer.root.content, ())
    return Node(layers[-1].root.position, entries), merger.problems


@dataclass
class _Merger:
    layer: Layer | None = None
    problems: list[Problem] = field(default_factory=list)

    def over(self, below: dict[Key, Entry], above: dict[Key, Entry], path: KeyPath) -> dict[Key, Entry]:
        """The entries of `above`, all of the current layer, over those of `below`."""
        result = dict(below)
        for key, entry in above.items():
            earlier = result.get(key)
            if earlier is None:
                result[key] = entry
                continue
            joined = self._join(earlier, entry, (*path, key))
            if joined is None:
                del result[key]
            else:
                result[key] = joined
        return result

    def _join(self, below: Entry, above: Entry, path: KeyPath) -> Entry | None:
        old, new = below.node.content, above.node.content
        if isinstance(old, dict) and isinstance(new, dict):
            return Entry(above.key_position, Node(above.node.position, self.over(old, new, path)))
        if isinstance(old, list) and isinstance(new, list) and len(path) == 1:
            return Entry(above.key_position, Node(above.node.position, [*old, *new]))
        if self._overrides(below):
            if new is None:
                return None
            if old is not None and _kind(old) != _kind(new) and "a list" in (_kind(old), _kind(new)):
                self._contradiction(below, above, path, f"{_kind(old)} as in the included file")
            return above
        # Neither includes the other: they may only agree. (NaN agrees with nothing and is refused later.)
        if plain_data(below.node) != plain_data(above.node):
            self._contradiction(below, above, path, "one value, or one file that includes the other")
        return above

    def _overrides(self, below: Entry) -> bool:
        return self.layer is not None and below.key_position.file in self.layer.included

    def _contradiction(self, below: Entry, above: Entry, path: KeyPath, expected: str) -> None:
        found = f"{found_text(plain_data(above.node))}, where {below.key_position} has "
        self.problems.append(
            Problem(
                above.key_position,
                path_text(path),
                found + found_text(plain_data(below.node)),
                expected,
                note=f"{quoted(str(path[-1]))} is defined in both files",
            )
        )


def _kind(content: object) -> str:
    if isinstance(content, dict):
        return "a mapping"
    return "a list" if isinstance(content, list) else "a single value"
