"""The header's facts of a plan, and the solver's state in words."""

from __future__ import annotations

import pytest

from router.engine.solution import Solution, SolutionStatus
from router.plan.document import AuditRecord
from router.session.events import NoPlan, PlanFound, SearchEnded
from router.view.fact import FactRole
from router.view.headline import demand_value, headline
from router.view.solver_state import SolverState, Stage, solver_fact, state_after
from tests.report.sample_plans import empty_plan, small_plan
from tests.scenarios import horizon, pool, scenario, service
from tests.solving import answer

PROVED = SolverState(Stage.PROVED, gap=3.7e-5)


def test_what_a_small_plan_says() -> None:
    found = headline(small_plan(), PROVED, saved_cost_usd=small_plan().totals.cost_usd - 50_000, demand_value_usd=4e6)
    assert found.shortfall_usd == 83_561.64
    assert found.unserved_usd == pytest.approx(411_800)
    assert found.unserved_share == pytest.approx(0.10295)
    assert found.change_usd == pytest.approx(50_000)
    assert found.fact("shortfall").long == "SHORT by $83.6 k in 1 of 1 window"
    assert found.fact("shortfall").role is FactRole.ALERT
    assert found.fact("unserved").long == "UNSERVED $412 k, 10 % of all demand's value"
    assert found.fact("change").short == "+$50.0 k"
    assert found.fact("change").long.startswith("+$50.0 k (+")
    assert found.fact("audit").long == "audit passed, 1,204 checks"
    assert found.fact("gap").short == "gap 0.0037 %"
    assert "to save" in found.fact("gap").long
    with pytest.raises(KeyError):
        found.fact("costs")


def test_a_cheaper_plan_has_a_minus_and_the_same_plan_none() -> None:
    cost = small_plan().totals.cost_usd
    assert headline(small_plan(), PROVED, saved_cost_usd=2 * cost).fact("change").long.startswith("-$")
    assert "(-50 %)" in headline(small_plan(), PROVED, saved_cost_usd=2 * cost).fact("change").long
    assert headline(small_plan(), PROVED, saved_cost_usd=cost).fact("change").short == "as saved"
    assert headline(small_plan(), PROVED).fact("change").long == ""
    assert "%" not in headline(small_plan(), PROVED, saved_cost_usd=0.0).fact("change").long


def test_a_plan_with_nothing_wrong() -> None:
    found = headline(empty_plan(), SolverState(Stage.IDLE), is_stale=True)
    assert found.shortfall_usd == 0
    assert found.fact("shortfall").long == "no commitments"
    assert found.fact("unserved").short == "all served"
    assert found.fact("stale").short == "STALE"
    assert found.fact("audit").long == "not audited yet"
    met = small_plan().windows[0].model_copy(update={"shortfall_usd": 0.0})
    fine = headline(small_plan().model_copy(update={"windows": [met, met]}), PROVED)
    assert fine.fact("shortfall").long == "all 2 commitment windows met"


def test_a_failed_audit_cannot_be_missed() -> None:
    failed = AuditRecord(passed=False, checks=9, differences=["one"])
    fact = headline(small_plan().model_copy(update={"audit": failed}), PROVED).fact("audit")
    assert (fact.short, fact.role) == ("AUDIT FAILED", FactRole.ALERT)
    assert fact.long == "AUDIT FAILED: 1 difference, do not rely on the plan"


def test_without_a_plan_only_the_solver_speaks() -> None:
    found = headline(None, SolverState(Stage.SOLVING, 0.34))
    assert [fact.text for fact in found.line(80)] == ["solving 0.3 s"]
    assert found.cost_usd is None


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_line_fits_and_keeps_cost_and_alerts(width: int) -> None:
    line = headline(small_plan(), PROVED, saved_cost_usd=1.0, is_stale=True, demand_value_usd=4e6).line(width)
    assert sum(len(fact.text) for fact in line) + 2 * (len(line) - 1) <= width
    assert {"cost", "shortfall", "unserved"} <= {fact.name for fact in line}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SolverState(Stage.IDLE), "plan as read from its file"),
        (SolverState(Stage.SOLVING, -1.0), "solving 0.0 s"),
        (SolverState(Stage.HELD, 0.05), "answer held, searching 0.1 s"),
        (SolverState(Stage.IMPROVED, 2.0), "better answer, searching 2.0 s"),
        (SolverState(Stage.PROVED, gap=1e-4), "proved within 0.01 %"),
        (SolverState(Stage.PROVED, gap=0.0), "proved the cheapest"),
        (SolverState(Stage.ENDED, reason="time limit"), "search ended: time limit reached"),
        (SolverState(Stage.ENDED, reason="dive"), "search ended: nothing more to try"),
        (SolverState(Stage.NO_PLAN, reason="no column"), "no plan: no column"),
    ],
)
def test_states_in_words(state: SolverState, words: str) -> None:
    assert solver_fact(state).long == words


def test_states_after_events() -> None:
    tiny = answer(scenario())
    for is_first, stage in ((True, Stage.HELD), (False, Stage.IMPROVED)):
        found = PlanFound(1, scenario(), tiny.plan, tiny.model, Solution(SolutionStatus.OPTIMAL), is_first)
        assert state_after(found, 0.2) == SolverState(stage, 0.2, tiny.plan.solve.gap)
    assert state_after(SearchEnded(1, True, 1e-5, "dive")).stage is Stage.PROVED
    assert state_after(SearchEnded(1, False, 0.1, "time limit")) == SolverState(Stage.ENDED, 0.0, 0.1, "time limit")
    assert state_after(NoPlan(1, "contradiction")).reason == "contradiction"
    assert state_after(NoPlan(1, "x")).is_working is False
    assert SolverState(Stage.HELD).is_working


def test_all_demand_has_a_value() -> None:
    """Two days of 8 units at 100 USD an hour; without any pool, all of it is unserved."""
    tiny = answer(scenario(workloads={"chat": service(8)}, pools={"north": pool(capacity=0)}, horizon=horizon(count=2)))
    assert demand_value(tiny.problem) == 8 * 48 * 100
    found = headline(tiny.plan, PROVED, demand_value_usd=demand_value(tiny.problem))
    assert found.unserved_share == pytest.approx(1.0)
