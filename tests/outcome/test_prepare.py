"""What cases start from: a kept plan, or one that is solved and kept."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path

import numpy as np
import pytest

from router.engine.progress import Progress
from router.engine.settings import EngineSettings
from router.kept.folder import find_kept
from router.outcome.prepare import prepare
from router.outcome.warm_planner import WarmPlanner
from router.plan.pipeline import NoPlanError, solve_scenario
from router.plan.reference import scenario_reference
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import BASE, Case
from tests.audit.random_scenarios import random_scenario

SETTINGS = EngineSettings(relative_gap=1e-4, time_limit_seconds=20)


def test_a_kept_plan_is_found_and_nothing_is_solved(tmp_path: Path) -> None:
    told: list[Progress] = []
    prepare(load_scenario(scenario_path("tiny")), tmp_path, SETTINGS, progress=told.append)
    assert not told
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_plan_that_is_not_there_is_solved_and_kept(seed: int, tmp_path: Path) -> None:
    scenario, told = random_scenario(seed), list[Progress]()
    start = prepare(scenario, tmp_path, SETTINGS, progress=told.append)
    cold = solve_scenario(scenario, SETTINGS)
    outcome = WarmPlanner(scenario, start, SETTINGS).outcome(Case(BASE, ""))
    kept = find_kept(scenario_reference(scenario).sha256, tmp_path)
    assert kept is not None
    assert kept.plan.audit is not None
    assert kept.plan.audit.passed
    cent = 0.006 * (1 + len(kept.plan.bill))
    assert outcome.cost_usd == pytest.approx(kept.plan.solve.cost_usd, abs=cent)
    assert abs(outcome.cost_usd - cold.solve.cost_usd) <= 2e-4 * abs(cold.solve.cost_usd) + cent
    assert told[-1].incumbent == pytest.approx(outcome.cost_usd, rel=1e-3, abs=cent)
    told.clear()
    again = pickle.loads(pickle.dumps(prepare(scenario, tmp_path, SETTINGS, progress=told.append)))
    assert not told
    np.testing.assert_array_equal(again.values, start.values)
    np.testing.assert_array_equal(again.held.columns, start.held.columns)
    np.testing.assert_array_equal(again.prices, start.prices)


def test_without_a_folder_it_is_solved_every_time() -> None:
    told: list[Progress] = []
    for _ in range(2):
        told.clear()
        prepare(random_scenario(2), None, SETTINGS, progress=told.append)
        assert told


def test_an_interrupt_is_no_plan(tmp_path: Path) -> None:
    pressed = threading.Event()
    pressed.set()
    with pytest.raises(NoPlanError, match="interrupted"):
        prepare(random_scenario(2), tmp_path, SETTINGS, pressed)
    assert not list(tmp_path.iterdir())


def test_no_time_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(NoPlanError, match="time limit"):
        prepare(random_scenario(2), tmp_path, EngineSettings(relative_gap=0.0, time_limit_seconds=0.0))
