"""Edits saved as a what-if: in a new file or beside what is there, and read back as what was edited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Operation, Span
from router.change.set_option import read_settings
from router.reading.problems import ScenarioError
from router.reading.write import OutputError
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.whatif.read import read_question
from router.workspace.whatif_save import WhatIfDraft, free_name, names_in, proposed_title, save_what_if
from tests.workspace.whatif_sample import GROWTH, growth_in

TINY_FILE = scenario_path("tiny")
TINY = load_scenario(TINY_FILE)
CHANGES = (
    *read_settings(["workloads.chat.streams.us.demand[2026-02]*=2", "offers[1].usd_per_hour+=1"], TINY).changes,
    Change(("pools", "oracle-h100", "capacity"), Operation.SHIFT, Span(1)),
)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copy(TINY_FILE, tmp_path / "mine.yaml"))


def saved(path: Path, scenario_file: Path, name: str = "mine") -> None:
    save_what_if(WhatIfDraft(name, "What I did", path), CHANGES, TINY, scenario_file)


@pytest.mark.parametrize("below", ["", "whatif"])
def test_a_new_file_leads_to_the_same_scenario(tiny: Path, below: str) -> None:
    path = tiny.parent / below / "new.yaml"
    saved(path, tiny)
    question = read_question(path)
    assert question.scenario == TINY
    (_, case) = question.whatifs
    assert (case.name, case.title) == ("mine", "What I did")
    assert apply_all(TINY, case.changes).scenario == apply_all(TINY, CHANGES).scenario


def test_about_a_shipped_scenario_by_its_name(tmp_path: Path) -> None:
    saved(tmp_path / "new.yaml", TINY_FILE)
    assert "scenario: tiny\n" in (tmp_path / "new.yaml").read_text()


def test_added_to_a_file_all_else_stays(tiny: Path) -> None:
    path = growth_in(tiny.parent)
    saved(path, tiny)
    saved(path, tiny, "mine-2")
    text = path.read_text()
    assert text.startswith(GROWTH)
    assert [case.name for case in read_question(path).whatifs] == ["base", "late", "grows", "both", "mine", "mine-2"]


def test_what_cannot_be_saved_leaves_the_file_as_it_was(tiny: Path) -> None:
    path = growth_in(tiny.parent)
    with pytest.raises(ScenarioError, match="late"):
        saved(path, tiny, "late")
    broken = growth_in(tiny.parent, "broken.yaml", "whatifs: [\n")
    with pytest.raises(ScenarioError, match="broken"):
        saved(broken, tiny)
    with pytest.raises(OutputError, match="folder"):
        saved(tiny.parent / "a" / "b" / "c.yaml", tiny)
    (tiny.parent / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        saved(tiny.parent / "file" / "c.yaml", tiny)
    assert path.read_text() == GROWTH
    assert broken.read_text() == "whatifs: [\n"


def test_names_of_all_sections_are_taken(tmp_path: Path) -> None:
    path = growth_in(tmp_path, text=GROWTH + "sweeps:\n  wide: {}\n")
    assert names_in(path) == frozenset({"late", "grows", "both", "wide"})
    assert names_in(tmp_path / "none.yaml") == frozenset()
    (tmp_path / "other.yaml").write_text("a: 1\n")
    assert names_in(tmp_path / "other.yaml") is None


def test_a_name_that_is_free(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    assert free_name(path) == "edits"
    path.write_text("whatifs:\n  edits: {}\n  edits-2: {}\n")
    assert free_name(path) == "edits-3"
    path.write_text("whatifs: [\n")
    assert free_name(path) == "edits"


def test_a_title_of_all_steps_that_is_not_too_long() -> None:
    assert proposed_title(["one", "two"]) == "one; two"
    assert len(proposed_title(["word"] * 100)) == 80
