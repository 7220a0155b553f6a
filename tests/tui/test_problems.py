"""The dialog with the mistakes of a scenario file."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll

from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import LARGE, SMALL, Driver
from tui.dialogs.problems import ProblemsDialog


def broken(count: int) -> ScenarioError:
    return ScenarioError(
        Problem(Position("broken.yaml", line, 3), f"pools.pool-{line}.capacity", "text '[x'", "a number of at least 0")
        for line in range(1, count + 1)
    )


async def opened(driver: Driver, error: ScenarioError) -> None:
    driver.app.push_screen(ProblemsDialog(error))
    await driver.dialog(ProblemsDialog)
    await driver.settle()


@pytest.mark.parametrize("size", [LARGE, SMALL])
async def test_every_mistake_can_be_scrolled_to(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(plans=False, size=size) as driver:
        await opened(driver, broken(60))
        assert "broken.yaml: 60 mistakes" in driver.text
        assert "1:3: pools.pool-1.capacity: found text '[x', expected a number of" in driver.text
        assert "pool-60" not in driver.text
        lines = driver.one(VerticalScroll, "#problems-lines")
        await driver.press("end")
        await driver.wait_for(lambda: lines.scroll_y == lines.max_scroll_y > 0)
        assert "pools.pool-60.capacity" in driver.text
        assert "broken.yaml: 60 mistakes" in driver.text


@covers(ProblemsDialog, "dismiss(None)")
async def test_escape_enter_and_q_close_it(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for key in ("escape", "enter", "q"):
            await opened(driver, broken(2))
            await driver.press(key)
            await driver.no_dialog()
        assert driver.app.is_running


@covers(ProblemsDialog, "copy")
async def test_all_lines_are_copied(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        error = broken(60)
        await opened(driver, error)
        await driver.press("y")
        assert driver.app.clipboard == str(error)
        assert driver.app.clipboard.count("broken.yaml:") == 60
        assert "Copied." in driver.told()
