"""Cells are edited as in a spreadsheet, and the plan follows."""

from __future__ import annotations

import pytest
from textual import events

from router.scenario.workload import Inference, Training
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import Driver
from tui.grid.edit_bar import EditBar
from tui.views.demand import DemandView
from tui.views.editing import EditingView

CENT = 0.005
CHAT, JOB = 1, 3
"""Rows of tiny's demand."""


def demand_of(driver: Driver) -> list[float]:
    """What the scenario has for chat, month by month."""
    chat = driver.scenario.workloads["chat"]
    assert isinstance(chat, Inference)
    assert driver.grid.grid is not None
    assert chat.streams["us"].demand is not None
    return [float(value) for value in driver.grid.grid.values[CHAT]]


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("5000", 5000),
        ("=300", 300),
        ("1.2 k", 1200),
        ("+60", 300),
        ("-40", 200),
        ("*1.2", 288),
        ("*50%", 120),
        ("+20%", 288),
        ("-5%", 228),
        ("+", 260),
        ("--", 200),
        (".5", 0.5),
    ],
)
async def test_what_can_be_typed(open_app: OpenApp, typed: str, after: float) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit(typed)
        assert demand_of(driver) == [pytest.approx(after), 320, 400]
        assert driver.cursor == (CHAT + 1, 0)
        assert len(driver.app.workspace.changes) == 1
        assert "1 unsaved change" in driver.text


async def test_the_preview_says_what_would_change(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.type("*2")
        assert "chat/us, 2026-01 = *2" in driver.text
        assert "480" in driver.text
        assert not driver.app.workspace.changes, "nothing is changed before Enter"


@pytest.mark.parametrize("typed", ["5x", "+", "1e999", "5 5", "20%", "--+", "="])
async def test_what_is_no_entry_is_told_and_not_applied(open_app: OpenApp, typed: str) -> None:
    async with open_app(plans=False) as driver:
        if typed == "+":
            await driver.press("down", "down")
            await driver.type("+q")
        else:
            await driver.type(typed)
        assert "✗" in driver.text
        assert "expected" in driver.text
        await driver.press("enter")
        assert driver.one(EditBar).is_editing, "it stays open so that it can be mended"
        assert not driver.app.workspace.changes
        await driver.press("escape")
        assert not driver.one(EditBar).is_editing


async def test_what_the_scenario_refuses_is_told(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("-500")
        assert not driver.app.workspace.changes
        assert any("-260" in told for told in driver.told()), driver.told()
        assert demand_of(driver) == [240, 320, 400]


@covers(EditBar, "leave", "confirm(1, 0)", "confirm(0, 1)", "confirm(0, -1)")
async def test_keys_of_the_edit_bar(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.type("250")
        await driver.press("tab")
        assert driver.cursor == (CHAT, 1)
        await driver.type("330")
        await driver.press("shift+tab")
        assert driver.cursor == (CHAT, 0)
        await driver.type("9")
        await driver.press("escape")
        assert driver.cursor == (CHAT, 0)
        assert demand_of(driver) == [250, 330, 400]
        await driver.edit("260")
        assert driver.cursor == (CHAT + 1, 0)
        assert demand_of(driver) == [260, 330, 400]


async def test_keys_typed_faster_than_they_are_worked_off(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for key in ["right", *"250", "enter", "up", "right", *"+20%", "enter", "up", "home", *"*2", "enter"]:
            driver.send(key)
        await driver.wait_for(lambda: len(driver.app.workspace.changes) == 3)
        assert demand_of(driver) == [480, 250, pytest.approx(480)]


async def test_keys_typed_in_bursts(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for number in range(100, 120):
            driver.send("1")
            await driver.settle()
            for key in [*str(number)[1:], "enter", "up"]:
                driver.send(key)
            await driver.settle()
            assert demand_of(driver) == [number, 320, 400], "Enter does not come before the digits typed before it"
            assert driver.cursor == (CHAT, 0)


async def test_a_selection_is_edited_as_one_change(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("right", "shift+right")
        await driver.edit("*1.5")
        assert demand_of(driver) == [240, 480, 600]
        assert len(driver.app.workspace.changes) == 1


@covers(EditingView, "fill_right")
async def test_fill_right(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("f")
        assert demand_of(driver) == [240, 240, 240]
        await driver.press("u", "right", "ctrl+r")
        assert demand_of(driver) == [240, 320, 320]
        await driver.press("u", "home", "shift+right", "f")
        assert demand_of(driver) == [240, 240, 400]
        await driver.press("end", "f")
        assert any("last column" in told for told in driver.told())


@covers(EditingView, "copy", "paste")
async def test_copy_and_paste(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("shift+right", "y")
        assert driver.app.clipboard == "240\t320"
        await driver.press("escape", "v")
        assert demand_of(driver) == [240, 240, 320]
        await driver.press("u", "home", "ctrl+c")
        assert driver.app.clipboard == "240"
        await driver.press("V", "ctrl+v")
        assert demand_of(driver) == [240, 240, 240]


@pytest.mark.parametrize(
    ("text", "after"),
    [("1\t2\t3", [1, 2, 3]), ("7\n", [7, 320, 400]), ("1 k\t\t3", [1000, 320, 3]), ("1;2", [1, 2, 400])],
)
async def test_the_terminal_pastes(open_app: OpenApp, text: str, after: list[float]) -> None:
    async with open_app(plans=False) as driver:
        driver.app.post_message(events.Paste(text))
        await driver.settle()
        assert demand_of(driver) == after
        assert len(driver.app.workspace.changes) == 1


@pytest.mark.parametrize("text", ["", "a\tb", "1\t2\t3\t4", "1\n2\n3\n4\n5", "\t\t"])
async def test_what_cannot_be_pasted_is_told(open_app: OpenApp, text: str) -> None:
    async with open_app(plans=False) as driver:
        driver.app.post_message(events.Paste(text))
        await driver.settle()
        assert demand_of(driver) == [240, 320, 400]
        assert any("expected" in told for told in driver.told()), driver.told()


@covers(DemandView, "shift('deadline', 1)", "shift('deadline', -1)", "shift('start', 1)", "shift('start', -1)")
async def test_deadlines_and_starts_are_shifted(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:

        def dates() -> tuple[str, str]:
            job = driver.scenario.workloads["fine-tune"]
            assert isinstance(job, Training)
            return str(job.earliest_start), str(job.deadline)

        await driver.press("greater_than_sign")
        assert any("deadline" in told for told in driver.told()), "chat has none"
        assert dates() == ("2026-01-01", "2026-03-31")
        await driver.press("down", "down", ">")
        assert dates() == ("2026-01-01", "2026-04-30")
        await driver.press("<", "<")
        assert dates() == ("2026-01-01", "2026-02-28")
        await driver.press("u", ")")
        assert dates() == ("2026-02-01", "2026-03-30")
        await driver.press("(")
        assert dates() == ("2026-01-01", "2026-03-30")
        await driver.press("u", "u", "u", "u")
        assert dates() == ("2026-01-01", "2026-03-31")


async def test_a_plan_is_stale_until_the_next_one_is_there(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        assert "STALE" not in driver.line
        before = driver.cost_usd
        await driver.edit("480")
        assert "STALE" in driver.line, "without an engine no plan comes"
        assert driver.cost_usd == before, "the old plan stays readable"


async def test_the_cost_follows_an_edit_and_undo_gives_it_back(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.planned()
        before, line = driver.cost_usd, driver.line
        await driver.edit("480")
        await driver.planned()
        assert driver.cost_usd > before + 1000
        assert "STALE" not in driver.line
        assert "+$" in driver.line
        assert driver.line != line
        await driver.see("What the last change moved")
        await driver.press("u")
        await driver.planned()
        assert driver.cost_usd == pytest.approx(before, abs=CENT)
        assert "as saved" in driver.line
        assert "unsaved" not in driver.text
        await driver.press("U")
        await driver.planned()
        assert driver.cost_usd > before + 1000


@pytest.mark.parametrize("view", ["capacity", "prices"])
async def test_other_grids_are_edited_alike(open_app: OpenApp, view: str) -> None:
    async with open_app(view=view) as driver:
        await driver.planned()
        before = driver.cost_usd
        await driver.press("V")
        await driver.edit("*1.5" if view == "prices" else "1")
        await driver.planned()
        assert driver.cost_usd > before
        await driver.press("u")
        await driver.planned()
        assert driver.cost_usd == pytest.approx(before, abs=CENT)


async def test_edits_before_the_engine_is_there_are_planned(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.edit("480")
        assert demand_of(driver)[0] == 480
        await driver.planned()
        assert "STALE" not in driver.line
        assert "+$" in driver.line
