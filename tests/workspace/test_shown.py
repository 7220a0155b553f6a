"""What the screens show after each step and each event."""

from __future__ import annotations

from typing import Any

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.session.events import NoPlan, PlanFound, SearchEnded
from router.view.solver_state import Stage
from router.workspace.shown import Shown, after_change, after_event, after_save, opened
from tests.report.sample_plans import small_plan
from tests.scenarios import scenario, service

FIRST, SECOND = scenario(), scenario(workloads={"chat": service(9)})


def plan(cost: float) -> Plan:
    """A plan of this cost."""
    made = small_plan()
    return made.model_copy(update={"totals": made.totals.model_copy(update={"cost_usd": cost})})


def found(version: int, made: Plan, of: Scenario = FIRST, *, is_first: bool = True) -> PlanFound:
    """An event with a plan."""
    nothing: Any = None
    return PlanFound(version, of, made, nothing, nothing, is_first)


def test_opened_with_and_without_a_plan() -> None:
    shown = opened(FIRST, None, 1.0)
    assert (shown.solver.stage, shown.is_stale, shown.is_saved) == (Stage.SOLVING, False, True)
    kept = plan(10)
    shown = opened(FIRST, kept, 1.0)
    assert (shown.plan, shown.saved_plan, shown.solver.stage, shown.is_stale) == (kept, kept, Stage.IDLE, False)


def test_an_edit_makes_the_plan_stale_until_its_own_comes() -> None:
    old, new = plan(10), plan(12)
    shown = after_change(opened(FIRST, old, 1.0), SECOND, 1, 2.0, is_saved=False)
    assert shown.is_stale
    assert not shown.is_saved
    assert (shown.plan, shown.before_plan, shown.saved_plan) == (old, old, old)
    assert (shown.scenario, shown.plan_scenario) == (SECOND, FIRST)
    assert shown.solver.stage is Stage.SOLVING
    shown = after_event(shown, found(1, new, SECOND), 3.0)
    assert not shown.is_stale
    assert (shown.plan, shown.before_plan, shown.saved_plan) == (new, old, old)
    assert (shown.plan_scenario, shown.solver.stage) == (SECOND, Stage.HELD)
    assert shown.solver.seconds == 1.0


def test_what_comes_late_is_not_shown() -> None:
    shown = after_change(opened(FIRST, plan(10), 1.0), SECOND, 1, 2.0, is_saved=False)
    for event in (found(0, plan(9)), SearchEnded(0, True, 0.0, ""), NoPlan(0, "none")):
        assert after_event(shown, event, 3.0) is shown


def test_edits_before_the_plan_has_come_are_compared_with_the_last_plan() -> None:
    old = plan(10)
    shown = opened(FIRST, old, 1.0)
    for version in (1, 2, 3):
        shown = after_change(shown, SECOND, version, 2.0, is_saved=False)
    assert shown.before_plan is old
    new = plan(12)
    shown = after_change(after_event(shown, found(3, new, SECOND), 3.0), FIRST, 4, 4.0, is_saved=False)
    assert shown.before_plan is new


def test_back_to_what_is_saved() -> None:
    saved = plan(10)
    shown = after_change(opened(FIRST, saved, 1.0), SECOND, 1, 2.0, is_saved=False)
    shown = after_change(shown, FIRST, 2, 3.0, is_saved=True)
    assert shown.is_saved
    worse, better = plan(10.5), plan(9.5)
    assert after_event(shown, found(2, worse), 4.0).saved_plan is saved
    shown = after_event(shown, found(2, better, is_first=False), 4.0)
    assert shown.saved_plan is better
    assert shown.solver.stage is Stage.IMPROVED


def test_saving_makes_the_plan_shown_the_one_to_compare_with() -> None:
    shown = after_change(opened(FIRST, plan(10), 1.0), SECOND, 1, 2.0, is_saved=False)
    assert after_save(shown).is_saved
    assert after_save(shown).saved_plan is None, "the plan shown is not of what was saved"
    new = plan(12)
    shown = after_save(after_event(shown, found(1, new, SECOND), 3.0))
    assert shown.is_saved
    assert shown.saved_plan is new


def test_the_end_of_a_search() -> None:
    shown: Shown = after_change(opened(FIRST, plan(10), 1.0), SECOND, 1, 2.0, is_saved=False)
    assert after_event(shown, SearchEnded(1, True, 1e-5, ""), 3.0).solver.stage is Stage.PROVED
    assert after_event(shown, SearchEnded(1, False, 1e-2, "time limit"), 3.0).solver.stage is Stage.ENDED
    none = after_event(shown, NoPlan(1, "it contradicts itself"), 3.0)
    assert none.solver.stage is Stage.NO_PLAN
    assert none.solver.reason == "it contradicts itself"
    assert none.is_stale, "the old plan stays readable"
