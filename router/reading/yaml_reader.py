"""Reads one YAML file, without its includes."""

from __future__ import annotations

from pathlib import Path

from router.reading.compose import compose
from router.reading.document import Document, Source
from router.reading.found import found_text
from router.reading.node import Node, plain_data
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.reading.source_file import decoded, read_bytes, sha256


def read_yaml(path: Path | str, *, file: str | None = None) -> Document:
    """The file as a document; `include` is an entry like any other.

    `file` is the file's name in messages where it is not the path. Raises ScenarioError with all mistakes.
    """
    file = file or str(path)
    return read_yaml_text(read_bytes(Path(path), file), file)


def read_yaml_text(text: str | bytes, file: str) -> Document:
    """Text (or UTF-8 bytes) as a document; `file` is its name in messages. Raises ScenarioError."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    root = compose(decoded(content, file) if isinstance(text, bytes) else text, file)
    if root is None:
        raise ScenarioError([Problem(Position(file, 1, 1), "", "nothing in the file", "a scenario")])
    if not isinstance(root.content, dict):
        found = found_text(_without_content(root))
        raise ScenarioError([Problem(root.position, "", found, "a mapping ('key: value' lines)")])
    return Document(root, (Source(file, sha256(content)),))


def _without_content(node: Node) -> object:
    return [None] * len(node.content) if isinstance(node.content, list) else plain_data(node)
