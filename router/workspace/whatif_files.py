"""The what-if files that belong to an open scenario: which there are, and what each of them asks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from router.reading.problems import ScenarioError
from router.reading.source_file import read_bytes
from router.scenario.shipped import is_shipped, shipped_folder
from router.whatif.case import Case
from router.workspace.scenario_files import Stamp, stamp_of

if TYPE_CHECKING:
    from router.scenario.scenario import Scenario

FOLDER = "whatif"
"""Of what-if files, beside the scenario's file."""

_ENDINGS = (".yaml", ".yml")
_MOST_IN_FOLDER = 500
_LARGEST_LOOKED_AT = 2 * 1024 * 1024
_ASKS = re.compile(rb"^(?:whatifs|sweeps|draws|solve_for)[ \t]*:", re.MULTILINE)
_SCENARIO = re.compile(rb"^scenario[ \t]*:[ \t]*(['\"]?)([^'\"#\r\n]+)\1", re.MULTILINE)


class Origin(StrEnum):
    """How a what-if file came into the list."""

    SHIPPED = "shipped"
    BESIDE = "beside"
    OWN = "own"
    """In the user's folder of what-if files."""
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Place:
    """A file that asks about the open scenario, as far as a look at it tells.

    ``about``: the scenario that it names instead, for a file opened by hand that does; else empty.
    """

    path: Path
    origin: Origin
    about: str = ""


@dataclass(frozen=True, slots=True)
class Asks:
    """What a what-if file asks. ``cases``: its what-ifs, without the base; ``others``: sweeps, draws and break-evens,
    which the command line answers. ``problems``: a line for each mistake; what-ifs that have one are no ``cases``.
    """

    title: str
    question: str | None = None
    answer: str | None = None
    cases: tuple[Case, ...] = ()
    others: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIfFile:
    """A what-if file that was read."""

    path: Path
    origin: Origin
    asks: Asks


Read = Callable[[Path, "Scenario"], Asks]
"""Reads the what-if file at a path, its changes made to the scenario. Raises ScenarioError where all of it is wrong."""


def places(
    scenario: Path, name: str, own_folder: Path | None, by_hand: Iterable[Path] = (), looks: Looks | None = None
) -> tuple[Place, ...]:
    """The what-if files of a scenario, each once, in the order that they are listed.

    ``scenario``: its file; ``name``: its name, by which shipped files ask about it. ``own_folder``: the user's.
    Those given ``by_hand`` are taken whatever they hold. A folder that cannot be read holds none. ``looks``: what is
    known of files from earlier times.
    """
    looks = looks or Looks()
    beside = [] if is_shipped(scenario) else [scenario.parent, scenario.parent / FOLDER]
    looked_at = [
        *((folder, Origin.BESIDE) for folder in beside),
        *(((own_folder, Origin.OWN),) if own_folder is not None else ()),
        (shipped_folder() / FOLDER, Origin.SHIPPED),
    ]
    found: dict[str, Place] = {}
    for folder, origin in looked_at:
        for path in _yaml_files(folder):
            if path != scenario and looks.about(path, scenario, name) == name:
                found.setdefault(os.path.realpath(path), Place(path, origin))
    for path in by_hand:
        about = looks.about(path, scenario, name)
        place = Place(path.absolute(), Origin.BY_HAND, "" if about in (None, name) else about or "")
        found.setdefault(os.path.realpath(path), place)
    return tuple(found.values())


def read_file(place: Place, scenario: Scenario, read: Read) -> WhatIfFile:
    """What a file asks, or what is wrong with it. ``scenario``: as saved in its file, which the changes are made to."""
    return WhatIfFile(place.path, place.origin, _asks(place, scenario, read))


def _asks(place: Place, scenario: Scenario, read: Read) -> Asks:
    problems: tuple[str, ...]
    if place.about:
        problems = (f"asks about the scenario {place.about!r}, and {scenario.name!r} is open",)
        return Asks(place.path.name, problems=problems)
    try:
        return read(place.path, scenario)
    except ScenarioError as error:
        problems = tuple(map(str, error.problems))
    except Exception as error:
        # A mistake of the reader's own must not end an app with unsaved changes in it.
        problems = (f"the router failed: {error}",)
    return Asks(place.path.name, problems=problems)


def _yaml_files(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for _, entry in zip(range(_MOST_IN_FOLDER), entries, strict=False)]
    except (OSError, ValueError):
        return []
    return [folder / name for name in sorted(names) if name.endswith(_ENDINGS) and not name.startswith(".")]


class Looks:
    """Looks at files, at each once until it is changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp | None, str | None]] = {}

    def about(self, path: Path, scenario: Path, name: str) -> str | None:
        """What a look at a file tells that it asks about: ``name`` for the scenario, by that name or by its file.

        Another one as the file has it; None where it is no what-if file.
        """
        stamp = stamp_of(path)
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = self._known[path] = stamp, _scenario_in(path, stamp)
        given = known[1]
        if given is None or given in ("", name):
            # A file that names none is worth telling of: it stands where files about this scenario do.
            return None if given is None else name
        try:
            is_it = os.path.realpath(path.parent / given) == os.path.realpath(scenario)
        except (OSError, ValueError):
            return given
        return name if is_it else given


def _scenario_in(path: Path, stamp: Stamp | None) -> str | None:
    """The scenario that a what-if file names, empty where it names none; None where it is no such file."""
    if stamp is None or stamp.size > _LARGEST_LOOKED_AT:
        return None
    try:
        content = read_bytes(path)
    except ScenarioError:
        return None
    if not _ASKS.search(content):
        return None
    given = _SCENARIO.search(content)
    return "" if given is None else given.group(2).decode("utf-8", "replace").strip()
