"""A session answers every change, in order, with audited plans as good as a cold solve's."""

from __future__ import annotations

import random
import threading
import time
from itertools import pairwise

import pytest

from router.change.change import Change, Operation
from router.engine.settings import EngineSettings
from router.plan.document import Plan
from router.plan.pipeline import solve_scenario
from router.reading.problems import ScenarioError
from router.scenario.workload import Training
from router.session.events import Event, NoPlan, PlanFound, SearchEnded
from router.session.session import Session
from tests.audit.random_scenarios import random_scenario
from tests.problem.edits import edited

SETTINGS = EngineSettings(relative_gap=1e-4, time_limit_seconds=20)
SOON = 60.0


class Heard:
    """Collects what a session tells."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def of(self, version: int) -> list[Event]:
        return [event for event in self.events if event.version == version]

    def plans(self, version: int) -> list[PlanFound]:
        return [event for event in self.of(version) if isinstance(event, PlanFound)]


def rounding_usd(*plans: Plan) -> float:
    """Every line of a bill is rounded to a cent."""
    return 0.005 * sum(len(plan.bill) for plan in plans)


def assert_well_told(events: list[Event]) -> None:
    """First, better, ended: for each version at most one first and one end, costs falling, bounds rising."""
    versions = [event.version for event in events]
    assert versions == sorted(versions)
    for version in set(versions):
        told = [event for event in events if event.version == version]
        ends = [event for event in told if isinstance(event, SearchEnded | NoPlan)]
        assert len(ends) <= 1
        assert not ends or told[-1] is ends[0]
        plans = [event for event in told if isinstance(event, PlanFound)]
        assert not any(plan.is_first for plan in plans[1:])
        costs = [plan.plan.solve.cost_usd for plan in plans]
        rounding = max((rounding_usd(plan.plan) for plan in plans), default=0.0)
        assert all(later <= earlier + rounding for earlier, later in pairwise(costs))
        bounds = [plan.plan.solve.lower_bound_usd for plan in plans]
        assert all(later >= earlier - rounding for earlier, later in pairwise(bounds))


@pytest.mark.parametrize("seed", [0, 2, 4, 6])
def test_every_version_ends_as_good_as_a_cold_solve(seed: int) -> None:
    rng = random.Random(seed)
    heard, scenario = Heard(), random_scenario(seed)
    with Session(scenario, SETTINGS, heard) as session:
        assert session.wait_until_idle(SOON)
        for _ in range(4):
            scenario = edited(scenario, rng)
            version = session.reopen(scenario)
            assert session.wait_until_idle(SOON)
            last = heard.plans(version)[-1]
            assert heard.plans(version)[0].is_first
            assert last.plan.audit is not None
            assert last.plan.audit.passed, last.plan.audit.differences
            cold = solve_scenario(scenario, SETTINGS)
            room = (last.plan.solve.gap + cold.solve.gap) * abs(cold.solve.cost_usd) + rounding_usd(last.plan, cold)
            assert abs(last.plan.solve.cost_usd - cold.solve.cost_usd) <= room
            end = heard.of(version)[-1]
            assert isinstance(end, SearchEnded)
            assert end.gap_closed
    assert_well_told(heard.events)


def test_nothing_stale_is_told_while_somebody_types() -> None:
    """Versions asked for every few milliseconds: what is told is in order and never older than what was asked."""
    rng = random.Random(5)
    told: list[Event] = []
    stale: list[Event] = []
    asked = 0

    def listen(event: Event) -> None:
        told.append(event)
        if event.version < asked:
            stale.append(event)

    scenario = random_scenario(7)
    with Session(scenario, SETTINGS, listen) as session:
        session.wait_until_idle(SOON)
        for _ in range(60):
            scenario = edited(scenario, rng)
            version = session.reopen(scenario)
            # From here on nothing older may be told.
            asked = version
            time.sleep(rng.choice([0.0, 0.002, 0.01, 0.05]))
        assert session.wait_until_idle(SOON)
        assert session.scenario is scenario
    assert not stale
    assert_well_told(told)
    assert told[-1].version == asked


def test_a_listener_may_change_the_scenario() -> None:
    rng = random.Random(3)
    heard = Heard()

    def listen(event: Event) -> None:
        heard(event)
        if isinstance(event, PlanFound) and session.version < 3:
            session.reopen(edited(session.scenario, rng))

    session = Session(random_scenario(2), SETTINGS, listen)
    with session:
        deadline = time.monotonic() + SOON
        while session.version < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert session.wait_until_idle(SOON)
    assert isinstance(heard.events[-1], SearchEnded)
    assert heard.events[-1].version == 3


def test_closing_ends_the_work_and_the_telling() -> None:
    heard = Heard()
    session = Session(random_scenario(1), SETTINGS, heard)
    session.close()
    count = len(heard.events)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("session-")]
    time.sleep(0.1)
    assert len(heard.events) == count


def test_a_mistake_of_our_own_is_told_and_the_session_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    scenario = random_scenario(1)
    with Session(scenario, SETTINGS, heard) as session:
        assert session.wait_until_idle(SOON)
        with monkeypatch.context() as broken:
            broken.setattr("router.session.session.plan_from", _fail)
            session.reopen(scenario.model_copy())
            assert session.wait_until_idle(SOON)
        assert isinstance(heard.events[-1], NoPlan)
        assert isinstance(heard.events[-1].error, ZeroDivisionError)
        session.reopen(scenario.model_copy())
        assert session.wait_until_idle(SOON)
    assert isinstance(heard.events[-1], SearchEnded)


def _fail(*_: object) -> None:
    raise ZeroDivisionError("made up")


def test_time_is_up() -> None:
    """Without time for a search the first answer stands, and the end says why."""
    heard, scenario = Heard(), random_scenario(1)
    none = EngineSettings(relative_gap=0.0, time_limit_seconds=0.0)
    with Session(scenario, none, heard) as session:
        assert session.wait_until_idle(SOON)
    assert isinstance(heard.events[-1], NoPlan)
    assert "time limit" in heard.events[-1].reason


def scale(path: tuple[str | int, ...], factor: float) -> Change:
    return Change(path, Operation.SCALE, factor)


def test_changes_undo_and_redo() -> None:
    """The scenario after undo equals the one before by value, and so does the plan."""
    heard, scenario = Heard(), random_scenario(2)
    name, workload = next((n, w) for n, w in scenario.workloads.items() if not isinstance(w, Training))
    demand = ("workloads", name, "streams", next(iter(workload.streams)), "demand")
    with Session(scenario, SETTINGS, heard) as session:
        session.wait_until_idle(SOON)
        more = session.apply([scale(demand, 1.5)])
        session.wait_until_idle(SOON)
        changed = session.scenario
        back = session.undo()
        session.wait_until_idle(SOON)
        assert session.scenario == scenario
        again = session.redo()
        session.wait_until_idle(SOON)
        assert session.scenario == changed
        assert session.take_back(0) == again + 1
        assert session.wait_until_idle(SOON)
        assert session.scenario == scenario
    costs = [heard.plans(version)[-1].plan.solve.cost_usd for version in (0, more, back, again, again + 1)]
    close = pytest.approx(costs[0], rel=2 * SETTINGS.relative_gap)
    assert costs[2] == close
    assert costs[4] == close
    assert costs[3] == pytest.approx(costs[1], rel=2 * SETTINGS.relative_gap)
    assert costs[1] > costs[0]


def test_a_refused_change_leaves_everything_as_it_is() -> None:
    heard, scenario = Heard(), random_scenario(2)
    with Session(scenario, SETTINGS, heard) as session:
        session.wait_until_idle(SOON)
        count = len(heard.events)
        with pytest.raises(ScenarioError, match="capacity"):
            session.apply([Change(("pools", next(iter(scenario.pools)), "capacity"), Operation.SET, -1)])
        assert session.wait_until_idle(SOON)
        assert session.version == 0
        assert session.scenario is scenario
        assert len(heard.events) == count


def test_reopening_forgets_the_history() -> None:
    heard, scenario = Heard(), random_scenario(2)
    with Session(scenario, SETTINGS, heard) as session:
        session.apply([scale(("pools", next(iter(scenario.pools)), "capacity"), 2)])
        assert session.history.can_undo
        session.reopen(scenario)
        assert not session.history.can_undo
        assert session.wait_until_idle(SOON)


def test_a_listener_that_raises_stops_nothing_and_is_told_of_at_the_end() -> None:
    heard = Heard()

    def listen(event: Event) -> None:
        heard(event)
        raise KeyError(event.version)

    session = Session(random_scenario(2), SETTINGS, listen)
    assert session.wait_until_idle(SOON)
    session.reopen(random_scenario(2))
    assert session.wait_until_idle(SOON)
    with pytest.raises(KeyError):
        session.close()
    assert isinstance(heard.events[-1], SearchEnded)
    assert heard.events[-1].version == 1


def test_a_listener_may_close_the_session() -> None:
    heard = Heard()

    def listen(event: Event) -> None:
        heard(event)
        session.close()

    session = Session(random_scenario(2), SETTINGS, listen)
    for _ in range(3):
        session.reopen(random_scenario(2))
    deadline = time.monotonic() + SOON
    while not heard.events and time.monotonic() < deadline:
        time.sleep(0.01)
    session.close()
    assert len(heard.events) == 1


def test_an_edit_that_changes_nothing_costs_nothing() -> None:
    """The first answer is no dearer than the plan that is there, whole instances or not."""
    for seed in (0, 3, 5):
        heard, scenario = Heard(), random_scenario(seed)
        with Session(scenario, SETTINGS, heard) as session:
            session.wait_until_idle(SOON)
            before = heard.plans(0)[-1].plan
            version = session.apply([Change(("name",), Operation.SET, "another name")])
            assert session.wait_until_idle(SOON)
            first = heard.plans(version)[0].plan
        assert first.solve.cost_usd <= before.solve.cost_usd * (1 + 1e-6) + rounding_usd(before, first)
