"""The what-if files that come with the product."""

from __future__ import annotations

import os
from pathlib import Path

from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.scenario.shipped import shipped_folder

_FOLDER = "whatif"


def whatif_folder() -> Path:
    """The folder of shipped what-if files, inside that of the shipped scenarios."""
    return shipped_folder() / _FOLDER


def whatif_files() -> list[Path]:
    """The shipped what-if files, by name."""
    return sorted(whatif_folder().glob("*.yaml"))


def whatif_path(given: Path | str) -> Path:
    """The what-if file that is meant: a path, or a shipped name where no file has it.

    Raises ScenarioError for what is neither and looks like a name.
    """
    path = Path(given)
    name = str(given)
    if os.path.isfile(path) or path.suffix or path.name != name:
        return path
    shipped = whatif_folder() / f"{name}.yaml"
    if os.path.isfile(shipped):
        return shipped
    if os.path.exists(path):
        return path
    names = [each.stem for each in whatif_files()]
    expected = ", or one of ".join(["a what-if file", *([", ".join(names)] if names else [])])
    found = "no such file or shipped what-if file"
    raise ScenarioError([Problem(Position(name, 0, 0), "", found, expected, nearest(name, names))])
