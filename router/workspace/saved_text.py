"""The text of a scenario file that holds an edited scenario, with as little changed as can be."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePath
from typing import Any

from router.reading.include import INCLUDE
from router.reading.position import printable
from router.reading.problems import ScenarioError
from router.reading.source_file import decoded
from router.reading.write import OutputError
from router.scenario.scenario import Scenario
from router.workspace.file_data import file_data
from router.workspace.layout import CannotPatch, Kind, Place, layout
from router.workspace.own_data import CannotOverride, below_data, own_data, wanted_data
from router.workspace.scenario_files import ScenarioFiles, included_names, read_files
from router.workspace.text_edits import TextEdits
from router.workspace.yaml_blocks import whole
from router.workspace.yaml_patch import patched
from router.workspace.yaml_words import quoted_word, word

_BOM = "\ufeff".encode()
_MOST_ROUNDS = 3


class Form(Enum):
    """How a scenario was written."""

    PATCHED = "patched"
    """Only what changed is changed; what comes from included files still does, as far as it is not overridden."""
    PRICES_WRITTEN_OUT = "prices written out"
    """As patched, but included files with offers are written out in the file: offers of theirs changed, and an entry of
    a list cannot be overridden. The file's own comments stay."""
    SELF_CONTAINED = "self-contained"
    """The included files are written out in the file, which includes nothing any more; its own comments stay."""
    REWRITTEN = "rewritten"
    """Everything is written anew; comments are lost."""


@dataclass(frozen=True)
class SavedText:
    """The bytes of the file, and how they came about."""

    content: bytes
    form: Form


def saved_text(content: bytes, path: Path, after: Scenario, target: Path | None = None) -> SavedText:
    """The new bytes of the scenario file at `path`, of which ``content`` are the present ones.

    ``target``: where the file will lie, if not at `path`. Read there with what it includes, the bytes make ``after`` by
    value: this is checked. Raises OutputError where no bytes do.
    """
    goal = _Goal(target or path, after)
    new = b""
    for form, attempt in _attempts(content, path, goal):
        try:
            new = attempt()
        except (CannotPatch, CannotOverride, ScenarioError):
            continue
        if goal.missed(new) is None:
            return SavedText(new, form)
    raise OutputError(f"{printable(str(goal.path))}: cannot be written: {goal.missed(new)}")


@dataclass
class _Goal:
    """Where the file will lie, and what it has to make there."""

    path: Path
    after: Scenario
    _missed: dict[bytes, str | None] = field(default_factory=dict)

    def missed(self, content: bytes) -> str | None:
        """Why bytes do not make the scenario; None where they do."""
        if content not in self._missed:
            self._missed[content] = self._why(content)
        return self._missed[content]

    def _why(self, content: bytes) -> str | None:
        try:
            made = read_files(self.path, content).scenario()
        except ScenarioError as error:
            return f"the scenario is refused when it is read back: {error.problems[0]}"
        return None if made == self.after else "the scenario is not the same when it is read back"


def _attempts(content: bytes, path: Path, goal: _Goal) -> Iterator[tuple[Form, Callable[[], bytes]]]:
    """The ways to write a scenario, the one that keeps most of the file first."""
    # Where what is there cannot be read any more, nothing of it can be kept.
    with contextlib.suppress(ScenarioError):
        files = read_files(path, content)
        scenario = file_data(files.scenario())
        yield Form.PATCHED, lambda: _patched(files, scenario, goal)
        names = included_names(files.top.document)
        kept = _without_lists(files, names)
        if kept and len(kept) < len(names):
            yield Form.PRICES_WRITTEN_OUT, lambda: _written_out(files, scenario, goal, kept)
        if names:
            yield Form.SELF_CONTAINED, lambda: _written_out(files, scenario, goal, [])
    yield Form.REWRITTEN, lambda: _rewritten(content, path, goal.after)


def _patched(files: ScenarioFiles, scenario: dict[str, Any], goal: _Goal) -> bytes:
    """Raises CannotPatch, CannotOverride, or ScenarioError for includes that are not found from the new place."""
    wanted = file_data(goal.after)
    content = _with_includes_from(files, goal.path)
    if goal.path != files.path:
        files = read_files(goal.path, content)
    for _ in range(_MOST_ROUNDS):
        own = own_data(files.own(), scenario)
        below = below_data(files.below(), files.own(), scenario)
        new = _encoded(patched(_text(content), own, wanted_data(below, own, wanted)), content)
        if new == content or goal.missed(new) is None:
            return new
        # A value with an alias elsewhere changed there, too: once more, for those that should not have.
        files, content = read_files(goal.path, new), new
        scenario = file_data(files.scenario())
    raise CannotPatch


def _written_out(files: ScenarioFiles, scenario: dict[str, Any], goal: _Goal, kept: list[str]) -> bytes:
    """The file with all that it includes written out, but for the includes ``kept``. Raises CannotPatch."""
    content, name = files.top.content or b"", printable(files.path.name)
    own: dict[str, Any] = own_data(files.own(), scenario)
    names = included_names(files.top.document)
    old, new = {INCLUDE: names, **own}, file_data(goal.after)
    note = f"# Self-contained: what {name} included is written out below, without its comments."
    if kept:
        below = _below(files, kept)
        new = {INCLUDE: kept, **wanted_data(below_data(below, files.own(), scenario), own, new)}
        gone = ", ".join(printable(each) for each in names if each not in kept)
        note = f"# What {name} included from {gone} is written out below, without its comments."
    edits = TextEdits(patched(_text(content), old, new))
    edits.replace(0, 0, note + edits.newline)
    written = _encoded(edits.result(), content)
    return _with_includes_from(read_files(files.path, written), goal.path) if kept else written


def _without_lists(files: ScenarioFiles, names: list[str]) -> list[str]:
    """The includes that bring no top-level list."""
    return [name for name in names if not any(isinstance(held, list) for held in _below(files, [name]).values())]


def _below(files: ScenarioFiles, names: list[str]) -> dict[Any, Any]:
    """What some of a file's includes give together."""
    content = f"{INCLUDE}: [{', '.join(map(quoted_word, names))}]".encode()
    return read_files(files.path, content).below()


def _rewritten(content: bytes, path: Path, after: Scenario) -> bytes:
    newline = "\r\n" if b"\r\n" in content else "\n"
    note = f"# Written by router from {printable(path.name)}, without its comments."
    return _encoded(note + newline + whole(file_data(after), newline), content)


def _with_includes_from(files: ScenarioFiles, target: Path) -> bytes:
    """The file's bytes with the paths of its includes as they are from another place. Raises CannotPatch."""
    content = files.top.content or b""
    names = included_names(files.top.document)
    if not names:
        return content
    edits = TextEdits(_text(content))
    folder = Path(os.path.realpath(target.parent))
    if folder == Path(os.path.realpath(files.path.parent)):
        return content
    entry = layout(edits.text).entries.get(INCLUDE)
    if entry is None:
        raise CannotPatch
    for place, name in zip(_names(entry.value), names, strict=True):
        real = Path(os.path.realpath(files.path.parent / name))
        if not real.is_relative_to(folder):
            raise CannotPatch
        new = PurePath(real.relative_to(folder)).as_posix()
        in_flow = entry.value.is_flow
        edits.replace(
            place.start, place.end, quoted_word(new, place.style) if place.style else word(new, in_flow=in_flow)
        )
    return _encoded(edits.result(), content)


def _names(place: Place) -> list[Place]:
    places = place.items if place.kind is Kind.LIST else [place]
    if any(each.kind is not Kind.SCALAR or each.anchor for each in places):
        raise CannotPatch
    return places


def _text(content: bytes) -> str:
    return decoded(content, "")


def _encoded(text: str, like: bytes) -> bytes:
    """The text as bytes; with a byte order mark where the bytes that it takes the place of have one."""
    return (_BOM if like.startswith(_BOM) else b"") + text.encode()
