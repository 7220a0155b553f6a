"""The scenario that a what-if file is about."""

from __future__ import annotations

import os
from pathlib import Path

from router.reading.expectation import counted
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.reading.source_file import nearest_file
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import shipped_folder, shipped_names

_KEY = "scenario"
_ENDINGS = (".yaml", ".yml")


def base_path(given: str, folder: Path) -> Path | None:
    """The scenario file that a what-if file in a folder means, or None where there is none.

    A path is relative to the folder; a shipped scenario's name works where no file there has it.
    """
    path = folder / given
    try:
        if os.path.isfile(path) or (os.path.exists(path) and not os.path.isdir(path)):
            return path
    except ValueError:
        return None
    if Path(given).name == given and given in shipped_names():
        return shipped_folder() / f"{given}.yaml"
    return None


def load_base(given: str, folder: Path, at: Position) -> Scenario:
    """The checked scenario; ``at``: where the what-if file names it.

    Raises ScenarioError: that there is none, or that it has mistakes, with all of them in its own file.
    """
    path = base_path(given, folder)
    if path is None:
        names = shipped_names()
        near = nearest_file(folder / given) if "\0" not in given else None
        near = os.path.join(os.path.dirname(given), near) if near and near.endswith(_ENDINGS) else None
        expected = "a scenario file, its path relative to this file, or one of " + ", ".join(names)
        is_folder = "\0" not in given and os.path.isdir(folder / given)
        found = f"{quoted(given)}, which {'is a folder' if is_folder else 'does not exist'}"
        raise ScenarioError([Problem(at, _KEY, found, expected, nearest(given, names) or near)])
    try:
        return load_scenario(path)
    except ScenarioError as error:
        found = f"{quoted(given)}, a scenario with {counted(len(error.problems), 'mistake')}"
        raise ScenarioError([Problem(at, _KEY, found, "a scenario without"), *error.problems]) from None
