"""An open scenario under edit: with a session, before there is one, and when one takes over."""

from __future__ import annotations

import queue
import random
import time
from pathlib import Path

import pytest

from router.change.apply import apply
from router.change.change import Change, Operation
from router.change.error import ChangeError
from router.engine.settings import EngineSettings
from router.reading.position import Position
from router.reading.problems import ScenarioError
from router.session.events import Event
from router.session.session import Session
from router.workspace.shown import Shown
from router.workspace.steps import Apply, Redo, Saved, Step, TakeBack, Undo
from router.workspace.workspace import Workspace
from tests.change.random_changes import form, random_change
from tests.workspace.sessions import TINY

DEMAND = ("workloads", "chat", "streams", "us", "demand")
CENT = 0.005


def scaled(factor: float) -> Change:
    """Chat's demand times a factor."""
    return Change(DEMAND, Operation.SCALE, factor)


class Desk:
    """A workspace, what it has shown and written down, and the events of its session."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.shown: list[Shown] = []
        self.steps: list[Step] = []
        self.events: queue.Queue[Event] = queue.Queue()
        self.workspace = Workspace(TINY, Path("tiny.yaml"), None, self._show, self._record)

    def _show(self, shown: Shown) -> None:
        self.order.append("shown")
        self.shown.append(shown)

    def _record(self, step: Step) -> None:
        self.order.append("recorded")
        self.steps.append(step)

    def start(self) -> None:
        """Let a session plan it."""
        self.workspace.start(Session(self.workspace.saved_scenario, EngineSettings(), self.events.put))

    def plan(self) -> float:
        """Take events until the newest scenario is planned to the end; the cost in USD."""
        until = time.monotonic() + 60
        while (
            self.workspace.shown.plan is None or self.workspace.shown.is_stale or self.workspace.shown.solver.is_working
        ):
            assert time.monotonic() < until
            self.workspace.take(self.events.get(timeout=60))
        assert self.workspace.shown.plan is not None
        return self.workspace.shown.plan.totals.cost_usd

    def _waits(self) -> bool:
        shown = self.workspace.shown
        return shown.plan is None or shown.is_stale or shown.solver.is_working


def test_each_step_is_written_down_before_it_is_shown() -> None:
    desk = Desk()
    desk.workspace.apply([scaled(2)])
    desk.workspace.undo()
    desk.workspace.redo()
    desk.workspace.apply([scaled(3)])
    desk.workspace.take_back(0)
    desk.workspace.saved(Path("other.yaml"), "0" * 64)
    assert [type(step) for step in desk.steps] == [Apply, Undo, Redo, Apply, TakeBack, Saved]
    assert desk.order == ["recorded", "shown"] * 6
    assert desk.workspace.path == Path("other.yaml")


def test_what_is_refused_is_neither_written_nor_shown() -> None:
    desk = Desk()
    with pytest.raises(ScenarioError):
        desk.workspace.apply([Change(("nowhere",), Operation.SET, 1)])
    desk.workspace.undo()
    desk.workspace.redo()
    assert desk.order == []
    assert desk.workspace.scenario is TINY


def test_a_journal_that_fails_leaves_the_step_made() -> None:
    desk = Desk()

    def fails(step: Step) -> None:
        raise RuntimeError("disk full")

    workspace = Workspace(TINY, None, None, desk._show, fails)
    with pytest.raises(RuntimeError):
        workspace.apply([scaled(2)])
    assert workspace.changes


def test_edits_before_the_session_are_planned_by_it() -> None:
    desk = Desk()
    desk.workspace.apply([scaled(2)])
    assert desk.workspace.shown.solver.is_working
    desk.start()
    edited = desk.plan()
    try:
        desk.workspace.undo()
        assert desk.workspace.scenario == TINY
        assert desk.plan() < edited - 1000
        assert desk.workspace.shown.is_saved
    finally:
        desk.workspace.stop()


def test_undo_gives_the_cost_back_to_the_cent() -> None:
    desk = Desk()
    desk.start()
    try:
        cost = desk.plan()
        for factor in (0.5, 2, 1.01):
            desk.workspace.apply([scaled(factor)])
            assert desk.workspace.shown.is_stale
            assert desk.plan() != pytest.approx(cost, abs=CENT)
            desk.workspace.undo()
            assert desk.plan() == pytest.approx(cost, abs=CENT)
    finally:
        desk.workspace.stop()


def test_a_session_that_takes_over_from_one_keeps_what_was_edited() -> None:
    desk = Desk()
    desk.start()
    try:
        desk.workspace.apply([scaled(2)])
        scenario = desk.workspace.scenario
        desk.start()
        assert desk.workspace.scenario == scenario
        assert len(desk.workspace.changes) == 1
        desk.workspace.undo()
        assert desk.workspace.scenario == TINY
    finally:
        desk.workspace.stop()


def test_saved_changes_are_no_changes_but_can_be_undone() -> None:
    desk = Desk()
    desk.workspace.apply([scaled(2)])
    edited = desk.workspace.scenario
    desk.workspace.saved(Path("tiny.yaml"), "0" * 64)
    assert not desk.workspace.changes
    assert desk.workspace.saved_scenario is edited
    assert desk.workspace.shown.is_saved
    desk.workspace.undo()
    assert desk.workspace.scenario == TINY
    assert len(desk.workspace.changes) == 1
    assert not desk.workspace.shown.is_saved
    desk.workspace.redo()
    assert not desk.workspace.changes
    assert desk.workspace.shown.is_saved


def test_words_of_each_change_say_what_was_there_before() -> None:
    desk = Desk()
    desk.workspace.apply([scaled(2)])
    desk.workspace.apply([scaled(0.5)])
    first, second = (desk.workspace.words_of(entry) for entry in desk.workspace.changes)
    assert "chat/us" in first
    assert first != second
    assert [step.words for step in desk.steps if isinstance(step, Apply)] == [first, second]


@pytest.mark.parametrize("seed", range(6))
def test_undoing_all_leads_back_by_value(seed: int) -> None:
    rng = random.Random(seed)
    desk = Desk()
    workspace = desk.workspace
    for _ in range(60):
        kind = rng.random()
        try:
            if kind < 0.5:
                workspace.apply([random_change(workspace.scenario, rng)])
            elif kind < 0.7:
                workspace.undo()
            elif kind < 0.85:
                workspace.redo()
            elif workspace.changes:
                workspace.take_back(rng.randrange(len(workspace.changes)))
        except ChangeError:
            continue
        assert workspace.shown.scenario is workspace.scenario
    while workspace.can_undo:
        workspace.undo()
    assert form(workspace.scenario) == form(TINY)
    assert not workspace.changes
    assert workspace.shown.is_saved


def test_a_what_if_is_one_step_that_is_told_and_written_by_its_name() -> None:
    desk = Desk()
    workspace = desk.workspace
    workspace.apply([scaled(2), scaled(3)], whatif="grows")
    workspace.apply([scaled(0.5)])
    assert [entry.whatif for entry in workspace.changes] == ["grows", ""]
    assert workspace.words_of(workspace.changes[0]) == "what-if: grows (2 changes)"
    assert [step.whatif for step in desk.steps if isinstance(step, Apply)] == ["grows", ""]
    workspace.take_back(0)
    assert workspace.scenario == apply(TINY, scaled(0.5)).scenario
    workspace.undo()
    assert [workspace.words_of(entry)[:8] for entry in workspace.changes] == ["what-if:", "demand o"]


def test_mistakes_of_a_what_if_are_told_where_they_stand() -> None:
    desk = Desk()
    at = Position("late.yaml", 7, 3)
    with pytest.raises(ScenarioError, match=r"late\.yaml:7:3"):
        desk.workspace.apply([Change((*DEMAND[:-1], "demnd"), Operation.SET, 1)], [at], "late")
    assert desk.workspace.changes == ()
    assert desk.steps == []


def test_a_session_plans_a_what_if_as_any_step() -> None:
    desk = Desk()
    desk.start()
    try:
        before = desk.plan()
        desk.workspace.apply([scaled(1.5)], whatif="grows")
        assert desk.plan() > before + 1000
        desk.workspace.take_back(0)
        assert desk.plan() == pytest.approx(before, abs=CENT)
    finally:
        desk.workspace.stop()
