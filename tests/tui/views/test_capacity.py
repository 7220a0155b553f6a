"""Capacity: the numbers that are edited, and the heat maps of what the plan makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.sample_plans import small_plan, small_scenario
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import Driver
from tests.tui.views.sample import asked, lines_with, show_plan, show_small, show_state
from tui.grid.edit_bar import EditBar
from tui.views.capacity import CapacityView
from tui.widgets.choice_line import ChoiceLine


def view(driver: Driver) -> CapacityView:
    """The view in front."""
    assert isinstance(driver.app.view, CapacityView)
    return driver.app.view


def cells(driver: Driver, pool: str) -> list[str]:
    """What a pool's cells say."""
    grid = driver.grid.grid
    assert grid is not None
    row = grid.row_at(("pools", pool))
    assert row is not None
    return [grid.text(row, column) for column in range(len(grid.columns))]


@covers(CapacityView, "mode")
async def test_heat_maps_in_turn(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        assert "[edit]" in driver.text
        assert cells(driver, "oracle-h100") == ["4", "4", "8"]
        await driver.press("m")
        assert "[share]" in driver.text
        assert cells(driver, "oracle-h100") == ["25 %", "full", "50 %"]
        assert driver.grid.grid is not None
        assert driver.grid.grid.shades is not None
        assert driver.grid.grid.shades.max() == pytest.approx(1.0)
        assert "full!" in lines_with(driver, "aws-h100")[0], "not by colour alone"
        await driver.press("m")
        assert "[used]" in driver.text
        assert cells(driver, "oracle-h100") == ["1", "4", "4"]
        await driver.press("m")
        assert "[spot]" in driver.text
        assert cells(driver, "oracle-h100") == ["", "", ""]
        await driver.press("m")
        assert "[added]" in driver.text
        assert cells(driver, "oracle-h100") == ["", "", "+4"]
        await driver.press("m")
        assert "[worth]" in driver.text
        assert "as soon as the plan was solved here" in driver.text
        await driver.press("m")
        assert "[edit]" in driver.text
        assert cells(driver, "oracle-h100") == ["4", "4", "8"]


async def test_worth_is_known_of_a_plan_that_was_solved_here(open_app: OpenApp) -> None:
    async with open_app(view="capacity") as driver:
        await driver.planned()
        await driver.press(*"mmmmm")
        assert "what one more instance for the period would save" in driver.text
        assert all(text.startswith("$") for text in cells(driver, "aws-h100"))
        assert "one more instance is worth $" in driver.text


async def test_full_pools_are_alerted_where_they_are_edited(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        grid = driver.grid.grid
        assert grid is not None
        assert grid.alerts[grid.row_at(("pools", "oracle-h100"))].tolist() == [False, True, False]
        text = " ".join(driver.text.split())
        assert (
            "capacity of aws-h100, 2026-01: 6 instances ! full in the plan in the plan: 6 of 6 instances (full)" in text
        )


async def test_the_sentence_about_a_cell(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await driver.press("m", "down", "down", "right", "right")
        assert "oracle-h100, 2026-03: 4 of 8 instances (50 %); +4 since the period before" in driver.text
        await driver.press("shift+left")
        assert "2 cells" in driver.text


async def test_the_cursor_stays_on_its_pool(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await show_small(driver)
        assert view(driver).find(("pools", "oracle-h100"))
        for _ in range(6):
            await driver.press("m")
            assert driver.grid.grid is not None
            assert driver.grid.grid.rows[driver.grid.row].key == ("pools", "oracle-h100")


async def test_typing_over_a_heat_map_edits_the_capacity_behind_it(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await driver.press("m", "down", "down", "right")
        await driver.type("+2")
        assert "[edit]" in driver.text
        assert driver.one(EditBar).is_editing
        assert "capacity of oracle-h100, 2026-02 = " in driver.text
        await driver.press("enter")
        assert "[share]" in driver.text, "back where it began"
        assert driver.grid.has_focus
        await driver.press("m", "m", "m", "m", "m")
        assert cells(driver, "oracle-h100") == ["4", "6", "8"]


async def test_leaving_an_edit_over_a_heat_map_changes_nothing(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        before = driver.scenario
        await driver.press("m", "m", "enter")
        assert driver.one(EditBar).is_editing
        assert "capacity of aws-h100, 2026-01 = " in driver.text
        await driver.press("escape")
        assert "[used]" in driver.text
        assert driver.scenario is before
        await driver.press("f2", "escape")
        assert "[used]" in driver.text


async def test_keys_typed_at_once_over_a_heat_map_keep_their_order(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await driver.press("m")
        for key in "123":
            driver.send(key)
        driver.send("enter")
        await driver.settle()
        await driver.press(*"mmmmm")
        assert cells(driver, "aws-h100")[0] == "123"


async def test_what_cannot_be_edited_over_a_heat_map_says_so(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        before = driver.scenario
        await driver.press("m", "up", "5")
        assert "A provider's row is a sum" in driver.told()[-1]
        await driver.press("down", "shift+down", "5")
        assert "cells of one pool at a time" in driver.told()[-1]
        await driver.press("escape", "f")
        assert "These are the plan's numbers" in driver.told()[-1]
        count = len(driver.told())
        view(driver)._paste("7")
        await driver.settle()
        assert len(driver.told()) == count + 1
        assert "[share]" in driver.text
        assert driver.scenario is before


async def test_a_pool_that_is_gone(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        scenario = small_scenario()
        without = scenario.model_copy(update={"pools": {"aws-cpu": scenario.pools["aws-cpu"]}})
        await show_plan(driver, small_plan(), scenario)
        await driver.press("m")
        shown = replace(driver.app.workspace.shown, scenario=without, version=1)
        await show_state(driver, shown)
        await driver.press("5")
        assert "no such pool or period" in driver.told()[-1]
        assert "[share]" in driver.text
        assert not driver.one(EditBar).is_editing


async def test_no_plan_yet(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False, size=(80, 24)) as driver:
        await show_plan(driver, None, small_scenario())
        assert "aws-h100" in driver.text
        await driver.press("m")
        assert "No plan yet" in driver.text
        await driver.press("down", "5", "enter", "i", "y", "f")
        await driver.press(*"mmmmm")
        assert "[edit]" in driver.text
        assert "aws-h100" in driver.text


async def test_one_pool(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        scenario = small_scenario()
        one = scenario.model_copy(update={"pools": {"aws-cpu": scenario.pools["aws-cpu"]}})
        await show_plan(driver, small_plan(), one)
        await driver.press("m")
        assert [row.name for row in driver.grid.grid.rows] == ["aws", "aws-cpu"]  # type: ignore[union-attr]
        assert any("vCPUs" in line for line in lines_with(driver, "aws"))


async def test_why_of_a_cell_of_a_heat_map(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        questions = asked(driver)
        await driver.press("m", "right", "i")
        assert questions == [(("pools", "aws-h100"), 1)]


async def test_a_click_on_a_reading(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        line: ChoiceLine = driver.one(ChoiceLine)
        at = driver.text.splitlines()[line.region.y].index("added")
        await driver.pilot.click(offset=(at + 1, line.region.y))
        await driver.settle()
        assert "[added]" in driver.text


async def test_edits_are_marked_in_the_numbers_only(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await driver.press("down", "down", "right", "right")
        await driver.edit("9")
        assert "•" in lines_with(driver, "oracle-h100")[0]
        await driver.press("m")
        assert "•" not in lines_with(driver, "oracle-h100")[0]
        assert any(each.style is not None and each.style.italic for each in driver.grid.render_line(2)), "stale"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 12), (20, 8)])
async def test_any_size(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(view="capacity", plans=False, size=size) as driver:
        for _ in range(6):
            await driver.press("m", "end")
        driver.fail_with_the_app()


@covers(CapacityView, "slip(1)", "slip(-1)")
async def test_a_delivery_slips_and_comes_back(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        driver.app.view.find(("pools", "oracle-h100"), 2)  # type: ignore[union-attr]
        await driver.settle()
        before = driver.scenario
        await driver.press("greater_than_sign")
        capacity = driver.scenario.pools["oracle-h100"].capacity
        assert isinstance(capacity, dict)
        assert max(capacity).isoformat() == "2026-04-01"
        await driver.press("u")
        assert driver.scenario == before
        await driver.press("less_than_sign")
        capacity = driver.scenario.pools["oracle-h100"].capacity
        assert isinstance(capacity, dict)
        assert max(capacity).isoformat() == "2026-02-01"
