"""Whether a file gives a factor in percent: then it is told in percent everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from router.reading.node import Node, Scalar

_NO_VALUES = frozenset(("title", "steps", "whole", "sigma", "empirical"))
"""Keys of a factor that hold none of its values. (Sigma is of the logarithm, which has no unit.)"""


def is_percent(*nodes: Node | None) -> bool:
    """Whether all values in the nodes are written with a `%`. A plain 0 may be either, and leaves it to the others."""
    values = [value for node in nodes if node is not None for value in _values(node) if value != 0]
    return bool(values) and all(isinstance(value, str) and value.rstrip().endswith("%") for value in values)


def _values(node: Node) -> Iterator[Scalar]:
    content = node.content
    if isinstance(content, dict):
        for key, entry in content.items():
            if key not in _NO_VALUES:
                yield from _values(entry.node)
    elif isinstance(content, list):
        for child in content:
            yield from _values(child)
    else:
        yield content
