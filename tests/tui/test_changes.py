"""The list of changes: each can be taken back alone."""

from __future__ import annotations

from textual.widgets import OptionList

from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tui.views.changes import ChangesView


@covers(ChangesView, "take_back")
async def test_one_change_is_taken_back_alone(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for key in ("delete", "backspace", "t"):
            saved = driver.scenario
            await driver.press("home", "up", "up", "down")
            await driver.edit("111")
            await driver.press("up", "right")
            await driver.edit("222")
            await driver.go("changes")
            options = driver.one(OptionList)
            assert options.option_count == 2
            assert "111" in driver.text
            await driver.press("home", key)
            assert options.option_count == 1
            await driver.go("demand")
            assert [driver.value(1, at) for at in range(3)] == [240, 222, 400]
            await driver.press("u")
            assert [driver.value(1, at) for at in range(3)] == [111, 222, 400]
            await driver.press("u", "u")
            assert driver.scenario == saved


async def test_what_a_later_change_needs_stays(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("1000")
        await driver.press("up")
        await driver.edit("-900")
        await driver.go("changes")
        await driver.press("up", "delete")
        assert len(driver.app.workspace.changes) == 2
        assert any("change 2" in told for told in driver.told()), driver.told()


async def test_an_empty_list(open_app: OpenApp) -> None:
    async with open_app(plans=False, view="changes") as driver:
        assert "Nothing was changed" in driver.text
        await driver.press("delete")
        assert "Nothing to take back." in driver.told()
