"""What is wrong with a change, told like a mistake of the file it edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from router.reading.document import Document
from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.key_path import KeyPath, Step, path_text
from router.reading.nearest import nearest
from router.reading.node import Node
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


def document_of(data: Mapping[str, Any], at: Position) -> Document:
    """Plain data as a document of which everything stands at one position."""
    return _AtOnePosition(Node(at, None), (), dict(data))


@dataclass(frozen=True)
class _AtOnePosition(Document):
    """A document without the tree of positions, which takes longer to make than all checks together."""

    held: dict[Any, Any]

    @cached_property
    def data(self) -> dict[Any, Any]:
        return self.held

    def position_of(self, path: Sequence[Step], *, at: Literal["key", "value"] = "value") -> Position:
        return self.root.position
