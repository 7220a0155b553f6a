"""The what-if files of the open scenario, read once and again where one was changed."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from router.plan.reference import scenario_reference
from router.scenario.shipped import is_shipped
from router.whatif.case import BASE, Case
from router.workspace.change_json import change_to_json
from router.workspace.folders import FolderError, whatif_folder
from router.workspace.scenario_files import Stamp, stamp_of
from router.workspace.whatif_files import FOLDER, Looks, Origin, Place, Read, WhatIfFile, places, read_file

if TYPE_CHECKING:
    from router.scenario.scenario import Scenario


BASE_TITLE = "the scenario as saved"


@dataclass(frozen=True)
class Shelf:
    """Files as they were read for ``scenario``, the saved one. ``cases``: by key, `FILE:NAME` with the whole path.

    ``marks``: by the same keys, what tells two cases of different changes, or of different scenarios, apart. `BASE` is
    among both.
    """

    scenario: Scenario
    files: tuple[WhatIfFile, ...]
    cases: dict[str, Case] = field(repr=False)
    marks: dict[str, str] = field(repr=False)


def key_of(file: WhatIfFile, case: Case) -> str:
    """What tells a what-if from all others: `FILE:NAME`."""
    return f"{file.path}:{case.name}"


class Librarian:
    """Reads what-if files; for threads of their own, which wait for one another."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._one_at_a_time = threading.Lock()
        self._looks = Looks()
        self._by_hand: dict[Path, None] = {}
        self._known: dict[Path, tuple[Stamp | None, Place, Scenario, WhatIfFile]] = {}
        self._shelf: Shelf | None = None

    def add(self, path: Path) -> None:
        """A file that was opened by hand is listed from now on."""
        self._by_hand[path.absolute()] = None

    def shelf(self, scenario: Scenario, file: Path) -> Shelf:
        """The files of a scenario, as saved in its file. The very same shelf where nothing was changed."""
        with self._one_at_a_time:
            found = places(file, scenario.name, _own_folder(), tuple(self._by_hand), self._looks)
            files = tuple(self._read_if_changed(place, scenario) for place in found)
            before = self._shelf
            if before is not None and before.scenario is scenario and before.files == files:
                return before
            cases = {BASE: Case(BASE, BASE_TITLE)}
            cases |= {key_of(each, case): case for each in files for case in each.asks.cases}
            sha = scenario_reference(scenario).sha256
            marks = {key: _mark(sha, case) for key, case in cases.items()}
            self._known = {path: known for path, known in self._known.items() if path in {each.path for each in files}}
            self._shelf = Shelf(scenario, files, cases, marks)
            return self._shelf

    def _read_if_changed(self, place: Place, scenario: Scenario) -> WhatIfFile:
        stamp = stamp_of(place.path)
        known = self._known.get(place.path)
        if known is not None and known[:2] == (stamp, place) and known[2] is scenario:
            return known[3]
        read = read_file(place, scenario, self._read)
        self._known[place.path] = stamp, place, scenario, read
        return read


def _mark(scenario_sha256: str, case: Case) -> str:
    changes = json.dumps([change_to_json(change) for change in case.changes])
    return hashlib.sha256(f"{scenario_sha256} {changes}".encode()).hexdigest()


def proposed_file(shelf: Shelf | None, scenario_file: Path) -> Path:
    """Where a new what-if is best saved: the first file that is not shipped, else a new one.

    That is in the folder of what-if files beside the scenario, or the user's where the scenario is shipped. Raises
    FolderError where there is no such folder.
    """
    for file in () if shelf is None else shelf.files:
        if file.origin in (Origin.BESIDE, Origin.OWN) and not file.asks.problems:
            return file.path
    folder = whatif_folder() if is_shipped(scenario_file) else scenario_file.parent / FOLDER
    return folder / f"{scenario_file.stem}.yaml"


def _own_folder() -> Path | None:
    try:
        return whatif_folder()
    except FolderError:
        return None
