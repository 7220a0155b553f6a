"""What-ifs planned in a process of its own, for real: answers, mistakes, stops, kills."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from router.change.change import Change, Operation
from router.change.set_option import read_settings
from router.plan.document import Plan
from router.plan.reference import scenario_reference
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.sweep.answered import Answered
from router.whatif.case import BASE, Case
from router.workspace.case_planner import CasePlannerError, PlannerSettings
from router.workspace.planner_process import PlannerProcess

TINY = load_scenario(scenario_path("tiny"))
SETTINGS = PlannerSettings(None, 1e-4, 30.0, 1)
CENT = 0.01


@contextmanager
def planner(scenario: Scenario = TINY, *command: str) -> Iterator[PlannerProcess]:
    """Stopped at the end."""
    made = PlannerProcess(scenario, SETTINGS, command) if command else PlannerProcess(scenario, SETTINGS)
    try:
        yield made
    finally:
        made.stop()


def case(name: str, *settings: str) -> Case:
    given = read_settings(settings, TINY)
    return Case(name, name, given.changes, given.at)


BASE_CASE = Case(BASE, BASE)
GROWS = case("grows", "workloads.chat.streams.us.demand*=1.5")
WRONG = Case("wrong", "wrong", (Change(("workloads", "chat", "colour"), Operation.SET, "red"),))


def test_outcomes_in_order_then_more_questions() -> None:
    with planner() as process:
        told = [each for each in process.outcomes([BASE_CASE, GROWS], 0.0) if isinstance(each, Answered)]
        assert [each.name for each in told] == [BASE, "grows"]
        base, grows = (each.outcome for each in told)
        assert base is not None
        assert grows is not None
        assert base.cost_usd == pytest.approx(680_696.64, abs=CENT)
        assert grows.cost_usd > base.cost_usd * 1.2
        (better,) = (each for each in process.outcomes([GROWS], 10.0) if isinstance(each, Answered))
        assert better.outcome is not None
        assert better.outcome.cost_usd < grows.cost_usd - CENT
        assert better.outcome.gap <= SETTINGS.gap


def test_the_whole_plan() -> None:
    with planner() as process:
        *words, plan = process.plan(GROWS, 10.0)
        assert words == ["beginning", "planning grows"]
        assert isinstance(plan, Plan)
        assert plan.solve.gap <= SETTINGS.gap
        assert plan.scenario != scenario_reference(TINY)


def test_changes_that_cannot_be_made_are_an_answer() -> None:
    with planner() as process:
        answers = [each for each in process.outcomes([WRONG, BASE_CASE], 0.0) if isinstance(each, Answered)]
        assert [each.name for each in answers] == ["wrong", BASE]
        assert answers[0].outcome is None
        assert "colour" in answers[0].failure
        assert answers[1].outcome is not None
        with pytest.raises(CasePlannerError, match="colour"):
            list(process.plan(WRONG, 0.0))


def test_stopped_while_it_works() -> None:
    with planner() as process:
        told = process.outcomes([GROWS] * 10_000, 0.0)
        assert next(told) == "beginning"
        threading.Timer(0.1, process.stop).start()
        with pytest.raises(CasePlannerError, match="cancelled"):
            list(told)
        with pytest.raises(CasePlannerError, match="cancelled"):
            list(process.outcomes([GROWS], 0.0))


def test_killed_from_outside_it_is_told_and_the_next_question_begins_anew() -> None:
    with planner() as process:
        told = process.outcomes([GROWS] * 10_000, 0.0)
        next(told)
        assert process._process is not None
        os.kill(process._process.pid, signal.SIGKILL)
        with pytest.raises(CasePlannerError, match="has ended"):
            list(told)
        assert [type(each) for each in process.outcomes([BASE_CASE], 0.0)] == [str, Answered]


def test_answers_that_nobody_took_are_not_those_of_the_next_question() -> None:
    with planner() as process:
        with closing(process.outcomes([BASE_CASE, GROWS], 0.0)) as told:
            next(told)
        answers = [each for each in process.outcomes([GROWS], 0.0) if isinstance(each, Answered)]
        assert [each.name for each in answers] == ["grows"]


@pytest.mark.parametrize(
    "code",
    ["import sys; sys.exit(3)", "print('no pickle')", "import time; time.sleep(0.2)"],
    ids=["dies", "prints", "ends"],
)
def test_a_process_that_does_not_answer(code: str) -> None:
    with planner(TINY, sys.executable, "-c", code) as process, pytest.raises(CasePlannerError, match="has ended"):
        list(process.outcomes([BASE_CASE], 0.0))


def test_stopped_before_it_has_read_what_it_is_told() -> None:
    large = load_scenario(scenario_path("scale-up"))
    assert len(pickle.dumps(large)) > 100_000, "more than a pipe holds"
    reasons: list[str] = []

    def ask(process: PlannerProcess) -> None:
        try:
            list(process.outcomes([BASE_CASE], 0.0))
        except CasePlannerError as error:
            reasons.append(str(error))

    with planner(large, sys.executable, "-c", "import time; time.sleep(60)") as process:
        asking = threading.Thread(target=ask, args=(process,))
        asking.start()
        time.sleep(0.5)
        process.stop()
        asking.join(timeout=10)
    assert reasons == ["cancelled"]


def test_a_program_that_is_not_there() -> None:
    with planner(TINY, "/no/such/program") as process, pytest.raises(CasePlannerError, match="No such file"):
        list(process.outcomes([BASE_CASE], 0.0))


def test_it_ends_with_the_app_even_if_that_is_killed(tmp_path: Path) -> None:
    code = """
import sys, time
from tests.workspace.test_planner_process import GROWS, SETTINGS, TINY
from router.workspace.planner_process import PlannerProcess
process = PlannerProcess(TINY, SETTINGS)
told = process.outcomes([GROWS] * 1000000, 0.0)
next(told)
print(process._process.pid, flush=True)
for _ in told: pass
"""
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root) as app:
        assert app.stdout is not None
        child = int(app.stdout.readline())
        app.kill()
    until = time.monotonic() + 20
    while _runs(child):
        assert time.monotonic() < until, "the planner goes on without an app"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False
