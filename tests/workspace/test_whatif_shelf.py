"""The shelf of what-if files: read once, again where a file changed; which steps are what-ifs that are on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from router.change.history import History
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import BASE
from router.workspace.folders import HOME_VARIABLE
from router.workspace.whatif_files import Asks
from router.workspace.whatif_reading import read_what_ifs
from router.workspace.whatif_shelf import Librarian, Shelf, proposed_file
from router.workspace.whatif_steps import count_on, steps_of
from tests.workspace.whatif_sample import BROKEN, GROWTH, growth_in

TINY_FILE = scenario_path("tiny")
TINY = load_scenario(TINY_FILE)


class Reads:
    """Counts what is read."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, path: Path, scenario: Scenario) -> Asks:
        self.paths.append(path.name)
        return read_what_ifs(path, scenario)


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    folder = tmp_path / "work"
    folder.mkdir()
    return Path(shutil.copy(TINY_FILE, folder / "mine.yaml"))


def shelf_of(tiny: Path) -> Shelf:
    return Librarian(read_what_ifs).shelf(TINY, tiny)


def key(shelf: Shelf, name: str, file: str = "growth.yaml") -> str:
    (found,) = (key for key in shelf.cases if key.endswith(f"{file}:{name}"))
    return found


def test_only_what_changed_is_read_again(tiny: Path) -> None:
    reads = Reads()
    librarian = Librarian(reads)
    growth = growth_in(tiny.parent)
    growth_in(tiny.parent, "other.yaml")
    first = librarian.shelf(TINY, tiny)
    assert {"growth.yaml", "other.yaml"} <= set(reads.paths)
    reads.paths.clear()
    assert librarian.shelf(TINY, tiny) is first
    assert reads.paths == []
    growth.write_text(GROWTH.replace("Chat grows by half", "Chat grows by a half"))
    os.utime(growth, ns=(1, 1))
    second = librarian.shelf(TINY, tiny)
    assert reads.paths == ["growth.yaml"]
    assert second.cases[key(second, "grows")].title == "Chat grows by a half"
    growth.unlink()
    assert not any("growth" in key for key in librarian.shelf(TINY, tiny).cases)


def test_another_scenario_is_read_for_anew(tiny: Path) -> None:
    reads = Reads()
    librarian = Librarian(reads)
    growth_in(tiny.parent)
    first = librarian.shelf(TINY, tiny)
    reads.paths.clear()
    other = TINY.model_copy(update={"description": "another"})
    second = librarian.shelf(other, tiny)
    assert "growth.yaml" in reads.paths
    assert first.marks[key(first, "late")] != second.marks[key(second, "late")]


def test_marks_tell_changes_apart_and_nothing_else(tiny: Path) -> None:
    growth_in(tiny.parent)
    growth_in(tiny.parent, "same.yaml", GROWTH.replace("title: Chat", "title: Talk"))
    shelf = shelf_of(tiny)
    assert shelf.marks[key(shelf, "late")] == shelf.marks[key(shelf, "late", "same.yaml")]
    assert len({shelf.marks[key(shelf, name)] for name in ("late", "grows", "both")} | {shelf.marks[BASE]}) == 4


def test_a_file_opened_by_hand_stays_listed(tiny: Path, tmp_path: Path) -> None:
    librarian = Librarian(read_what_ifs)
    elsewhere = growth_in(tmp_path / "elsewhere")
    librarian.add(elsewhere)
    librarian.shelf(TINY, tiny)
    assert any(file.path == elsewhere for file in librarian.shelf(TINY, tiny).files)


def test_where_a_new_what_if_is_best_saved(tiny: Path, tmp_path: Path) -> None:
    assert proposed_file(None, tiny) == tiny.parent / "whatif" / "mine.yaml"
    assert proposed_file(None, TINY_FILE) == tmp_path / "home" / "data" / "whatif" / "tiny.yaml"
    growth_in(tiny.parent, "broken.yaml", BROKEN)
    growth = growth_in(tiny.parent)
    assert proposed_file(shelf_of(tiny), tiny) == growth


def test_steps_are_found_by_name(tiny: Path) -> None:
    growth_in(tiny.parent)
    shelf = shelf_of(tiny)
    history = History(TINY)
    for name in ("grows", "late"):
        case = shelf.cases[key(shelf, name)]
        history.apply(case.changes, case.at, name)
    history.apply(shelf.cases[key(shelf, "both")].changes)
    assert steps_of(history.entries, shelf.cases) == {key(shelf, "grows"): 0, key(shelf, "late"): 1}
    assert count_on(history.entries) == 2
    history.take_back(0)
    assert steps_of(history.entries, shelf.cases) == {key(shelf, "late"): 0}
    history.undo()
    history.undo()
    assert steps_of(history.entries, shelf.cases) == {key(shelf, "grows"): 0, key(shelf, "late"): 1}
    history.saved()
    assert count_on(history.entries) == 0


def test_of_what_ifs_with_one_name_the_one_with_the_steps_changes_is_on(tiny: Path) -> None:
    growth_in(tiny.parent)
    growth_in(tiny.parent, "later.yaml", GROWTH.replace("by: 1.5", "by: 1.6"))
    shelf = shelf_of(tiny)
    for file in ("growth.yaml", "later.yaml"):
        history = History(TINY)
        history.apply(shelf.cases[key(shelf, "grows", file)].changes, whatif="grows")
        assert steps_of(history.entries, shelf.cases) == {key(shelf, "grows", file): 0}
    history = History(TINY)
    history.apply(shelf.cases[key(shelf, "late")].changes, whatif="grows")
    assert steps_of(history.entries, shelf.cases) == {key(shelf, "grows"): 0}, "its file was changed since"


def test_a_what_if_that_is_not_listed_counts_all_the_same() -> None:
    history = History(TINY)
    history.apply((), whatif="gone")
    assert steps_of(history.entries, {}) == {}
    assert count_on(history.entries) == 1
