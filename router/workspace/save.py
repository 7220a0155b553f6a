"""Saves an edited scenario: into its own file, or into another. Files are replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from router.reading.position import printable
from router.reading.problems import ScenarioError
from router.reading.write import OutputError, write_whole
from router.scenario.scenario import Scenario
from router.scenario.shipped import is_shipped
from router.workspace.file_state import FileState, read_state
from router.workspace.saved_text import Form, saved_text


class ReadOnlyError(OutputError):
    """The file comes with the product, and is never overwritten."""


class FileChangedError(OutputError):
    """`files` are not what they were when the scenario was read. Saving with ``overwrite`` replaces the file."""

    def __init__(self, message: str, files: Sequence[Path]) -> None:
        super().__init__(message)
        self.files = tuple(files)


class FileExistsAlreadyError(OutputError):
    """The new place has a file. Saving with ``overwrite`` replaces it."""


@dataclass(frozen=True)
class Saved:
    """What was written: in which form, and the state of the files from now on."""

    path: Path
    form: Form
    state: FileState


def save(after: Scenario, state: FileState, *, overwrite: bool = False) -> Saved:
    """Writes a scenario into the file that ``state`` was read from; only what changed is changed there.

    Raises ReadOnlyError for a shipped file, FileChangedError where the file or one that it includes is not as it was,
    and OutputError where it cannot be written. ``overwrite``: changed or gone, the file is written all the same, from
    what it was.
    """
    path = state.path
    _check_not_shipped(path)
    changed = state.changed(thorough=True)
    if changed and not overwrite:
        raise FileChangedError(_changed_line(path, changed), changed)
    text = saved_text(state.content, path, after)
    if changed or text.content != state.content:
        write_whole(path, text.content)
    return _saved(path, text.form)


def save_as(path: Path | str, after: Scenario, state: FileState, *, overwrite: bool = False) -> Saved:
    """Writes a scenario into another file, made from the text of the one that ``state`` was read from.

    Includes lead to the same files from there, where that is possible (they must lie in or below the new folder);
    else they are written out. Raises as `save` does, and FileExistsAlreadyError unless ``overwrite``.
    """
    target = Path(path).absolute()
    real = os.path.realpath(target)
    if real == os.path.realpath(state.path):
        return save(after, state, overwrite=overwrite)
    _check_not_shipped(target)
    if any(os.path.realpath(each.path) == real for each in state.files):
        raise OutputError(_line(target, f"{state.path.name} includes it; save under another name"))
    if os.path.lexists(target) and not overwrite and not target.is_dir():
        raise FileExistsAlreadyError(_line(target, "there is such a file"))
    text = saved_text(state.content, state.path, after, target)
    write_whole(target, text.content)
    return _saved(target, text.form)


def _saved(path: Path, form: Form) -> Saved:
    try:
        return Saved(path, form, read_state(path))
    except ScenarioError as error:
        raise OutputError(f"{path.name}: was written and cannot be read: {error.problems[0].found}") from None


def _check_not_shipped(path: Path) -> None:
    if is_shipped(path):
        raise ReadOnlyError(_line(path, "it comes with the product; save it under another name (save as)"))


def _changed_line(path: Path, changed: Sequence[Path]) -> str:
    if list(changed) == [path]:
        return _line(path, "it is gone" if not path.exists() else "it was changed by someone else since it was read")
    names = ", ".join(each.name for each in changed)
    return _line(path, f"changed since it was read: {names}")


def _line(path: Path, reason: str) -> str:
    return printable(f"{path}: not saved: {reason}")
