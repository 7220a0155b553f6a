"""The real planner in processes and on a cluster: figures of one process, to the solver's tolerance."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from router.change.change import Change, Operation
from router.engine.settings import EngineSettings
from router.outcome.effort import QUICK
from router.outcome.outcome import Outcome
from router.outcome.prepare import prepare
from router.reading.position import Position
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.sweep.answered import Answered
from router.sweep.how import How
from router.sweep.json_lines import JsonLines
from router.sweep.planned_base import PlannedBase
from router.sweep.run import run_cases
from router.sweep.store import MemoryStore
from router.sweep.work import Worker
from router.whatif.case import BASE, Case
from tests.outcome.cases import demand_cases, edit_cases, every_stream, one_cell
from tests.sweep.results import HEADER

NOWHERE = Case(
    "nowhere",
    "",
    (
        Change(("pools", "nowhere", "capacity"), Operation.SCALE, 2.0),
        Change(("horizon", "discount_rate"), Operation.SET, 1),
    ),
    (Position("late.yaml", 7, 3), Position("late.yaml", 8, 3)),
)


@cache
def planned(name: str) -> PlannedBase:
    settings = EngineSettings(relative_gap=1e-3, time_limit_seconds=20)
    scenario = load_scenario(scenario_path(name))
    return PlannedBase(scenario, prepare(scenario, None, settings), settings)


def asked(name: str, large: int) -> list[Case]:
    """The base, small changes, one that cannot be made, and ``large`` ones of two kinds each."""
    scenario = planned(name).scenario
    larger = [*demand_cases(scenario, every_stream, large, 1), *edit_cases(scenario, large, seed=2)]
    return [Case(BASE, ""), *demand_cases(scenario, one_cell, 6, 1), NOWHERE, *larger]


def assert_same(one: dict[str, Answered], other: dict[str, Answered]) -> None:
    assert one.keys() == other.keys()
    for name, answered in one.items():
        assert answered.failure == other[name].failure
        if answered.outcome is not None:
            assert_close(answered.outcome, other[name].outcome)


def assert_close(one: Outcome, other: Outcome | None) -> None:
    assert other is not None
    assert other.cost_usd == pytest.approx(one.cost_usd, rel=1e-9)
    assert other.cash_usd == pytest.approx(one.cash_usd, rel=1e-3)
    assert other.lower_bound_usd == pytest.approx(one.lower_bound_usd, rel=1e-9)


def test_a_case_that_cannot_be_made_has_its_mistake_and_stops_no_other() -> None:
    cases = [Case(BASE, ""), NOWHERE, *demand_cases(planned("tiny").scenario, one_cell, 1, 1)]
    base, nowhere, other = Worker(planned("tiny")).answers(cases, QUICK)
    assert nowhere.outcome is None
    assert nowhere.failure.startswith("late.yaml:7:3: pools.nowhere: found the unknown key")
    assert "\n" not in nowhere.failure
    assert base.outcome is not None
    assert other.outcome is not None


@pytest.mark.parametrize(("name", "large"), [("tiny", 8), ("frontier-lab", 0)])
def test_two_processes_give_the_figures_of_one(tmp_path: Path, name: str, large: int) -> None:
    cases, one = asked(name, large), MemoryStore()
    run_cases(planned(name), cases, QUICK, How(workers=1), one)
    path = tmp_path / "results.jsonl"
    two = JsonLines(path, HEADER, {case.name: case for case in cases})
    last = run_cases(planned(name), cases, QUICK, How(workers=2), two)
    two.close()
    assert (last.done, last.failed, last.deaths) == (len(cases), 1, 0)
    read = JsonLines(path, HEADER, {})
    assert_same({each.name: each for each in one.answers()}, {each.name: each for each in read.answers()})
    read.close()


def test_a_cluster_gives_the_figures_of_one_process() -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    cases, one, two = asked("tiny", 4), MemoryStore(), MemoryStore()
    run_cases(planned("tiny"), cases, QUICK, How(workers=1), one)
    run_cases(planned("tiny"), cases, QUICK, How(cluster="local:2"), two)
    assert_same({each.name: each for each in one.answers()}, {each.name: each for each in two.answers()})
