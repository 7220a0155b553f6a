"""What-ifs planned beside the screen: answers are kept by what was asked of what."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from router.kept.folder import find_kept
from router.plan.reference import scenario_reference
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.sweep.answered import Answered
from router.whatif.case import BASE
from router.workspace.case_planner import CasePlannerError, PlannerSettings
from router.workspace.folders import HOME_VARIABLE
from router.workspace.whatif_desk import WhatIfDesk, once_each, unknown_keys
from router.workspace.whatif_reading import read_what_ifs
from router.workspace.whatif_shelf import Shelf
from tests.workspace.whatif_sample import GROWTH, SomePlanner, growth_in, outcome

TINY_FILE = scenario_path("tiny")
TINY = load_scenario(TINY_FILE)
SETTINGS = PlannerSettings(None, 1e-4, 60.0, 1)


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    growth_in(tmp_path)
    return Path(shutil.copy(TINY_FILE, tmp_path / "mine.yaml"))


def names(shelf: Shelf, keys: list[str]) -> list[str]:
    return [shelf.cases[key].name for key in keys]


def test_what_is_known_is_not_asked_again(tiny: Path) -> None:
    planner = SomePlanner()
    desk = WhatIfDesk(read_what_ifs, planner)
    shelf = desk.read(TINY, tiny)
    keys = unknown_keys(shelf, desk.answered(shelf))
    assert names(shelf, keys)[:4] == [BASE, "late", "grows", "both"]
    told = list(desk.work_out(shelf, keys[:3], SETTINGS, 0.0))
    assert told[0] == "beginning"
    assert [each[0] for each in told[1:]] == keys[:3]
    assert set(desk.answered(shelf)) == set(keys[:3])
    assert unknown_keys(shelf, desk.answered(shelf)) == keys[3:]
    assert planner.made_of == [(TINY, SETTINGS)]
    assert desk.known_plan(shelf, keys[1]) is None


def test_answers_outlast_the_file_and_its_titles_but_not_other_changes(tiny: Path) -> None:
    desk = WhatIfDesk(read_what_ifs, SomePlanner())
    shelf = desk.read(TINY, tiny)
    list(desk.work_out(shelf, list(shelf.cases), SETTINGS, 0.0))
    (tiny.parent / "growth.yaml").write_text(GROWTH.replace("title: Chat", "title: Talk").replace("1.2", "1.25"))
    later = desk.read(TINY, tiny)
    unknown = unknown_keys(later, desk.answered(later))
    assert names(later, unknown) == ["both"]


def test_a_search_that_finds_nothing_better_changes_nothing(tiny: Path) -> None:
    planner = SomePlanner()
    desk = WhatIfDesk(read_what_ifs, planner)
    shelf = desk.read(TINY, tiny)
    late = next(key for key in shelf.cases if key.endswith(":late"))
    for found, kept in ((1005.0, 1005.0), (1007.0, 1005.0), (None, 1005.0), (1001.0, 1001.0)):
        planner.answers["late"] = None if found is None else outcome(found)
        list(desk.work_out(shelf, [late], SETTINGS, 1.0))
        known = desk.answered(shelf)[late].outcome
        assert known is not None
        assert known.cost_usd == kept


def test_no_plan_is_an_answer_until_there_is_one(tiny: Path) -> None:
    planner = SomePlanner()
    planner.answers["late"] = None
    desk = WhatIfDesk(read_what_ifs, planner)
    shelf = desk.read(TINY, tiny)
    late = next(key for key in shelf.cases if key.endswith(":late"))
    list(desk.work_out(shelf, [late], SETTINGS, 0.0))
    assert desk.answered(shelf)[late] == Answered("late", None, "no plan can be")
    planner.answers["late"] = outcome(5.0)
    list(desk.work_out(shelf, [late], SETTINGS, 1.0))
    assert desk.answered(shelf)[late].outcome is not None


def test_stopped_in_the_middle_what_is_known_stays(tiny: Path) -> None:
    gate = threading.Event()
    planner = SomePlanner(waits=gate)
    desk = WhatIfDesk(read_what_ifs, planner)
    shelf = desk.read(TINY, tiny)
    told = desk.work_out(shelf, list(shelf.cases), SETTINGS, 0.0)
    assert next(told) == "beginning"
    gate.set()
    next(told)
    gate.clear()
    desk.stop()
    with pytest.raises(CasePlannerError, match="cancelled"):
        next(told)
    assert list(desk.answered(shelf)) == [BASE]
    gate.set()
    assert len(list(desk.work_out(shelf, list(shelf.cases), SETTINGS, 0.0))) == 1 + len(shelf.cases)


def test_another_scenario_ends_the_planner_of_the_one_before(tiny: Path) -> None:
    planner = SomePlanner()
    desk = WhatIfDesk(read_what_ifs, planner)
    list(desk.work_out(desk.read(TINY, tiny), [BASE], SETTINGS, 0.0))
    assert planner.stops == 0
    other = TINY.model_copy(update={"description": "another"})
    list(desk.work_out(desk.read(other, tiny), [BASE], SETTINGS, 0.0))
    assert planner.stops == 1
    assert [scenario for scenario, _ in planner.made_of] == [TINY, other]


def test_a_plan_is_kept_for_the_next_time(tiny: Path) -> None:
    kept = find_kept(scenario_reference(TINY).sha256, None)
    assert kept is not None
    planner = SomePlanner(kept.plan)
    desk = WhatIfDesk(read_what_ifs, planner)
    shelf = desk.read(TINY, tiny)
    late = next(key for key in shelf.cases if key.endswith(":late"))
    told: list[str] = []
    plan = desk.plan_with(planner, shelf, late, 1.0, told.append)
    assert told == ["planning late"]
    assert desk.known_plan(shelf, late) is plan


def test_what_two_files_ask_is_planned_once(tiny: Path) -> None:
    growth_in(tiny.parent, "same.yaml")
    planner = SomePlanner()
    desk = WhatIfDesk(read_what_ifs, planner)
    shelf = desk.read(TINY, tiny)
    keys = once_each(shelf, unknown_keys(shelf, {}))
    assert names(shelf, keys) == [BASE, "late", "grows", "both"]
    list(desk.work_out(shelf, keys, SETTINGS, 0.0))
    assert set(desk.answered(shelf)) == set(shelf.cases)
    assert len(shelf.cases) == 7
