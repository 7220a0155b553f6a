"""The solver's log, line by line."""

from __future__ import annotations

import re

from router.plan.document import AuditRecord
from router.session.events import NoPlan, PlanFound, SearchEnded
from router.view.solver_log import SolverLog
from router.view.solver_state import SolverState, Stage
from tests.report.sample_plans import small_plan

SOLVING = SolverState(Stage.SOLVING)


def found(version: int = 1, *, is_first: bool = True, audit: AuditRecord | None = None) -> PlanFound:
    """A plan that a session tells of."""
    plan = small_plan().model_copy(update={"audit": audit})
    return PlanFound(version, None, plan, None, None, is_first)  # type: ignore[arg-type]


def test_a_search_from_its_question_to_its_end() -> None:
    log = SolverLog()
    log.asked(1, SOLVING)
    log.note(found())
    log.note(found(is_first=False, audit=AuditRecord(passed=True, checks=3, differences=[])))
    log.note(SearchEnded(1, gap_closed=True, gap=1e-5, reason=""))
    words = [line.words for line in log.lines]
    assert re.match(r"first answer after [\d.]+ ms: \$[\d,.]+, bound \$[\d,.]+, gap .*, not audited yet$", words[0])
    assert words[1].startswith("better plan after")
    assert words[1].endswith("audit passed")
    assert re.match(r"search ended after [\d.]+ ms: gap closed, gap 0.001 %", words[2])
    assert [line.version for line in log.lines] == [1, 1, 1]
    assert not any(line.is_alert for line in log.lines)
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", line.clock) for line in log.lines)


def test_what_must_not_be_missed() -> None:
    log = SolverLog()
    log.note(NoPlan(2, "the limits of pool north contradict each other"))
    log.note(found(audit=AuditRecord(passed=False, checks=3, differences=[])))
    assert [line.is_alert for line in log.lines] == [True, True]
    assert log.lines[0].words == "no plan: the limits of pool north contradict each other"
    assert "AUDIT FAILED" in log.lines[1].words


def test_an_answer_to_another_question_has_no_time() -> None:
    log = SolverLog()
    log.asked(2, SOLVING)
    log.note(SearchEnded(1, gap_closed=False, gap=0.5, reason="time limit"))
    assert log.lines[0].words == "search ended: stopped (time limit), gap 50 %"


def test_the_time_is_since_the_first_moment() -> None:
    log = SolverLog()
    log.asked(1, SOLVING)
    before = dict(log._asked)
    log.asked(1, SOLVING)
    log.asked(2, SolverState(Stage.HELD))
    assert log._asked == before


def test_the_oldest_lines_go() -> None:
    log = SolverLog()
    for version in range(2500):
        log.note(NoPlan(version, "none"))
    assert len(log.lines) == 2000
    assert log.lines[-1].version == 2499
