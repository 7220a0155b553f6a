"""What is wrong with a change, told like a mistake of the file it edits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from router.reading.document import Document
from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.key_path import KeyPath, path_text
from router.reading.nearest import nearest
from router.reading.node import Entry, Node
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError


class ChangeError(ScenarioError):
    """A change that cannot be made, with all that is wrong with it. The scenario is untouched."""


def numbered(index: int) -> Position:
    """Where a change stands that stands in no file: `change 1` for index 0."""
    return Position(f"change {index + 1}", 0, 0)


def refusal(
    at: Position,
    path: KeyPath,
    found: str,
    expected: str | None = None,
    *,
    suggestion: str | None = None,
    note: str | None = None,
) -> ChangeError:
    """The error of one mistake at a path of the scenario."""
    return ChangeError([Problem(at, path_text(path), found, expected, suggestion, note)])


def unknown_name(at: Position, path: KeyPath, names: Iterable[str], note: str | None = None) -> ChangeError:
    """The error of a path whose last step names nothing that is there."""
    known = list(names)
    name = str(path[-1])
    expected = one_of(known) if known else "no name, as none is defined"
    return refusal(at, path, f"the unknown key {quoted(name)}", expected, suggestion=nearest(name, known), note=note)


def document_of(data: Any, at: Position) -> Document:
    """Plain data as a document of which everything stands at one position."""
    return Document(_node(data, at), ())


def _node(data: Any, at: Position) -> Node:
    if isinstance(data, dict):
        return Node(at, {key: Entry(at, _node(value, at)) for key, value in data.items()})
    if isinstance(data, list):
        return Node(at, [_node(value, at) for value in data])
    return Node(at, data)
