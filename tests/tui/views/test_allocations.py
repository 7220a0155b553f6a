"""The heat map of allocations: pivots, folding, measures, what stands behind a cell, what moved."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from router.workspace.settings import Settings
from router.workspace.shown import opened
from tests.report.sample_plans import empty_plan, small_plan, small_scenario
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import Driver
from tests.tui.views.sample import asked, lines_with, show_plan, show_small, show_state
from tui.views.allocations import AllocationsView
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.table_panel import TablePanel


def names(driver: Driver) -> list[str]:
    """Names of the grid's rows."""
    assert driver.grid.grid is not None
    return ["  " * row.depth + row.name for row in driver.grid.grid.rows]


def view(driver: Driver) -> AllocationsView:
    """The view in front."""
    assert isinstance(driver.app.view, AllocationsView)
    return driver.app.view


SMALL = [
    "▾ chat",
    "  aws-h100",
    "  oracle-h100",
    "  ! unserved",
    "▾ coders",
    "  aws-cpu",
    "▾ fine-tune",
    "  aws-h100",
    "▾ evaluate",
    "  oracle-h100",
    "▾ distil",
    "  ! unserved",
]


async def test_workloads_and_below_them_their_pools(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        assert names(driver) == SMALL
        assert driver.cursor == (1, 0), "the first row that is no heading"
        assert "[units]" in driver.text
        assert "workload > pool" in driver.text
        assert "shade: part of the workload's demand" in driver.text
        (unserved, *_) = lines_with(driver, "! unserved")
        assert "!" in unserved.split("unserved")[1], "cells of what is left out have a sign"
        assert driver.grid.grid is not None
        assert driver.grid.grid.shades is not None
        assert driver.grid.grid.shades[0].max() == pytest.approx(1.0)


@covers(AllocationsView, "place", "streams", "turn")
async def test_pivots(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        await driver.press("p")
        assert names(driver)[:4] == ["▾ chat", "  aws", "  oracle", "  ! unserved"]
        await driver.press("p")
        assert names(driver)[1] == "  aws/us-east-1"
        await driver.press("p")
        assert names(driver)[1:3] == ["  H100", "  ! unserved"]
        await driver.press("p", "s")
        assert names(driver)[0] == "▾ chat/us"
        await driver.press("s", "o")
        assert names(driver)[:3] == ["▾ aws-h100", "  chat", "  fine-tune"]
        assert "shade: part of the place's capacity" in driver.text
        await driver.press("o")
        assert names(driver) == SMALL


async def test_the_cursor_stays_with_its_workload_when_rows_turn(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        await driver.press(*["down"] * 6)
        assert driver.text.count("fine-tune > aws-h100, 2027-01") == 1
        await driver.press("o")
        assert "aws-h100 > fine-tune, 2027-01" in driver.text


@covers(AllocationsView, "measure")
async def test_what_is_counted(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        units = [driver.value(row, 0) for row in (1, 5)]
        await driver.press("m")
        assert "[instances]" in driver.text
        instances = [driver.value(row, 0) for row in (1, 5)]
        assert instances != units
        assert "!" in lines_with(driver, "! unserved")[0].split("unserved")[1], "told in units still"
        await driver.press("m")
        assert "[accelerators]" in driver.text
        assert driver.value(1, 0) == pytest.approx(8 * instances[0])
        assert "vCPUs" in lines_with(driver, "aws-cpu")[0]
        await driver.press("m")
        assert driver.value(1, 0) == units[0]


@covers(AllocationsView, "fold", "fold_all")
async def test_folding(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        await driver.press("down", "space")
        assert names(driver)[:2] == ["▸ chat", "▾ coders"]
        assert driver.cursor[0] == 0, "on the group that the row is in"
        await driver.press("space")
        assert names(driver) == SMALL
        await driver.press("enter")
        assert names(driver)[0] == "▸ chat", "Enter folds a group"
        await driver.press("z")
        assert names(driver) == ["▸ chat", "▸ coders", "▸ fine-tune", "▸ evaluate", "▸ distil"]
        await driver.press("z")
        assert names(driver) == SMALL


@covers(AllocationsView, "close_detail")
async def test_what_stands_behind_a_cell(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        panel: TablePanel = driver.one(TablePanel)
        assert not panel.display
        await driver.press("enter")
        assert panel.display
        assert panel.border_title == "chat > aws-h100, 2027-01"
        await driver.see("chat/us", "peak", "base", "firm", "Cost", "Instances")
        await driver.press("down", "right")
        await driver.wait_for(lambda: panel.border_title == "chat > oracle-h100, 2027-02")
        await driver.press("escape")
        assert not panel.display
        assert driver.grid.has_focus
        await driver.press("enter")
        assert panel.display
        await driver.press("enter")
        assert not panel.display, "Enter again closes it"


async def test_escape_is_the_grids_where_nothing_is_open(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await driver.press("shift+right")
        assert driver.selection == (1, 0, 1, 1)
        await driver.press("escape")
        assert driver.selection == (1, 1, 1, 1)


async def test_why_nothing_serves_it(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False, size=(80, 24)) as driver:
        await show_small(driver)
        await driver.press("ctrl+end", "home")
        assert driver.grid.grid is not None
        (column,) = driver.grid.grid.alerts[driver.grid.row].nonzero()[0].tolist()
        await driver.press(*["right"] * column, "enter")
        assert driver.one(TablePanel).border_title == f"distil > unserved, 2027-0{column + 1}"
        await driver.see("whole job", "no pool holds a", "Unserved: the cost is what the demand is worth.")


@covers(AllocationsView, "why_here")
async def test_why(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        questions = asked(driver)
        await driver.press("right", "i")
        await driver.press("s", "i", "s", "o", "ctrl+home", "i")
        assert questions == [(("workloads", "chat"), 1), (("workloads", "chat", "us"), 1), (("pools", "aws-h100"), 0)]
        await driver.press("p", "ctrl+home", "i")
        assert len(questions) == 3
        assert driver.told() == ["Ask in the row of a workload or a pool."]


@covers(AllocationsView, "copy")
async def test_copies(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        taken: list[str] = []
        monkeypatch.setattr(driver.app, "copy_to_clipboard", taken.append)
        await driver.press("y", "shift+right", "ctrl+c")
        assert taken == ["240", "240\t260"]
        assert view(driver).cell_text() == "260"
        assert view(driver).table()[0] == ["", "unit", "trend", "2026-01", "2026-02", "2026-03"]
        assert view(driver).table()[2][0] == "  aws-h100"


async def test_finds_workloads_and_pools(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        await show_small(driver)
        await driver.press("z")
        assert view(driver).find(("workloads", "evaluate"))
        assert names(driver)[driver.cursor[0]] == "▸ evaluate"
        assert view(driver).find(("workloads", "chat", "us"))
        assert names(driver)[driver.cursor[0]] == "▸ chat"
        assert view(driver).find(("pools", "oracle-h100"))
        assert names(driver)[driver.cursor[0]] == "▾ oracle-h100"
        for unknown in (("workloads", "none"), ("pools", "none"), ("offers", "1"), ("oracle-ucm",), ()):
            assert not view(driver).find(unknown)


async def test_a_click_on_what_is_counted(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        line: ChoiceLine = driver.one(ChoiceLine)
        at = driver.text.splitlines()[line.region.y].index("accelerators")
        await driver.pilot.click(offset=(at + 1, line.region.y))
        await driver.settle()
        assert "[accelerators]" in driver.text


async def test_what_moved_is_marked_for_a_moment(open_app: OpenApp) -> None:
    # Long enough for a loaded machine to look twice before it is over.
    settings = Settings(highlight_seconds=1.5)
    async with open_app(view="allocations", plans=False, settings=settings) as driver:
        scenario, plan = small_scenario(), small_plan()
        await show_plan(driver, plan, scenario)
        assert "»" not in driver.text, "the first plan moved nothing"
        moved = plan.model_copy(
            update={
                "serving": [
                    each.model_copy(update={"quantity": each.quantity * 0.5}) if each.pool == "aws-cpu" else each
                    for each in plan.serving
                ]
            }
        )
        state = replace(opened(scenario, moved, time.monotonic()), before_plan=plan)
        await show_state(driver, state)
        assert "»" in lines_with(driver, "aws-cpu")[0]
        assert "»" not in lines_with(driver, "oracle-h100")[0]
        await driver.press("o")
        assert "»" in driver.text, "the other way round too"
        await driver.press("o")
        await driver.wait_for(lambda: "»" not in driver.text)
        await show_state(driver, state)
        assert "»" not in driver.text, "the same plan again moved nothing"


async def test_nothing_is_marked_where_nobody_wants_it(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False, settings=Settings(highlight_seconds=0)) as driver:
        await show_small(driver)
        state = replace(opened(small_scenario(), empty_plan(), time.monotonic()), before_plan=small_plan())
        await show_state(driver, state)
        assert "»" not in driver.text


async def test_an_edit_leaves_the_old_plan_in_italics_until_the_new_one_is_here(open_app: OpenApp) -> None:
    async with open_app(view="allocations") as driver:
        await driver.planned()
        await driver.go("demand")
        await driver.edit("1000")
        await driver.go("allocations")
        await driver.planned()
        await driver.see("! unserved")
        assert not driver.grid._stale


async def test_stale(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False) as driver:
        shown = driver.app.workspace.shown
        await show_state(driver, replace(shown, version=shown.version + 1))
        strip = driver.grid.render_line(2)
        assert any(segment.style is not None and segment.style.italic for segment in strip)


async def test_no_plan_yet_and_a_plan_of_nothing(open_app: OpenApp) -> None:
    async with open_app(view="allocations", plans=False, size=(80, 24)) as driver:
        await show_plan(driver, None, small_scenario())
        assert "No plan yet" in driver.text
        await driver.press("p", "s", "o", "m", "z", "space", "enter", "i", "y", "down")
        assert view(driver).table() == []
        assert view(driver).cell_text() == ""
        assert not view(driver).find(("workloads", "chat"))
        await show_plan(driver, empty_plan(), small_scenario())
        assert "No plan yet" not in driver.text
        assert names(driver), "workloads are named where nothing serves them"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 12), (20, 8)])
async def test_any_size(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(view="allocations", plans=False, size=size) as driver:
        await show_small(driver)
        await driver.press("enter", "down", "o", "m")
        driver.fail_with_the_app()
