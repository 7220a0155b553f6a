"""Which what-if files belong to a scenario, and what is told of those with mistakes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.workspace.whatif_files import Asks, Origin, Place, places, read_file
from router.workspace.whatif_reading import read_what_ifs
from tests.workspace.whatif_sample import BROKEN, GROWTH, growth_in

TINY_FILE = scenario_path("tiny")
TINY = load_scenario(TINY_FILE)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return Path(shutil.copy(TINY_FILE, folder / "mine.yaml"))


def found(tiny: Path, own: Path | None = None, *by_hand: Path) -> list[tuple[str, Origin]]:
    """Of a scenario that no shipped file asks about."""
    listed = places(tiny, "tiny", own, by_hand)
    return [(place.path.name, place.origin) for place in listed if place.origin is not Origin.SHIPPED]


def test_files_beside_the_scenario_and_in_the_folder_below(tiny: Path, tmp_path: Path) -> None:
    growth_in(tiny.parent, "b.yaml")
    growth_in(tiny.parent, "a.yml", GROWTH.replace("scenario: tiny", "scenario: mine.yaml  # this one"))
    growth_in(tiny.parent / "whatif", "c.yaml", GROWTH.replace("scenario: tiny", "scenario: '../mine.yaml'"))
    growth_in(tmp_path / "own", "d.yaml")
    assert found(tiny, tmp_path / "own") == [
        ("a.yml", Origin.BESIDE),
        ("b.yaml", Origin.BESIDE),
        ("c.yaml", Origin.BESIDE),
        ("d.yaml", Origin.OWN),
    ]


def test_what_is_no_what_if_file_or_asks_about_another_scenario_is_left_out(tiny: Path) -> None:
    growth_in(tiny.parent, "other.yaml", GROWTH.replace("scenario: tiny", "scenario: scale-up"))
    growth_in(tiny.parent, "elsewhere.yaml", GROWTH.replace("scenario: tiny", "scenario: sub/mine.yaml"))
    growth_in(tiny.parent, "scenario.yaml", TINY_FILE.read_text())
    growth_in(tiny.parent, "notes.txt")
    growth_in(tiny.parent, ".hidden.yaml")
    (tiny.parent / "binary.yaml").write_bytes(bytes(range(256)))
    (tiny.parent / "folder.yaml").mkdir()
    (tiny.parent / "dangling.yaml").symlink_to(tiny.parent / "gone.yaml")
    assert found(tiny) == []


def test_a_file_that_does_not_say_which_scenario_is_listed_with_its_mistake(tiny: Path) -> None:
    growth_in(tiny.parent, "a.yaml", GROWTH.replace("scenario: tiny\n", ""))
    (place,) = (place for place in places(tiny, "tiny", None) if place.origin is Origin.BESIDE)
    (problem,) = read_file(place, TINY, read_what_ifs).asks.problems
    assert "scenario" in problem


def test_each_file_once_however_it_is_reached(tiny: Path) -> None:
    growth = growth_in(tiny.parent)
    (tiny.parent / "same.yaml").symlink_to(growth)
    assert found(tiny, None, growth, growth) == [("growth.yaml", Origin.BESIDE)]


def test_folders_that_cannot_be_read_hold_none(tiny: Path, tmp_path: Path) -> None:
    (tiny.parent / "whatif").write_text("a file")
    assert found(tiny, tmp_path / "nowhere") == []


def test_a_shipped_scenario_has_the_users_folder_and_not_the_products(tmp_path: Path) -> None:
    growth_in(tmp_path, "mine.yaml")
    origins = {place.origin for place in places(TINY_FILE, "tiny", tmp_path)}
    assert Origin.OWN in origins
    assert Origin.BESIDE not in origins


def test_what_a_file_asks(tiny: Path) -> None:
    file = read_file(Place(growth_in(tiny.parent), Origin.BESIDE), TINY, read_what_ifs).asks
    assert file.title == "Chat grows"
    assert file.question == "What if chat grows faster than planned, and Oracle's machines come late?"
    assert file.answer == "It costs twice as much."
    assert [(case.name, len(case.changes)) for case in file.cases] == [("late", 1), ("grows", 1), ("both", 3)]
    assert file.problems == ()


def test_mistakes_are_lines(tiny: Path) -> None:
    file = read_file(Place(growth_in(tiny.parent, text=BROKEN), Origin.BESIDE), TINY, read_what_ifs).asks
    (problem,) = file.problems
    assert "demnd" in problem
    assert "did you mean 'demand'?" in problem
    assert file.cases == ()


@pytest.mark.parametrize(
    "text",
    ["", "[", "whatifs:\n- 1\n", "whatifs: 7\nscenario: tiny\n", "\0", "format: 2\nscenario: tiny\nwhatifs: {}\n"],
)
def test_any_text_gives_lines_and_no_failure(tiny: Path, text: str) -> None:
    file = read_file(Place(growth_in(tiny.parent, text=text), Origin.BY_HAND), TINY, read_what_ifs).asks
    assert file.problems
    assert all("\n" not in line for line in file.problems)


def test_a_file_by_hand_about_another_scenario_is_told_so(tiny: Path) -> None:
    other = growth_in(tiny.parent, "other.yaml", GROWTH.replace("scenario: tiny", "scenario: scale-up"))
    place = places(tiny, "tiny", None, [other])[-1]
    assert place.origin is Origin.BY_HAND
    assert read_file(place, TINY, read_what_ifs).asks.problems == (
        "asks about the scenario 'scale-up', and 'tiny' is open",
    )


def test_a_file_by_hand_that_is_gone_is_told_so(tiny: Path) -> None:
    place = places(tiny, "tiny", None, [tiny.parent / "gone.yaml"])[-1]
    (problem,) = read_file(place, TINY, read_what_ifs).asks.problems
    assert "no such file" in problem


def test_a_failure_of_the_reader_is_told_and_no_more(tiny: Path) -> None:
    def fails(path: Path, scenario: Scenario) -> Asks:
        raise KeyError("x")

    file = read_file(Place(growth_in(tiny.parent), Origin.BESIDE), TINY, fails).asks
    assert file.problems == ("the router failed: 'x'",)
