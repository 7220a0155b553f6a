"""Answers from the desk: to each kind of question, in parts, of the newest question, of plan after plan."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.problem.problem import build_problem
from router.report.letters import letters_for
from router.report.table import Column, Row, Table
from router.scenario.scenario import Scenario
from router.session.events import PlanFound
from router.session.search import Root
from router.view.laid_lines import LineRole, table_lines
from router.view.why_answer import Answer, AnswerTable, answer_rows, laid_answer
from router.view.why_desk import Told, WhyDesk
from router.view.why_plan import AskedPlan, is_same_plan
from router.view.why_question import OVERVIEW, Question, Subject
from router.why.fixed_program import NoPricesError
from router.why.solved import solve_problem
from tests.report.sample_plans import empty_plan
from tests.scenarios import PEAK_AND_BASE, contract, horizon, job, offer, pool, scenario, service

UTF = letters_for("utf-8")


def planned(**parts: object) -> Scenario:
    """A full pool at north, a dearer one at south, a promise that is missed, a job, a workload that is disabled."""
    spend = {"window": "term", "amount_usd": 1_000_000, "shortfall_rate": 0.1}
    return scenario(
        **{
            "horizon": horizon("month", 2, slices=PEAK_AND_BASE),
            "pools": {"north": pool(capacity=2), "south": pool("south", 20)},
            "offers": [offer(max_instances=50), offer("south", 12), offer("south", 5, "spot")],
            "contracts": {
                "deal": contract("south", commitments={"spend": spend}),
            },
            "workloads": {
                "chat": service(8),
                "tune": job(deadline="2026-03-01"),
                "off": service(4, enabled=False),
            },
            **parts,
        }
    )


def found_of(given: Scenario) -> PlanFound:
    """A plan of a scenario as a session tells it; what it says in words is of no matter here."""
    model, solution = solve_problem(build_problem(given), EngineSettings())
    return PlanFound(0, given, empty_plan(), model, solution, is_first=False)


@dataclass
class Desk:
    """A desk with what it told."""

    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk = WhyDesk(self.told.append)

    def ask(self, question: Question, found: PlanFound) -> list[Told]:
        """Ask and wait; what was told of it."""
        asked = self.desk.ask(question, found, None)
        assert self.desk.wait_until_idle(30)
        return [told for told in self.told if told.asked.number == asked.number]

    def last(self, question: Question, found: PlanFound) -> Answer:
        """Ask and wait; the whole answer."""
        told = self.ask(question, found)[-1]
        assert told.answer is not None, told.error
        assert told.answer.is_whole
        return told.answer


@pytest.fixture(scope="module")
def found() -> PlanFound:
    """The plan that is asked."""
    return found_of(planned())


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desk that is closed at the end."""
    made = Desk()
    yield made
    made.desk.close()


def tables(answer: Answer) -> dict[str, AnswerTable]:
    """An answer's tables by key."""
    return {part.table.key: part for part in answer.tables}


def test_a_stream_is_told_with_its_places_and_what_they_lead_to(desk: Desk, found: PlanFound) -> None:
    answer = desk.last(Question(Subject.STREAM, ("chat",), 1, "peak"), found)
    assert answer.question == Question(Subject.STREAM, ("chat", "us"), 1, "peak")
    assert answer.words[0].startswith("chat/us runs in ")
    places = tables(answer)["why-places"]
    by_place = dict(zip([str(row.cells[0]) for row in places.table.rows], places.leads, strict=True))
    assert by_place["south"] == Question(Subject.POOL, ("south",), 1)
    assert by_place["left out"] is None
    moves = [row.cells[4] for row in places.table.rows]
    assert moves[0] == "here"
    paid = [float(str(move).removeprefix("$")) for move in moves[1:] if move != "no room"]
    assert paid == sorted(paid), "in the order of the column that the first line and the footnote name"
    assert "In order of Moving a unit" in places.table.footnotes[1]
    limits = tables(answer)["why-limits"]
    assert Question(Subject.POOL, ("north",), 1) in limits.leads


def test_the_slice_that_is_asked_for_is_answered(desk: Desk, found: PlanFound) -> None:
    for part in ("peak", "base"):
        assert desk.last(Question(Subject.STREAM, ("chat", "us"), 0, part), found).question.part == part


def test_a_job_is_told_at_once_and_then_to_the_cent(desk: Desk, found: PlanFound) -> None:
    told = desk.ask(Question(Subject.JOB, ("tune",)), found)
    assert [each.answer is not None and each.answer.is_whole for each in told] == [False, True]
    answer = told[-1].answer
    assert answer is not None
    assert answer.words[0].startswith("tune runs in ")
    runs = tables(answer)["why-runs"]
    assert any(lead is not None and lead.subject is Subject.POOL for lead in runs.leads)


def test_a_pool_is_told_with_how_far_it_holds(desk: Desk, found: PlanFound) -> None:
    told = desk.ask(Question(Subject.POOL, ("north",), 0), found)
    assert len(told) == 2
    assert told[-1].answer is not None
    assert told[-1].answer.words[0].startswith("capacity of north in 2026-01: 0 of 2 left; one more instance saves $")
    assert "holds for" in told[-1].answer.words[0]
    assert told[0].answer is not None
    assert "holds for" not in told[0].answer.words[0]


def test_a_pool_without_instances_is_told() -> None:
    empty = found_of(planned(pools={"north": pool(capacity=2), "south": pool("south", {"2026-02-01": 20})}))
    made = Desk()
    answer = made.last(Question(Subject.POOL, ("south",), 0), empty)
    assert answer.words == ("No instances in 2026-01: south.",)
    assert answer.tables == ()
    made.desk.close()


def test_a_contract_is_told_window_by_window(desk: Desk, found: PlanFound) -> None:
    answer = desk.last(Question(Subject.CONTRACT, ("deal", "spend"), 1), found)
    assert answer.words[0].startswith("commitment deal/spend from 2026-01-01: $")
    assert len(tables(answer)["why-contracts"].table.rows) == 1
    assert answer.words[1].startswith("Why it is short: the pool of deal is ")
    assert answer.words[2].endswith("with the shortfall that it avoids taken off.")


def test_a_contract_of_a_later_window(desk: Desk) -> None:
    windows = [
        {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 10_000},
        {"start": "2026-02-01", "end": "2026-03-01", "amount_usd": 20_000},
    ]
    given = found_of(planned(contracts={"deal": contract("south", commitments={"spend": {"windows": windows}})}))
    for period, day in ((0, "2026-01-01"), (1, "2026-02-01")):
        answer = desk.last(Question(Subject.CONTRACT, ("deal",), period), given)
        assert f"from {day}" in answer.words[0]
        assert len(tables(answer)["why-contracts"].table.rows) == 2


def test_a_price_is_told_with_its_own_limit_and_its_pools(desk: Desk, found: PlanFound) -> None:
    answer = desk.last(Question(Subject.OFFER, ("0",), 0), found)
    assert answer.words[0].startswith("north/")
    assert "instances in 2026-01." in answer.words[0]
    names = [row.cells[0] for row in tables(answer)["why-worth"].table.rows if row.cells[0]]
    assert names == ["max_instances of on demand in north in 2026-01", "capacity of north in 2026-01"]
    other = desk.last(Question(Subject.OFFER, ("1",), 0), found)
    assert "capacity of south" in str(tables(other)["why-worth"].table.rows[0].cells[0])


def test_a_providers_pools_are_told_together(desk: Desk, found: PlanFound) -> None:
    answer = desk.last(Question(Subject.PROVIDER, ("south",), 0), found)
    table = tables(answer)["why-worth"]
    assert table.leads[0] == Question(Subject.POOL, ("south",), 0)
    assert table.leads[1] is None


def test_any_limit_is_asked_by_its_name(desk: Desk, found: PlanFound) -> None:
    answer = desk.last(Question(Subject.LIMIT, ("demand of chat/us in 2026-01 peak",)), found)
    assert answer.words[0].startswith("demand of chat/us in 2026-01 peak: ")


def test_the_overview_grows_and_leads_on(desk: Desk, found: PlanFound) -> None:
    told = desk.ask(OVERVIEW, found)
    sizes = [len(each.answer.tables) for each in told if each.answer is not None]
    assert all(before <= after for before, after in pairwise(sizes))
    answer = told[-1].answer
    assert answer is not None
    assert answer.is_whole
    assert not any(each.answer is None or each.answer.is_whole for each in told[:-1])
    assert answer.words == ("1 workload is disabled: off.",)
    assert set(tables(answer)) == {"why-overview", "why-worth", "why-contracts"}
    assert tables(answer)["why-overview"].leads[0] is not None
    assert tables(answer)["why-contracts"].leads == (
        Question(Subject.LIMIT, ("commitment deal/spend from 2026-01-01",)),
    )
    for part in answer.tables:
        for lead in part.leads:
            if lead is not None:
                assert desk.last(lead, found).words


def test_what_is_disabled_or_has_no_demand_is_told(desk: Desk, found: PlanFound) -> None:
    assert desk.last(Question(Subject.STREAM, ("off",), 0), found).words[0].startswith("off is disabled")
    quiet = found_of(planned(workloads={"chat": service({"values": [8, 0]})}))
    assert "no demand there" in desk.last(Question(Subject.STREAM, ("chat",), 1), quiet).words[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(Subject.STREAM, ("chatt",), 0), "did you mean 'chat'?"),
        (Question(Subject.STREAM, ("chat", "uss"), 0), "expected a stream of chat"),
        (Question(Subject.JOB, ("tun",)), "did you mean 'tune'?"),
        (Question(Subject.POOL, ("nort",), 0), "did you mean 'north'?"),
        (Question(Subject.CONTRACT, ("dea",), 0), "did you mean 'deal'?"),
        (Question(Subject.PROVIDER, ("nowhere",), 0), "expected a provider"),
        (Question(Subject.OFFER, ("99",), 0), "expected an offer"),
        (Question(Subject.LIMIT, ("nonsense",)), "expected a limit such as"),
    ],
)
def test_what_the_plan_has_not_got_is_one_line(desk: Desk, found: PlanFound, question: Question, words: str) -> None:
    (told,) = desk.ask(question, found)
    assert told.answer is None
    assert words in told.error
    assert "\n" not in told.error


def test_only_the_newest_question_is_answered(found: PlanFound) -> None:
    first_part, go_on, told = threading.Event(), threading.Event(), []

    def listen(each: Told) -> None:
        told.append(each)
        first_part.set()
        go_on.wait(10)

    desk = WhyDesk(listen)
    older = desk.ask(OVERVIEW, found, None)
    assert first_part.wait(10)
    between = desk.ask(Question(Subject.POOL, ("south",), 0), found, None)
    newest = desk.ask(Question(Subject.POOL, ("north",), 0), found, None)
    go_on.set()
    assert desk.wait_until_idle(30)
    numbers = [each.asked.number for each in told]
    assert numbers.count(older.number) == 1
    assert between.number not in numbers
    assert numbers[-1] == newest.number
    desk.close()


def test_a_dropped_question_is_not_answered_and_the_desk_goes_on(found: PlanFound) -> None:
    made = Desk()
    made.desk.ask(OVERVIEW, found, None)
    made.desk.drop()
    assert made.desk.wait_until_idle(30)
    assert not any(told.answer is not None and told.answer.is_whole for told in made.told)
    assert made.last(Question(Subject.POOL, ("north",), 0), found).words
    made.desk.close()
    made.desk.close()


def test_an_unforeseen_failure_is_told(desk: Desk, found: PlanFound) -> None:
    broken = PlanFound(0, found.scenario, found.plan, found.model, None, is_first=False)  # type: ignore[arg-type]
    (told,) = desk.ask(OVERVIEW, broken)
    assert told.error.startswith("the question could not be answered: ")
    assert desk.last(Question(Subject.POOL, ("north",), 0), found).words


def test_one_explainer_for_all_questions_of_a_plan(found: PlanFound) -> None:
    plan, quiet = AskedPlan(), threading.Event()
    first = plan.explainer(found, None, quiet)
    assert plan.explainer(found, None, quiet) is first
    again = PlanFound(1, found.scenario, found.plan, found.model, found.solution, is_first=True)
    assert is_same_plan(found, again)
    assert plan.explainer(again, None, quiet) is first
    assert plan.cold_starts == 1


def test_the_next_plan_starts_from_the_basis_of_the_one_before(found: PlanFound) -> None:
    plan, quiet = AskedPlan(), threading.Event()
    plan.explainer(found, None, quiet)
    edited = found_of(planned(workloads={"chat": service(9), "tune": job(deadline="2026-03-01")}))
    assert not is_same_plan(found, edited)
    explainer = plan.explainer(edited, None, quiet)
    assert plan.cold_starts == 1
    assert explainer.fixed.base.objective == pytest.approx(edited.solution.objective)


def test_the_first_plan_starts_from_the_session_s_basis(found: PlanFound) -> None:
    relaxed = WarmLinearProgram(found.model.program)
    relaxed.solve(StopSignal())
    basis = relaxed.basis()
    assert basis is not None
    plan = AskedPlan()
    explainer = plan.explainer(found, Root(found.model, basis), threading.Event())
    assert plan.cold_starts == 0
    assert explainer.fixed.base.objective == pytest.approx(found.solution.objective)


def test_a_set_event_ends_the_solves_and_the_next_question_is_answered(found: PlanFound) -> None:
    plan, stop = AskedPlan(), threading.Event()
    explainer = plan.explainer(found, None, stop)
    limit = explainer.limits.capacity(0, 0)
    before = explainer.worth(limit)
    stop.set()
    with pytest.raises(NoPricesError):
        explainer.worth(limit)
    plan.interrupted()
    assert plan.explainer(found, None, threading.Event()) is explainer
    assert explainer.worth(limit) == before


def test_an_answer_is_laid_in_any_width_and_its_rows_are_stops() -> None:
    lead = Question(Subject.POOL, ("north",), 0)
    table = Table(
        "t", "Title", (Column("Name"), Column("What is said of it")), (Row(("a", "long " * 9)), Row(("b", "c")))
    )
    answer = Answer(OVERVIEW, ("A sentence of some words.",), (AnswerTable(table, (lead, None)),))
    for width in (20, 30, 80):
        laid = laid_answer(answer, width, UTF)
        assert laid.stops == (lead,)
        assert all(len(line.laid.text) <= width for line in laid.lines)
        stopped = [line for line in laid.lines if line.stop == 0]
        assert stopped
        assert all(line.laid.role is LineRole.PLAIN for line in stopped)
    assert list(answer_rows(answer)) == [["Title"], ["Name", "What is said of it"], ["a", "long " * 9], ["b", "c"]]
    with pytest.raises(ValueError, match="1 questions for 2 rows"):
        AnswerTable(table, (lead,))


def test_an_empty_table_says_so() -> None:
    lines = list(table_lines(Table("t", "Title", (Column("Name"),), (), when_empty="Nothing."), 40, UTF))
    assert [(line.text, line.role) for line in lines] == [("Title", LineRole.TITLE), ("Nothing.", LineRole.NOTE)]
