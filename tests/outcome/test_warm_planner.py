"""One case after another: each costs the same whatever was planned before, and what its own search proves."""

from __future__ import annotations

import gc
import pickle
import random
import threading
import tracemalloc
from functools import cache

import pytest

from router.change.change import Change, Operation
from router.change.error import ChangeError
from router.engine.settings import EngineSettings
from router.kept.folder import find_kept
from router.kept.kept_start import KeptStart
from router.outcome.effort import Effort
from router.outcome.prepare import prepare
from router.outcome.warm_planner import WarmPlanner
from router.plan.pipeline import NoPlanError, solve_scenario
from router.plan.reference import scenario_reference
from router.reading.position import Position
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import BASE, Case
from tests.outcome.cases import KINDS, demand_cases, edit_cases, every_stream, inference_in_europe, whole_series
from tests.outcome.from_plan import assert_same_figures

SETTINGS = EngineSettings(relative_gap=1e-3, time_limit_seconds=20)
TINY, LAB, SCALE_UP = "tiny", "frontier-lab", "scale-up"
SEARCH = Effort(search_seconds=20, gap=1e-3)


@cache
def shipped(name: str) -> tuple[Scenario, KeptStart]:
    scenario = load_scenario(scenario_path(name))
    return scenario, prepare(scenario, None, SETTINGS)


def planner(name: str) -> WarmPlanner:
    scenario, start = shipped(name)
    return WarmPlanner(scenario, pickle.loads(pickle.dumps(start)), SETTINGS)


def mixed_cases(name: str) -> list[Case]:
    scenario, _ = shipped(name)
    if name == TINY:
        demand = [case for kind in KINDS for case in demand_cases(scenario, kind, 4, seed=1)]
        return [Case(BASE, ""), *demand, *edit_cases(scenario, 40, seed=2)]
    small = [case for kind in (whole_series, inference_in_europe) for case in demand_cases(scenario, kind, 3, seed=1)]
    return [Case(BASE, ""), *small, *demand_cases(scenario, every_stream, 2, 1), *edit_cases(scenario, 20, seed=2)]


@pytest.mark.parametrize("name", [TINY, LAB, SCALE_UP])
def test_the_base_costs_what_its_kept_plan_says(name: str) -> None:
    scenario, _ = shipped(name)
    kept = find_kept(scenario_reference(scenario).sha256, None)
    assert kept is not None
    after, plan = planner(name).plan(Case(BASE, ""))
    assert after is scenario
    assert plan.solve.cost_usd == kept.plan.solve.cost_usd
    assert plan.bill == kept.plan.bill
    assert_same_figures(planner(name).outcome(Case(BASE, "")), kept.plan)


@pytest.mark.parametrize("name", [TINY, LAB])
def test_the_order_of_cases_changes_no_cost(name: str) -> None:
    cases, costs = mixed_cases(name), dict[str, float]()
    for seed in range(2):
        warm = planner(name)
        for case in random.Random(seed).sample(cases, len(cases)):
            outcome = warm.outcome(case)
            assert outcome.cost_usd == pytest.approx(costs.setdefault(case.name, outcome.cost_usd), rel=1e-9)
            assert outcome.lower_bound_usd <= outcome.cost_usd
            assert outcome.found_by == "held"
            assert outcome.seconds > 0
        assert warm.cold_starts == 0


@pytest.mark.parametrize("name", [TINY, SCALE_UP])
def test_with_whole_instances_the_order_of_cases_changes_nothing(name: str) -> None:
    cases = mixed_cases(name)[:12]
    forwards, backwards = planner(name), planner(name)
    assert {case.name: forwards.outcome(case) for case in cases} == {
        case.name: backwards.outcome(case) for case in reversed(cases)
    }


@pytest.mark.parametrize("name", [TINY, LAB])
def test_figures_are_those_of_the_plan(name: str) -> None:
    # Planners of their own: among plans of one cost, what was planned before may decide.
    for case in mixed_cases(name)[::6]:
        scenario, plan = planner(name).plan(case)
        assert plan.scenario == scenario_reference(scenario)
        assert_same_figures(planner(name).outcome(case), plan)


@pytest.mark.parametrize("seed", range(3))
def test_a_search_ends_as_good_as_a_cold_solve(seed: int) -> None:
    """Also after other searches, whose programs had other shapes."""
    scenario, _ = shipped(TINY)
    warm = planner(TINY)
    for case in [*demand_cases(scenario, every_stream, 1, seed), *edit_cases(scenario, 4, seed)]:
        held, found = warm.outcome(case), warm.outcome(case, SEARCH)
        after, plan = warm.plan(case, SEARCH)
        cold = solve_scenario(after, SETTINGS)
        assert found.gap <= SEARCH.gap
        assert found.cost_usd <= held.cost_usd
        assert found.found_by == ("held" if held.gap <= SEARCH.gap else "searched")
        for cost_usd in (found.cost_usd, plan.solve.cost_usd):
            assert abs(cost_usd - cold.solve.cost_usd) <= 2 * SEARCH.gap * cold.solve.cost_usd
        assert max(found.lower_bound_usd, held.lower_bound_usd) <= cold.solve.cost_usd * (1 + 1e-9)


def test_memory_stays_flat() -> None:
    """Also over changes of shape and searches, of which nothing may be kept."""
    warm, cases = planner(TINY), mixed_cases(TINY)
    effort = Effort(search_seconds=0.02, gap=1e-3)
    tracemalloc.start()
    try:
        sizes = []
        for _ in range(3):
            for case in cases:
                warm.outcome(case)
            for case in cases[::8]:
                warm.outcome(case, effort)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert sizes[2] - sizes[1] < 100_000


def test_a_change_that_cannot_be_made_says_where_it_stands() -> None:
    at = (Position("late.yaml", 7, 3),)
    case = Case("late", "", (Change(("pools", "nowhere", "capacity"), Operation.SCALE, 2.0),), at)
    with pytest.raises(ChangeError, match="nowhere") as caught:
        planner(TINY).outcome(case)
    assert caught.value.problems[0].position == at[0]


def test_what_stands_nowhere_is_numbered() -> None:
    case = Case("late", "", (Change(("horizon", "discount_rate"), Operation.SET, "much"),))
    with pytest.raises(ChangeError, match="change 1"):
        planner(TINY).outcome(case)


def test_the_planner_goes_on_after_a_case_that_cannot_be_planned() -> None:
    warm, scenario = planner(TINY), shipped(TINY)[0]
    cases = mixed_cases(TINY)[:3]
    before = [warm.outcome(case) for case in cases]
    pressed = threading.Event()
    pressed.set()
    for effort in (Effort(), SEARCH):
        with pytest.raises(NoPlanError, match="interrupted"):
            warm.outcome(demand_cases(scenario, every_stream, 1, 4)[0], effort, pressed)
    assert [warm.outcome(case) for case in cases] == before


@pytest.mark.parametrize(("seconds", "gap"), [(-1.0, 0.1), (float("nan"), 0.1), (1.0, 1.0), (1.0, -0.1)])
def test_efforts_out_of_range_are_refused(seconds: float, gap: float) -> None:
    with pytest.raises(ValueError, match="expected"):
        Effort(seconds, gap)
