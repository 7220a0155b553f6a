"""The mouse, colours and their absence, resizing, settings with mistakes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from router.workspace.settings import Settings, load_settings
from tests.tui.conftest import OpenApp
from tests.tui.driving import Driver
from tui.grid.edit_bar import EditBar
from tui.grid.grid_view import GridView


def place(driver: Driver, row: str, column: int) -> tuple[int, int]:
    """Where a cell stands in the grid's widget."""
    lines = driver.text.splitlines()
    top = driver.grid.region.y
    y = next(at for at, line in enumerate(lines) if at > top and line.startswith(row)) - top
    label = f"2026-0{column + 1}"
    return lines[top].index(label) + 3, y


async def test_a_click_moves_the_cursor_and_a_double_click_edits(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.pilot.click(GridView, offset=place(driver, "fine-tune", 2))
        await driver.settle()
        assert driver.cursor == (3, 2)
        await driver.pilot.double_click(GridView, offset=place(driver, "chat", 1))
        await driver.settle()
        assert driver.cursor == (1, 1)
        assert driver.one(EditBar).is_editing
        assert "2026-02 = 320" in driver.text


async def test_dragging_and_shift_select(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        pilot = driver.pilot
        await pilot.mouse_down(GridView, offset=place(driver, "chat", 0))
        await pilot.hover(GridView, offset=place(driver, "fine-tune", 1))
        await pilot.mouse_up(GridView, offset=place(driver, "fine-tune", 1))
        await driver.settle()
        assert driver.selection == (1, 0, 3, 1)
        await pilot.click(GridView, offset=place(driver, "chat", 2))
        assert driver.selection == (1, 2, 1, 2)
        await pilot.click(GridView, offset=place(driver, "chat", 0), shift=True)
        assert driver.selection == (1, 0, 1, 2)


async def test_the_wheel_scrolls(open_app: OpenApp) -> None:
    from textual.events import MouseScrollDown

    async with open_app(plans=False, size=(80, 14), view="prices") as driver:
        grid = driver.grid
        if grid.max_scroll_y == 0:
            await driver.pilot.resize_terminal(80, 11)
            await driver.settle()
        assert grid.max_scroll_y > 0
        x, y = grid.region.x + 5, grid.region.y + 1
        grid.post_message(MouseScrollDown(grid, x, y, 0, 1, 0, False, False, False))
        await driver.wait_for(lambda: grid.scroll_y > 0)
        assert driver.cursor[0] == 1, "the cursor stays"


async def test_resizing_keeps_the_cursor_in_sight(open_app: OpenApp) -> None:
    async with open_app(plans=False, view="prices") as driver:
        await driver.press("ctrl+end")
        for size in ((80, 24), (60, 12), (200, 60), (20, 6), (120, 40)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert driver.app.size == size
            assert len(driver.text.splitlines()) == size[1]
        assert driver.cursor == (len(driver.grid.grid.rows) - 1, 2)  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_no_line_is_wider_than_the_screen(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(plans=False, size=size) as driver:
        assert all(len(line) == size[0] for line in driver.text.splitlines())
        for word in ("chat", "fine-tune", "240", "320", "400", "Quit"):
            assert word in driver.text


async def test_without_colours(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(plans=False) as driver:
        await driver.edit("480")
        assert "480•" in driver.text, "an edited cell is marked by a sign"
        assert "[Demand]" in driver.text, "the view in front is marked by brackets"
        assert "STALE" in driver.text
        assert all(len({one[1:3], one[3:5], one[5:7]}) == 1 for one in colours_of(driver)), "all is grey"


async def test_with_colours(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        assert any(len({one[1:3], one[3:5], one[5:7]}) > 1 for one in colours_of(driver))


def colours_of(driver: Driver) -> set[str]:
    """Every colour on the screen, as `#rrggbb`."""
    strips = driver.app.screen._compositor.render_strips()
    styles = [segment.style for strip in strips for segment in strip if segment.style is not None]
    colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None]
    return {colour.get_truecolor().hex for colour in colours}


async def test_an_unknown_theme_falls_back(open_app: OpenApp) -> None:
    async with open_app(plans=False, settings=Settings(theme="no such theme")) as driver:
        assert driver.app.theme == "textual-dark"
    async with open_app(plans=False, settings=Settings(theme="textual-light")) as driver:
        assert driver.app.theme == "textual-light"


async def test_settings_with_mistakes_are_told_and_the_rest_holds(open_app: OpenApp, app_home: Path) -> None:
    from dataclasses import replace

    from tui.opening import open_file
    from tui.starting import _settings

    folder = Path(os.environ["ROUTER_HOME"]) / "config"
    folder.mkdir(parents=True)
    (folder / "settings.yaml").write_text("theme: textual-light\nstep_share: 7\ncolour: green\n")
    settings, notices = _settings()
    assert settings == load_settings(folder).settings
    assert len(notices) == 2
    opened = replace(open_file(app_home / "tiny.yaml"), notices=notices)
    async with open_app(plans=False, settings=settings, opened=opened) as driver:
        assert driver.app.theme == "textual-light"
        assert len(driver.told()) == 2
        for told in driver.told():
            assert "settings.yaml" in told
        assert any("step_share" in told for told in driver.told())
        assert any("colour" in told for told in driver.told())
