"""A session that starts from a kept plan tells it at once, and goes on as one that searched would."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import numpy as np
import pytest

from router.change.change import Change, Operation
from router.engine.basis import Basis
from router.engine.settings import EngineSettings
from router.kept.container import read_kept
from router.kept.keep import keep
from router.kept.kept_plan import KeptPlan
from router.kept.kept_start import packed, start_of
from router.plan.document import Plan
from router.plan.pipeline import solve_scenario
from router.scenario.scenario import Scenario
from router.scenario.workload import Training
from router.session.events import Event, NoPlan, PlanFound, SearchEnded
from router.session.models import model_after
from router.session.session import Session
from tests.audit.random_scenarios import random_scenario
from tests.kept.keeping import SETTINGS, SOON, kept_plan, sha256_of
from tests.problem.edits import edited

SEEDS = [0, 2, 4, 6]


def rounding_usd(*plans: Plan) -> float:
    """Every line of a bill is rounded to a cent."""
    return 0.005 * sum(len(plan.bill) for plan in plans)


def plans(events: list[Event], version: int = 0) -> list[PlanFound]:
    return [event for event in events if isinstance(event, PlanFound) and event.version == version]


def assert_as_good_as_cold(found: PlanFound, scenario: Scenario) -> None:
    plan, cold = found.plan, solve_scenario(scenario, SETTINGS)
    assert plan.audit is not None
    assert plan.audit.passed, plan.audit.differences
    room = (plan.solve.gap + cold.solve.gap) * abs(cold.solve.cost_usd) + rounding_usd(plan, cold)
    assert abs(plan.solve.cost_usd - cold.solve.cost_usd) <= room


@pytest.mark.parametrize("seed", SEEDS)
def test_the_kept_plan_is_told_first_and_then_with_its_audit(seed: int) -> None:
    kept, told = kept_plan(seed), list[Event]()
    with Session(random_scenario(seed), SETTINGS, told.append, kept) as session:
        assert session.wait_until_idle(SOON)
        assert session.cold_starts == 0
    first, last, end = told
    assert isinstance(first, PlanFound)
    assert first.is_first
    assert first.plan.audit is None
    assert first.plan == kept.plan.model_copy(update={"audit": None})
    assert first.solution.row_duals.shape == (first.model.program.rows,)
    assert isinstance(last, PlanFound)
    assert last.plan == kept.plan
    assert isinstance(end, SearchEnded)
    assert end.gap_closed


@pytest.mark.parametrize("seed", SEEDS)
def test_it_costs_what_a_cold_solve_costs(seed: int) -> None:
    told = list[Event]()
    with Session(random_scenario(seed), SETTINGS, told.append, kept_plan(seed)) as session:
        assert session.wait_until_idle(SOON)
    assert_as_good_as_cold(plans(told)[-1], random_scenario(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_edits_end_as_good_as_a_cold_solve(seed: int) -> None:
    """With edits that change the shape of the programs; every version has a first answer."""
    rng, told, scenario = random.Random(seed), list[Event](), random_scenario(seed)
    with Session(scenario, SETTINGS, told.append, kept_plan(seed)) as session:
        assert session.wait_until_idle(SOON)
        for _ in range(4):
            scenario = edited(scenario, rng)
            version = session.reopen(scenario)
            assert session.wait_until_idle(SOON)
            assert plans(told, version)[0].is_first
            assert_as_good_as_cold(plans(told, version)[-1], scenario)


@pytest.mark.parametrize("seed", [2, 6])
def test_an_edit_before_anything_was_told(seed: int) -> None:
    """The first version may never be planned: the next one starts from the kept plan all the same."""
    rng, scenario = random.Random(seed), random_scenario(seed)
    for _ in range(3):
        told = list[Event]()
        later = edited(scenario, rng)
        with Session(scenario, SETTINGS, told.append, kept_plan(seed)) as session:
            version = session.reopen(later)
            assert session.wait_until_idle(SOON)
        assert plans(told, version)[0].is_first
        assert_as_good_as_cold(plans(told, version)[-1], later)


def test_a_demand_edit_is_answered_from_the_kept_plan() -> None:
    scenario, told = random_scenario(2), list[Event]()
    name, workload = next((n, w) for n, w in scenario.workloads.items() if not isinstance(w, Training))
    demand = ("workloads", name, "streams", next(iter(workload.streams)), "demand")
    with Session(scenario, SETTINGS, told.append, kept_plan(2)) as session:
        assert session.wait_until_idle(SOON)
        version = session.apply([Change(demand, Operation.SCALE, 1.1)])
        assert session.wait_until_idle(SOON)
        assert session.cold_starts == 0
        scenario = session.scenario
    assert plans(told, version)[0].is_first
    assert_as_good_as_cold(plans(told, version)[-1], scenario)


def test_the_plan_of_another_scenario_is_not_used() -> None:
    told = list[Event]()
    with Session(random_scenario(4), SETTINGS, told.append, kept_plan(2)) as session:
        assert session.wait_until_idle(SOON)
        assert session.cold_starts > 0
    assert not any(plan.is_first for plan in plans(told))
    assert_as_good_as_cold(plans(told)[-1], random_scenario(4))


def test_a_plan_that_only_says_it_is_of_this_scenario_is_not_used() -> None:
    kept, told = kept_plan(2), list[Event]()
    header = kept.header.model_copy(update={"scenario_sha256": sha256_of(random_scenario(4))})
    with Session(random_scenario(4), SETTINGS, told.append, replace(kept, header=header)) as session:
        assert session.wait_until_idle(SOON)
        assert session.cold_starts > 0
    assert_as_good_as_cold(plans(told)[-1], random_scenario(4))


def spoilt(kept: KeptPlan, scenario: Scenario, what: str) -> KeptPlan:
    """A kept plan with one part made up, as nobody's router would write it."""
    program = model_after(scenario, None).program
    start = start_of(kept, program)
    assert start is not None
    rng = np.random.default_rng(5)
    basis = Basis(rng.integers(1, 6, program.columns).astype(np.int8), rng.integers(1, 6, program.rows).astype(np.int8))
    made_up = {
        "decisions": {"values": np.where(program.is_integer, 1.0, 0.0)},
        "no decisions": {"values": np.zeros(program.columns)},
        "prices": {"prices": rng.normal(size=program.rows) * 1e3},
        "held basis": {"held": basis},
        "relaxation basis": {"relaxation": basis},
    }[what]
    return replace(kept, start=packed(replace(start, **made_up)))  # type: ignore[arg-type]


@pytest.mark.parametrize("what", ["decisions", "no decisions", "prices", "held basis", "relaxation basis"])
@pytest.mark.parametrize("seed", [2, 6])
def test_nothing_in_a_kept_plan_is_believed(seed: int, what: str) -> None:
    """Made-up figures cost time, never the plan or the bound."""
    scenario, told = random_scenario(seed), list[Event]()
    with Session(scenario, SETTINGS, told.append, spoilt(kept_plan(seed), scenario, what)) as session:
        assert session.wait_until_idle(SOON)
        session.apply([Change(("name",), Operation.SET, "another name")])
        assert session.wait_until_idle(SOON)
    cold = solve_scenario(scenario, SETTINGS)
    for event in told:
        assert not isinstance(event, NoPlan)
        if isinstance(event, PlanFound):
            assert event.solution.violation <= 1e-6
            assert event.plan.solve.lower_bound_usd <= cold.solve.cost_usd + rounding_usd(cold)
    assert_as_good_as_cold(plans(told)[-1], scenario)
    assert isinstance(told[-1], SearchEnded)
    assert told[-1].gap_closed


@pytest.mark.parametrize("seed", [1, 3])
def test_a_closer_plan_is_searched_for_where_one_is_asked(seed: int) -> None:
    """Kept at a wide gap, once with a job left out that a closer plan may place, opened with a narrow one."""
    wide = EngineSettings(relative_gap=0.2, time_limit_seconds=20)
    scenario, told = random_scenario(seed), list[Event]()
    with Session(scenario, wide, told.append) as session:
        assert session.wait_until_idle(SOON)
        content = keep(plans(told)[-1], session)
    assert content is not None
    kept = read_kept(content, sha256_of(scenario))
    assert kept is not None
    assert kept.plan.solve.gap > 1e-3
    again, close = list[Event](), EngineSettings(relative_gap=1e-4, time_limit_seconds=20)
    with Session(scenario, close, again.append, kept) as session:
        assert session.wait_until_idle(SOON)
        assert session.cold_starts == 0
    assert plans(again)[0].plan.solve.cost_usd == kept.plan.solve.cost_usd
    assert plans(again)[-1].plan.solve.gap < kept.plan.solve.gap
    assert isinstance(again[-1], SearchEnded)
    assert again[-1].gap_closed


@pytest.mark.parametrize("seed", [2, 6])
def test_what_was_edited_can_be_kept(seed: int) -> None:
    """Kept after edits, also where the search ended without a linear program, it starts the scenario as edited."""
    rng, told, scenario = random.Random(seed), list[Event](), random_scenario(seed)
    with Session(scenario, SETTINGS, told.append, kept_plan(seed)) as session:
        for _ in range(3):
            scenario = edited(scenario, rng)
            version = session.reopen(scenario)
            assert session.wait_until_idle(SOON)
            found = plans(told, version)[-1]
            content = keep(found, session)
            assert content is not None
            kept = read_kept(content, sha256_of(scenario))
            assert kept is not None
            assert kept.plan.audit is not None
            assert kept.plan.audit.passed
            assert kept.plan.solve.cost_usd <= found.plan.solve.cost_usd * (1 + 1e-9) + rounding_usd(found.plan)
            again = list[Event]()
            with Session(scenario, SETTINGS, again.append, kept) as later:
                assert later.wait_until_idle(SOON)
                assert later.cold_starts == 0
            assert plans(again)[0].plan == kept.plan.model_copy(update={"audit": None})


def test_nothing_to_keep() -> None:
    """Once interrupted, and before any search."""
    told = list[Event]()
    with Session(random_scenario(2), SETTINGS, told.append) as session:
        assert session.wait_until_idle(SOON)
        found = plans(told)[-1]
        interrupt = threading.Event()
        interrupt.set()
        assert keep(found, session, interrupt) is None
        assert keep(found, session) is not None
    none = EngineSettings(relative_gap=0.0, time_limit_seconds=0.0)
    with Session(random_scenario(2), none, told.append) as session:
        assert session.wait_until_idle(SOON)
        assert session.root is None
        assert keep(found, session) is None
