"""Workloads disabled and enabled again in a live session: plans as good as a cold solve's, and none of what is off."""

from __future__ import annotations

import pytest

from router.change.change import Change, Operation
from router.plan.pipeline import solve_scenario
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import shipped_folder
from router.session.session import Session
from tests.audit.random_scenarios import random_scenario
from tests.session.test_session import SETTINGS, SOON, Heard, assert_well_told, rounding_usd


def _assert_follows(scenario: Scenario, steps: list[tuple[str, bool]]) -> None:
    heard = Heard()
    with Session(scenario, SETTINGS, heard) as session:
        assert session.wait_until_idle(SOON)
        for name, enabled in steps:
            change = Change(("workloads", name, "enabled"), Operation.SET, enabled)
            version = session.apply([change])
            assert session.wait_until_idle(SOON)
            plan = heard.plans(version)[-1].plan
            assert plan.audit is not None
            assert plan.audit.passed, plan.audit.differences
            cold = solve_scenario(session.scenario, SETTINGS)
            room = (plan.solve.gap + cold.solve.gap) * abs(cold.solve.cost_usd) + rounding_usd(plan, cold)
            assert abs(plan.solve.cost_usd - cold.solve.cost_usd) <= room
            off = {name for name, workload in session.scenario.workloads.items() if not workload.enabled}
            served = {record.workload for record in plan.serving} | {record.workload for record in plan.runs}
            assert not (served | {record.workload for record in plan.unserved}) & off
    assert_well_told(heard.events)


@pytest.mark.parametrize("seed", [1, 3])
def test_one_after_another_until_all_are_off_and_on_again(seed: int) -> None:
    scenario = random_scenario(seed)
    names = list(scenario.workloads)
    _assert_follows(scenario, [(name, False) for name in names] + [(name, True) for name in reversed(names)])


def test_a_session_may_start_with_everything_disabled() -> None:
    scenario = load_scenario(shipped_folder() / "tiny.yaml")
    off = {name: workload.model_copy(update={"enabled": False}) for name, workload in scenario.workloads.items()}
    _assert_follows(scenario.model_copy(update={"workloads": off}), [("chat", True), ("chat", False)])
