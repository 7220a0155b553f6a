"""Reads a scenario file with all it includes.

`include: [prices.yaml, sites/eu.yaml]` at the top of a file merges those files under it. Paths are relative
to the including file and stay inside the folder of the top file. Every file is read once, however many
routes lead to it, and counts as included by every file on those routes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from router.reading.document import Document, Source
from router.reading.found import found_text, quoted
from router.reading.key_path import path_text
from router.reading.merge import Layer, merged
from router.reading.node import Entry, Node, plain_data
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.reading.source_file import nearest_file
from router.reading.yaml_reader import read_yaml

INCLUDE = "include"
DEEPEST_INCLUDES = 50
"""Files including one another."""


def read_document(path: Path | str) -> Document:
    """The scenario file at `path` with its includes merged.

    Raises ScenarioError with all mistakes of all files: those of the files themselves, includes that are
    missing, leave the folder or form a circle, and entries that contradict each other.
    """
    reader = _Reader(Path(os.path.realpath(Path(path).parent)))
    reader.read(Path(path), str(path))
    if not reader.problems:
        root, problems = merged(reader.layers)
        reader.problems.extend(problems)
        if not reader.problems:
            return Document(root, tuple(reversed(reader.sources)))
    raise ScenarioError(reader.problems)


@dataclass
class _Reader:
    """Walks the includes depth first, so that `layers` has every file after all it includes."""

    folder: Path
    layers: list[Layer] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    chain: dict[str, str] = field(default_factory=dict)
    """The files being read, outermost first: real path to name."""
    done: dict[str, frozenset[str]] = field(default_factory=dict)
    """The files read: real path to the names of the file and all it includes."""

    def read(self, path: Path, file: str) -> frozenset[str]:
        """Reads a file and what it includes; the names of all of them."""
        real = os.path.realpath(path)
        if real in self.done:
            return self.done[real]
        self.chain[real] = file
        included: frozenset[str] = frozenset()
        try:
            document = read_yaml(path, file=file)
        except ScenarioError as error:
            self.problems.extend(error.problems)
        else:
            entries = dict(document.root.content) if isinstance(document.root.content, dict) else {}
            for node in self._includes(entries.pop(INCLUDE, None)):
                included |= self._include(node, path, file)
            self.layers.append(Layer(file, Node(document.root.position, entries), included))
            self.sources.extend(document.sources)
        del self.chain[real]
        self.done[real] = included | {file}
        return self.done[real]

    def _includes(self, entry: Entry | None) -> list[Node]:
        """The nodes of the included names: of a list, of one name, or none."""
        if entry is None or entry.node.content is None:
            return []
        nodes = entry.node.content if isinstance(entry.node.content, list) else [entry.node]
        names = []
        for index, node in enumerate(nodes):
            if isinstance(node.content, str) and node.content:
                names.append(node)
                continue
            path = path_text((INCLUDE, index)) if nodes is entry.node.content else INCLUDE
            found = found_text(plain_data(node))
            self.problems.append(Problem(node.position, path, found, "the path of a YAML file"))
        return names

    def _include(self, node: Node, includer: Path, includer_file: str) -> frozenset[str]:
        name = str(node.content)
        path = includer.parent / name
        file = os.path.normpath(os.path.join(os.path.dirname(includer_file), name))
        problem = self._refusal(node.position, name, path, file)
        if problem is None:
            return self.read(path, file)
        self.problems.append(problem)
        return frozenset()

    def _refusal(self, position: Position, name: str, path: Path, file: str) -> Problem | None:
        """Why a file may not be included, or None."""
        found = quoted(name)
        if PurePath(name).is_absolute():
            return Problem(position, INCLUDE, f"the absolute path {found}", "a path relative to this file")
        try:
            real = os.path.realpath(path)
            exists = os.path.exists(real)
        except (OSError, ValueError):
            return Problem(position, INCLUDE, f"{found}, which is no path", "the path of a YAML file")
        if not Path(real).is_relative_to(self.folder):
            expected = f"a file inside the folder of the scenario ({self.folder})"
            return Problem(position, INCLUDE, f"{found}, which leads outside", expected)
        if not exists:
            near = nearest_file(path)
            suggestion = os.path.join(os.path.dirname(name), near) if near else None
            return Problem(position, INCLUDE, f"{found}, which does not exist", "an existing file", suggestion)
        if real in self.chain:
            files = list(self.chain.values())
            circle = " -> ".join([*files[list(self.chain).index(real) :], file])
            return Problem(position, INCLUDE, f"a circle of includes ({circle})", "no circle")
        if len(self.chain) >= DEEPEST_INCLUDES:
            found = f"includes nested deeper than {DEEPEST_INCLUDES}"
            return Problem(position, INCLUDE, found, f"at most {DEEPEST_INCLUDES} inside one another")
        return None
