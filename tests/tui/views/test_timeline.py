"""The Gantt chart of training runs: cursor, time, deadlines, what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from router.scenario.workload import Training
from router.view.timeline_window import TimelineWindow
from tests.report.sample_plans import empty_plan, small_plan, small_scenario
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import Driver
from tests.tui.views.sample import asked, lines_with, show_plan, show_small, show_state
from tui.charts.gantt import Gantt
from tui.views.capacity import CapacityView
from tui.views.demand import DemandView
from tui.views.timeline import TimelineView


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimelineView, "today", date(2027, 2, 1))


def view(driver: Driver) -> TimelineView:
    """The view in front."""
    assert isinstance(driver.app.view, TimelineView)
    return driver.app.view


def chart(driver: Driver) -> Gantt:
    """Its chart."""
    return driver.one(Gantt)


def window(driver: Driver) -> TimelineWindow:
    """The part of the horizon that is shown."""
    found = chart(driver).window
    assert found is not None
    return found


def chosen(driver: Driver) -> str:
    """The row under the cursor."""
    row = chart(driver).chosen
    assert row is not None
    return row.label


def job(driver: Driver) -> Training:
    """The job of the tiny scenario as edited."""
    found = driver.scenario.workloads["fine-tune"]
    assert isinstance(found, Training)
    return found


async def test_runs_under_their_pools(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        (line,) = lines_with(driver, "  fine-tune")
        assert "█" in line
        assert "◆" in line
        assert line.index("█") < line.index("◆")
        (line,) = lines_with(driver, "  evaluate")
        assert "▒" in line, "on spot"
        (line,) = lines_with(driver, "! distil")
        assert "unserved: no pool holds a gang of 512" in line
        head = driver.text.splitlines()[4:6]
        assert "2027" in head[0]
        assert "01" in head[1]
        assert "▼" in head[1]
        assert all("│" in line for line in lines_with(driver, "oracle-h100")), "today"


async def test_no_sign_of_today_outside_the_horizon(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimelineView, "today", date(2031, 1, 1))
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        assert "▼" not in driver.text


@covers(Gantt, "move(-1)", "move(1)", "page(-1)", "page(1)", "edge(-1)", "edge(1)")
async def test_the_cursor_goes_over_rows(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        assert chosen(driver) == "aws-h100"
        assert "aws-h100: 1 run; they hold up to 40 % of its instances" in driver.text
        await driver.press("down")
        assert "fine-tune: aws-h100 on firm; 2027-01-01 to 2027-02-14 (44 days)" in driver.text
        assert "6 days before the deadline 2027-02-20" in " ".join(driver.text.split())
        await driver.press("j", "k", "up")
        assert chosen(driver) == "aws-h100"
        await driver.press("pagedown")
        assert chosen(driver) == "distil"
        await driver.press("pageup")
        assert chosen(driver) == "aws-h100"
        await driver.press("ctrl+end")
        assert chosen(driver) == "distil"
        await driver.press("down")
        assert chosen(driver) == "distil"
        await driver.press("ctrl+home")
        assert chosen(driver) == "aws-h100"


@covers(Gantt, "zoom(1)", "zoom(-1)", "scroll_time(-1)", "scroll_time(1)", "time_edge(-1)", "time_edge(1)")
async def test_zooming_and_scrolling(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        whole = window(driver)
        assert whole.is_whole
        await driver.press("plus", "equals_sign")
        assert window(driver).days == whole.days // 4
        await driver.press("end")
        assert window(driver).end == date(2027, 5, 1)
        for key in ("left", "h"):
            before = window(driver)
            await driver.press(key)
            assert window(driver).start < before.start
        for key in ("right", "l"):
            before = window(driver)
            await driver.press(key)
            assert window(driver).start > before.start
        await driver.press("home")
        assert window(driver).start == date(2027, 1, 1)
        await driver.press("minus", "minus")
        assert window(driver) == whole


async def test_time_follows_the_cursor(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        await driver.press("plus", "plus", "plus", "home", "down", "down", "down")
        row = chart(driver).chosen
        assert row is not None
        assert row.start is not None
        assert chosen(driver) == "evaluate"
        assert window(driver).start <= row.start < window(driver).end


@covers(TimelineView, "group")
async def test_by_job(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        await driver.press("down", "down", "down")
        assert chosen(driver) == "evaluate"
        await driver.press("o")
        assert "[by job]" in driver.text
        assert [row.label for row in chart(driver).found.rows] == ["fine-tune", "evaluate", "distil"]  # type: ignore[union-attr]
        assert chosen(driver) == "evaluate", "the cursor stays with its job"
        await driver.press("o")
        assert "[by pool]" in driver.text
        assert chosen(driver) == "evaluate"


@covers(TimelineView, "shift('deadline', 1)", "shift('deadline', -1)", "shift('start', 1)", "shift('start', -1)")
async def test_deadlines_and_starts_move_by_a_period(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await driver.press("down")
        await driver.press("greater_than_sign")
        assert job(driver).deadline == date(2026, 4, 30), "a month later, the last day as before"
        assert "before the deadline 2026-04-30" in " ".join(driver.text.split()), "seen before the plan is made anew"
        await driver.press("less_than_sign", "less_than_sign")
        assert job(driver).deadline == date(2026, 2, 28)
        await driver.press("right_parenthesis")
        assert job(driver).earliest_start == date(2026, 2, 1)
        await driver.press("left_parenthesis")
        assert job(driver).earliest_start == date(2026, 1, 1)
        await driver.press(*"uuuuu")
        assert job(driver).deadline == date(2026, 3, 31)


async def test_a_date_is_shifted_where_the_cursor_is_on_a_job_only(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await driver.press("greater_than_sign")
        assert job(driver).deadline == date(2026, 3, 31)
        assert "a row with a deadline" in " ".join(driver.told())


async def test_a_new_plan_follows(open_app: OpenApp) -> None:
    async with open_app(view="timeline") as driver:
        await driver.planned()
        await driver.press("down", "less_than_sign")
        await driver.planned()
        row = chart(driver).chosen
        assert row is not None
        assert row.deadline == date(2026, 2, 28)
        assert row.end is None or row.end <= date(2026, 2, 28)


@covers(Gantt, "open")
async def test_enter_goes_where_it_is_edited(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await driver.press("down", "enter")
        assert isinstance(driver.app.view, DemandView)
        assert driver.grid.grid is not None
        assert driver.grid.grid.rows[driver.grid.row].key == ("workloads", "fine-tune")
        await driver.go("timeline")
        await driver.press("up", "enter")
        assert isinstance(driver.app.view, CapacityView)
        assert driver.grid.grid is not None
        assert driver.grid.grid.rows[driver.grid.row].key == ("pools", "aws-h100")


@covers(TimelineView, "why_here")
async def test_why(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        questions = asked(driver)
        await driver.press("i", "down", "i", "down", "down", "i", "down", "i")
        assert questions == [
            (("pools", "aws-h100"), 0),
            (("workloads", "fine-tune"), 0),
            (("workloads", "evaluate"), 2),
        ]
        assert driver.told() == ["Ask in the row of a job or a pool."]
        await driver.press("down", "i")
        assert questions[-1] == (("workloads", "distil"), 0)


async def test_the_mouse(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        await driver.pilot.click(Gantt, offset=(40, 5))
        await driver.settle()
        assert chosen(driver) == "evaluate"
        await driver.pilot.click(Gantt, offset=(40, 1))
        await driver.pilot.click(Gantt, offset=(40, 20))
        assert chosen(driver) == "evaluate", "neither the head nor what is below the rows"
        await driver.pilot.click(Gantt, offset=(3, 3), times=2)
        await driver.wait_for(lambda: isinstance(driver.app.view, DemandView))


async def test_finds_jobs_and_pools(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        await show_small(driver)
        assert view(driver).find(("workloads", "distil"))
        assert chosen(driver) == "distil"
        assert view(driver).find(("pools", "oracle-h100"))
        assert chosen(driver) == "oracle-h100"
        for unknown in (("workloads", "chat"), ("pools", "none"), ("contract",), ()):
            assert not view(driver).find(unknown)
        assert view(driver).cell_text().startswith("oracle-h100: 1 run")
        table = view(driver).table()
        assert table[1][:6] == ["fine-tune", "aws-h100", "2027-01-01", "2027-02-20", "2027-01-01", "2027-02-14"]
        assert table[3][0] == "distil"
        assert table[3][-1].startswith("no pool holds a gang")


async def test_stale_runs_are_in_italics(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        shown = driver.app.workspace.shown
        await show_state(driver, replace(shown, version=shown.version + 1))
        assert any(each.style is not None and each.style.italic for each in chart(driver).render_line(3))


async def test_nothing_to_draw(open_app: OpenApp) -> None:
    keys = ["down", "plus", "right", "end", "o", "i", "enter", "greater_than_sign", "ctrl+end", "pagedown"]
    async with open_app(view="timeline", plans=False, size=(80, 24)) as driver:
        await show_plan(driver, None, small_scenario())
        assert "No plan yet" in driver.text
        await driver.press(*keys)
        await show_plan(driver, empty_plan(), small_scenario())
        assert "The plan has no training runs." in driver.text
        await driver.press(*keys)
        without = small_scenario().model_copy(update={"workloads": {"chat": small_scenario().workloads["chat"]}})
        await show_plan(driver, empty_plan(), without)
        assert "The scenario has no training jobs." in driver.text
        assert view(driver).table() == []
        assert view(driver).cell_text() == ""
        await show_plan(driver, small_plan(), small_scenario())
        assert "fine-tune" in driver.text


async def test_a_job_taken_out_of_the_scenario_is_drawn_until_the_plan_is_new(open_app: OpenApp) -> None:
    async with open_app(view="timeline", plans=False) as driver:
        without = small_scenario().model_copy(
            update={
                "workloads": {"chat": small_scenario().workloads["chat"]},
                "pools": {"aws-cpu": small_scenario().pools["aws-cpu"]},
            }
        )
        await show_plan(driver, small_plan(), without)
        assert "fine-tune" in driver.text
        await driver.press("down", "greater_than_sign")
        assert "a row with a deadline" in " ".join(driver.told())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 12), (20, 8)])
async def test_any_size(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(view="timeline", plans=False, size=size) as driver:
        await show_small(driver)
        await driver.press("plus", "plus", "ctrl+end", "o", "end")
        driver.fail_with_the_app()
        assert ("slack" in driver.text) == (size[0] >= 100)
