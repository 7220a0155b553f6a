"""Why: questions from cells, from rows, by name and by key; answers of the plan shown, or marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from router.view.why_question import OVERVIEW, Question, Subject
from router.view.why_state import AnswerState
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import LARGE, SMALL, Driver
from tui.dialogs.find import FindDialog
from tui.views.why import WhyView
from tui.why.answer_view import AnswerView


def why(driver: Driver) -> WhyView:
    """The view."""
    view = driver.app.view
    assert isinstance(view, WhyView)
    return view


async def answered(driver: Driver) -> None:
    """Until the whole answer is there."""
    await driver.wait_for(lambda: isinstance(driver.app.view, WhyView) and why(driver).state is AnswerState.WHOLE)
    # An answer may be there before the view has its size, and is folded to the least width then.
    view = driver.one(AnswerView)
    await driver.wait_for(lambda: 0 < view.size.width == view.virtual_size.width)


async def asked(driver: Driver, *names: str, period: int = 0) -> None:
    """Ask with the key of a row, once there is a plan to ask."""
    await driver.planned()
    await driver.app.why(names, period)
    await answered(driver)


def question(driver: Driver) -> Question:
    """What is asked."""
    return why(driver)._question


async def test_without_a_question_it_shows_what_is_worth_asking(open_app: OpenApp) -> None:
    async with open_app(view="why") as driver:
        await answered(driver)
        assert question(driver) == OVERVIEW
        for words in ("What is worth asking", "of the plan shown", "chat/us", "Commitments", "oracle-ucm/year"):
            assert words in driver.text


async def test_a_kept_plan_cannot_be_asked_and_says_so(open_app: OpenApp) -> None:
    async with open_app(view="why", plans=False) as driver:
        assert why(driver).state is AnswerState.NO_PLAN
        assert "asked as soon as the engine has planned it" in driver.text
        await driver.press("enter", "right", "h", "o", "down", "pageup", "pagedown", "home", "end", "backspace", "y")
        await driver.app.why(("pools", "aws-h100"), 2)
        await driver.settle()
        assert "What is one more instance of aws-h100 worth in 2026-03?" in driver.text
        assert why(driver).table() == []
        assert why(driver).cell_text() == ""


async def test_a_cell_of_the_demand_is_asked_about(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.planned()
        await driver.press("right", "right", "i")
        await answered(driver)
        assert question(driver) == Question(Subject.STREAM, ("chat", "us"), 2, question(driver).part)
        assert "chat/us runs in" in driver.text
        assert "where one more unit could be served" in driver.text
        assert "Parts of a unit-hour" in driver.text


@covers(WhyView, "move(-1)", "move(1)")
async def test_the_period_before_and_after(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "pools", "aws-h100", period=1)
        await driver.press("right")
        await answered(driver)
        assert "capacity of aws-h100 in 2026-03" in driver.text
        await driver.press("right")
        assert driver.told() == ["There is no other period to ask about here."]
        await driver.press("left", "left")
        await answered(driver)
        assert question(driver).period == 0
        assert "capacity of aws-h100 in 2026-01" in driver.text


@covers(WhyView, "next_slice")
async def test_the_next_slice(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "workloads", "chat", period=2)
        first = question(driver).part
        await driver.press("h")
        await answered(driver)
        second = question(driver).part
        assert {first, second} == {"peak", "base"}
        assert f"chat/us in 2026-03 {second}" in driver.text
        await driver.press("h")
        await answered(driver)
        assert question(driver).part == first
        await driver.app.why(("pools", "aws-h100"), 0)
        await driver.press("h")
        assert driver.told() == ["There is no other time slice to ask about here."]


@covers(AnswerView, "follow", "move(1)", "move(-1)")
@covers(WhyView, "back")
async def test_a_row_leads_on_and_back_again(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "workloads", "chat", period=2)
        before = question(driver)
        view: AnswerView = driver.one(AnswerView)
        first = view.under_cursor
        for down, up in (("down", "up"), ("j", "k")):
            await driver.press(down)
            assert view.under_cursor not in (None, first)
            await driver.press(up)
            assert view.under_cursor == first
        await driver.press("down")
        other = view.under_cursor
        assert other is not None
        assert other.subject is Subject.POOL
        await driver.press("enter")
        await answered(driver)
        assert question(driver) == other
        assert f"capacity of {other.names[0]} in 2026-03" in driver.text
        await driver.press("backspace")
        await answered(driver)
        assert question(driver) == before
        while why(driver)._before:
            await driver.press("backspace")
        assert driver.told() == []
        await driver.press("backspace")
        assert driver.told() == ["This is the first question."]


@covers(WhyView, "overview")
async def test_back_to_what_is_worth_asking(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "workloads", "fine-tune")
        assert "fine-tune runs in" in driver.text
        assert "where and when it could run" in driver.text
        await driver.press("o")
        await answered(driver)
        assert question(driver) == OVERVIEW


@covers(WhyView, "ask_else")
async def test_something_else_is_found_by_name(open_app: OpenApp) -> None:
    async with open_app(view="why") as driver:
        await driver.planned()
        for key, name, subject in (("a", "ucm/year", Subject.CONTRACT), ("/", "oracle-h100", Subject.POOL)):
            await driver.press(key)
            await driver.dialog(FindDialog)
            await driver.press(*name, "enter")
            await driver.no_dialog()
            await answered(driver)
            assert question(driver).subject is subject
        await driver.press("a")
        await driver.dialog(FindDialog)
        await driver.press("escape")
        await driver.no_dialog()
        assert question(driver).subject is Subject.POOL


@covers(AnswerView, "page(-1)", "page(1)", "edge(0)", "edge(1)")
async def test_a_long_answer_scrolls(open_app: OpenApp) -> None:
    async with open_app(size=SMALL) as driver:
        await asked(driver, "workloads", "chat", period=2)
        view: AnswerView = driver.one(AnswerView)
        assert view.max_scroll_y > 0
        await driver.press("pagedown")
        assert view.scroll_y > 0
        await driver.press("pageup")
        assert view.scroll_y == 0
        for last, first in (("end", "home"), ("ctrl+end", "ctrl+home")):
            await driver.press(last)
            assert view.scroll_y == view.max_scroll_y
            await driver.press(first)
            assert view.scroll_y == 0
        await driver.press(*["down"] * 30)
        assert view.scroll_y == view.max_scroll_y, "past the last row that leads somewhere, lines scroll"
        await driver.press(*["up"] * 60)
        assert view.scroll_y == 0


async def test_an_edit_makes_it_stale_and_the_new_plan_answers(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "workloads", "chat", period=2)
        before = why(driver)._answered
        assert before is not None
        states: list[AnswerState] = []
        tell = why(driver)._tell_state

        def watched() -> None:
            tell()
            states.append(why(driver).state)

        why(driver)._tell_state = watched  # type: ignore[method-assign]
        await driver.go("demand")
        await driver.press("right", "right")
        await driver.edit("500")
        await driver.go("why")
        await driver.planned()
        await driver.wait_for(lambda: why(driver).state is AnswerState.WHOLE and why(driver)._answered is not before)
        assert question(driver).period == 2
        assert "Demand 500" in driver.text
        await driver.press("u")
        assert AnswerState.STALE in states
        await driver.planned()
        await answered(driver)
        assert "Demand 400" in driver.text


async def test_a_stale_answer_says_so(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "pools", "aws-h100")
        driver.app.workspace.stop()
        driver.app.workspace._history.apply([])
        shown = driver.app.workspace._asked(99)
        why(driver).show(shown)
        await driver.settle()
        assert "STALE: of the plan before the last change" in driver.text
        assert "capacity of aws-h100" in driver.text, "it stays readable"


async def test_the_same_plan_is_not_asked_again(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "pools", "aws-h100")
        number = why(driver)._answered
        await driver.go("demand")
        await driver.go("why")
        await driver.settle()
        assert why(driver)._answered is number
        assert why(driver).state is AnswerState.WHOLE


async def test_only_the_newest_of_many_questions_is_shown(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "workloads", "chat", period=0)
        for key in ("right", "right", "left", "left", "right"):
            driver.send(key)
        await driver.wait_for(lambda: question(driver).period == 1)
        await answered(driver)
        assert "chat/us in 2026-02" in driver.text


async def test_a_hidden_view_stops_asking_and_asks_again(open_app: OpenApp) -> None:
    async with open_app(view="why") as driver:
        await driver.planned()
        await driver.press("o")
        await driver.go("demand")
        await driver.go("why")
        await answered(driver)
        assert "Commitments" in driver.text


async def test_what_cannot_be_asked_is_told(open_app: OpenApp) -> None:
    async with open_app(view="why") as driver:
        await answered(driver)
        why(driver).ask(("pools", "nowhere"), 0)
        await driver.settle()
        assert driver.told() == [
            "found pools/nowhere, expected a workload, pool, price or contract of the scenario to ask about"
        ]
        why(driver)._turn_to(Question(Subject.POOL, ("aws-h10",), 0))
        await driver.wait_for(lambda: why(driver).state is AnswerState.FAILED)
        assert "not answered" in driver.text
        assert "did you mean 'aws-h100'?" in driver.text


async def test_another_scenario_begins_anew(open_app: OpenApp, tiny: Path) -> None:
    from tui.opening import open_file

    async with open_app(view="why") as driver:
        await asked(driver, "pools", "aws-h100")
        other = tiny.with_name("other.yaml")
        other.write_text(tiny.read_text(encoding="utf-8").replace("name: tiny", "name: other"), encoding="utf-8")
        driver.app.open_workspace(open_file(other))
        await driver.settle()
        assert question(driver) == OVERVIEW
        await answered(driver)
        assert "Commitments" in driver.text


async def test_the_mouse_chooses_a_row_and_asks(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await asked(driver, "workloads", "chat", period=2)
        pilot: Pilot[None] = driver.pilot
        view: AnswerView = driver.one(AnswerView)
        row = next(at for at, line in enumerate(view._laid.lines) if line.stop == 1)
        await pilot.click(AnswerView, offset=(5, row))
        wanted = view.under_cursor
        assert wanted == view._laid.stops[1]
        await pilot.click(AnswerView, offset=(5, row), times=2)
        await answered(driver)
        assert question(driver) == wanted
        await pilot.click(AnswerView, offset=(5, 0))


@pytest.mark.parametrize("size", [SMALL, LARGE, (200, 60)])
@pytest.mark.parametrize("no_color", [False, True])
async def test_every_size_with_and_without_colours(
    open_app: OpenApp, size: tuple[int, int], no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(size=size) as driver:
        await asked(driver, "workloads", "chat", period=2)
        text = driver.text
        assert "› " in text, "the cursor has a sign"
        assert all(len(line) <= size[0] for line in text.splitlines())
        rows = why(driver).table()
        assert rows[1][0] == "Place"
        assert why(driver).cell_text().startswith("aws-h100")
