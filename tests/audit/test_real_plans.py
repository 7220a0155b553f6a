"""Plans of the product's own pipeline pass, and the same corruptions are caught in them."""

from __future__ import annotations

from functools import cache

import pytest

from router.audit.audit import audit
from router.engine.settings import EngineSettings
from router.plan.document import Plan
from router.plan.pipeline import solve_scenario
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path

from . import hand_made
from .corruptions import CORRUPTIONS
from .random_scenarios import random_scenario

SEEDS = (0, 2, 4, 6, 7, 9, 16, 18, 21, 26, 28, 37)


@cache
def _solved(name: str) -> tuple[Scenario, Plan]:
    if name == "hand-made":
        scenario = hand_made.scenario()
    elif name.startswith("random"):
        scenario = random_scenario(int(name.split()[1]))
    else:
        scenario = load_scenario(scenario_path(name))
    return scenario, solve_scenario(scenario, EngineSettings(relative_gap=1e-3, time_limit_seconds=20))


@pytest.mark.parametrize("name", ["hand-made", "tiny", *(f"random {seed}" for seed in SEEDS)])
def test_a_plan_of_the_pipeline_passes(name: str) -> None:
    scenario, plan = _solved(name)
    report = audit(scenario, plan)
    assert [str(finding) for finding in report.findings] == []
    assert report.checks > 300


def test_the_pipeline_is_no_dearer_than_the_plan_by_hand() -> None:
    _, plan = _solved("hand-made")
    assert plan.totals.cost_usd < hand_made.plan().totals.cost_usd
    assert plan.solve.lower_bound_usd < hand_made.plan().totals.cost_usd


@pytest.mark.parametrize("name", ["hand-made", "tiny", "random 0", "random 7", "random 21"])
def test_corruptions_are_caught_in_it(name: str) -> None:
    scenario, plan = _solved(name)
    applied = 0
    for corruption in CORRUPTIONS:
        corrupted = corruption.change(scenario, plan)
        if corrupted is None:
            continue
        applied += 1
        assert corruption.rule in {finding.rule for finding in audit(scenario, corrupted).findings}, corruption.name
    assert applied > 50
