"""Every key of the grid: moving, selecting, opening."""

from __future__ import annotations

from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tui.grid.edit_bar import EditBar
from tui.grid.grid_view import GridView

# Rows of tiny's demand: 0 heading Inference, 1 chat, 2 heading Training, 3 fine-tune; three columns of months.
LAST_ROW, LAST_COLUMN = 3, 2


@covers(GridView, "move(-1, 0)", "move(1, 0)", "move(0, -1)", "move(0, 1)")
async def test_arrows_and_letters_move_the_cursor(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        assert driver.cursor == (1, 0), "it begins where something can be edited"
        for down, up, right, left in (("down", "up", "right", "left"), ("j", "k", "l", "h")):
            await driver.press(down, right, right)
            assert driver.cursor == (2, 2)
            await driver.press(left)
            assert driver.cursor == (2, 1)
            await driver.press(up, left)
            assert driver.cursor == (1, 0)


async def test_the_cursor_stays_in_the_grid(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("up", "up", "left")
        assert driver.cursor == (0, 0)
        await driver.press(*["down"] * 9, *["right"] * 9)
        assert driver.cursor == (LAST_ROW, LAST_COLUMN)


@covers(GridView, "edge(0, -1)", "edge(0, 1)", "edge(-1, -1)", "edge(1, 1)")
async def test_home_and_end(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("end")
        assert driver.cursor == (1, LAST_COLUMN)
        await driver.press("home")
        assert driver.cursor == (1, 0)
        await driver.press("ctrl+end")
        assert driver.cursor == (LAST_ROW, LAST_COLUMN)
        await driver.press("ctrl+home")
        assert driver.cursor == (0, 0)


@covers(GridView, "page(-1)", "page(1)")
async def test_pages(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("right", "pagedown")
        assert driver.cursor == (LAST_ROW, 1)
        await driver.press("pageup")
        assert driver.cursor == (0, 1)


@covers(GridView, "extend(-1, 0)", "extend(1, 0)", "extend(0, -1)", "extend(0, 1)")
async def test_shift_selects_from_where_it_began(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for down, up, right, left in (("shift+down", "shift+up", "shift+right", "shift+left"), tuple("JKLH")):
            await driver.press("ctrl+home", "down", right, right, down)
            assert driver.selection == (1, 0, 2, 2)
            assert "6 cells" in driver.text
            await driver.press(left, up)
            assert driver.selection == (1, 0, 1, 1)
            await driver.press("left")
            assert driver.selection == (1, 0, 1, 0)


@covers(GridView, "extend_edge(-1)", "extend_edge(1)", "select_row", "select_all", "clear_selection")
async def test_whole_rows_and_everything(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("right", "shift+end")
        assert driver.selection == (1, 1, 1, 2)
        await driver.press("escape")
        assert driver.selection == (1, 2, 1, 2)
        await driver.press("shift+home")
        assert driver.selection == (1, 0, 1, 2)
        await driver.press("escape", "V")
        assert driver.selection == (1, 0, 1, 2)
        await driver.press("ctrl+a")
        assert driver.selection == (0, 0, LAST_ROW, LAST_COLUMN)
        await driver.press("escape")
        assert driver.selection == (LAST_ROW, LAST_COLUMN, LAST_ROW, LAST_COLUMN)


@covers(GridView, "open")
async def test_enter_and_f2_edit_what_is_there(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        bar = driver.one(EditBar)
        for key in ("enter", "f2"):
            await driver.press(key)
            assert bar.is_editing
            assert "chat/us, 2026-01 = 240" in driver.text
            await driver.press("escape")
            assert not bar.is_editing
        await driver.press("up", "enter")
        assert not bar.is_editing, "a heading cannot be edited"
