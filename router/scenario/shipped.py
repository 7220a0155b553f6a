"""The scenarios that come with the product."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError

DEFAULT = "frontier-lab"


def shipped_folder() -> Path:
    """The folder of shipped scenarios: inside an installed package, beside it in a checkout."""
    package = Path(str(files("router")))
    inside = package / "configs"
    return inside if inside.is_dir() else package.parent / "configs"


def shipped_names() -> list[str]:
    """Names of the shipped scenarios."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


def is_shipped(path: Path | str) -> bool:
    """Whether a file lies among the scenarios that come with the product, links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(shipped_folder()))


def scenario_path(given: str | None) -> Path:
    """The file that is meant: nothing means the default scenario; a shipped name works where no file has it.

    Raises ScenarioError for what is neither and looks like a name.
    """
    if given is None:
        return shipped_folder() / f"{DEFAULT}.yaml"
    path = Path(given)
    shipped = shipped_folder() / f"{given}.yaml"
    if not os.path.isfile(path) and path.suffix == "" and path.name == given and os.path.isfile(shipped):
        return shipped
    if not os.path.exists(path) and path.suffix == "" and path.name == given:
        names = shipped_names()
        expected = "a scenario file, or one of " + ", ".join(names)
        found = "no such file or shipped scenario"
        raise ScenarioError([Problem(Position(given, 0, 0), "", found, expected, nearest(given, names))])
    return path
