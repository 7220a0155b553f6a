"""A scenario file and all it includes: their bytes, and the scenario that they make together."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

from router.reading.document import Document, Source
from router.reading.include import INCLUDE
from router.reading.key_path import Key
from router.reading.merge import Layer, merged
from router.reading.node import Data, Entry, Node, plain_data
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.reading.source_file import read_bytes, sha256
from router.reading.yaml_reader import read_yaml_text
from router.scenario.load import check_document
from router.scenario.scenario import Scenario


class Stamp(NamedTuple):
    """What tells cheaply that a file may have changed."""

    modified_ns: int
    size: int
    inode: int


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file, links followed; None where there is none that could be read."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


@dataclass(frozen=True)
class ScenarioFile:
    """One file: its name in messages, its bytes and stamp (None: it is not there), and what it includes.

    `document` is None where the bytes are no YAML. `included` names all files that it includes, directly or not.
    """

    path: Path
    file: str
    stamp: Stamp | None
    content: bytes | None
    document: Document | None
    included: frozenset[str]

    @property
    def entries(self) -> dict[Key, Entry]:
        """The file's own entries, without `include`."""
        content = self.document.root.content if self.document else None
        return {key: entry for key, entry in content.items() if key != INCLUDE} if isinstance(content, dict) else {}


@dataclass(frozen=True)
class ScenarioFiles:
    """Every file after all that it includes, the scenario file itself last. `path` is that file's.

    `is_complete`: every include leads to a file that the reader of scenarios accepts.
    """

    path: Path
    files: tuple[ScenarioFile, ...]
    is_complete: bool

    @property
    def top(self) -> ScenarioFile:
        """The scenario file itself."""
        return self.files[-1]

    def scenario(self) -> Scenario:
        """The checked scenario. Raises ScenarioError."""
        root, problems = merged(self._layers(self.files))
        if problems:
            raise ScenarioError(problems)
        sources = [Source(each.file, sha256(each.content or b"")) for each in reversed(self.files)]
        return check_document(Document(root, tuple(sources)))

    def own(self) -> dict[Key, Data]:
        """What the scenario file itself gives, as plain data."""
        return {key: plain_data(entry.node) for key, entry in self.top.entries.items()}

    def below(self) -> dict[Key, Data]:
        """What the included files give together, before the scenario file is laid over them."""
        if len(self.files) == 1:
            return {}
        root, _ = merged(self._layers(self.files[:-1]))
        data = plain_data(root)
        return data if isinstance(data, dict) else {}

    def _layers(self, files: tuple[ScenarioFile, ...]) -> list[Layer]:
        if not self.is_complete or any(each.document is None for each in self.files):
            position = Position(str(self.path), 0, 0)
            raise ScenarioError([Problem(position, "", "includes that cannot be read", "files that can be")])
        return [Layer(each.file, Node(Position(each.file, 1, 1), each.entries), each.included) for each in files]


def read_files(path: Path, content: bytes | None = None) -> ScenarioFiles:
    """The scenario file at `path` and all it includes, as far as they can be read.

    `content` takes the place of the scenario file's bytes on disk. Raises ScenarioError where it cannot be read at all.
    """
    if content is None:
        stamp, content = stamp_of(path), read_bytes(path)
    else:
        stamp = stamp_of(path)
    walk = _Walk(Path(os.path.realpath(path.parent)))
    walk.take(path, str(path), stamp, content)
    return ScenarioFiles(path, tuple(walk.files), walk.is_complete)


@dataclass
class _Walk:
    """Follows the includes as `router.reading.include` does, and on where a file is missing or broken."""

    folder: Path
    files: list[ScenarioFile] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    done: dict[str, frozenset[str]] = field(default_factory=dict)
    is_complete: bool = True

    def take(self, path: Path, file: str, stamp: Stamp | None, content: bytes | None) -> frozenset[str]:
        real = os.path.realpath(path)
        self.open.add(real)
        document = _document(content, file)
        included: frozenset[str] = frozenset()
        for name in included_names(document):
            included |= self._include(name, path, file)
        self.files.append(ScenarioFile(path, file, stamp, content, document, included))
        self.open.discard(real)
        self.done[real] = included | {file}
        return self.done[real]

    def _include(self, name: str, includer: Path, includer_file: str) -> frozenset[str]:
        path = includer.parent / name
        try:
            real = os.path.realpath(path)
        except (OSError, ValueError):
            self.is_complete = False
            return frozenset()
        if real in self.done:
            return self.done[real]
        if PurePath(name).is_absolute() or real in self.open or not Path(real).is_relative_to(self.folder):
            self.is_complete = False
            return frozenset()
        stamp = stamp_of(path)
        try:
            content: bytes | None = read_bytes(path)
        except ScenarioError:
            content = None
        file = os.path.normpath(os.path.join(os.path.dirname(includer_file), name))
        return self.take(path, file, stamp, content)


def included_names(document: Document | None) -> list[str]:
    """What a file's `include` names, as it names it."""
    content = document.root.content if document else None
    entry = content.get(INCLUDE) if isinstance(content, dict) else None
    value = plain_data(entry.node) if entry else None
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str) and name]


def _document(content: bytes | None, file: str) -> Document | None:
    try:
        return None if content is None else read_yaml_text(content, file)
    except ScenarioError:
        return None
