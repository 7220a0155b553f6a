"""Getting around: views, finding, help, the palette; and copying."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tui.actions.exporting import ExportActions
from tui.actions.going import GoingActions
from tui.app import RouterApp
from tui.dialogs.choose_view import ChooseView
from tui.dialogs.find import FindDialog
from tui.dialogs.help import HelpDialog
from tui.frame.tab_strip import TabStrip
from tui.views.registry import VIEWS


@covers(GoingActions, "choose_view")
@covers(ChooseView, "dismiss(None)")
async def test_a_letter_goes_to_each_view(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for entry in VIEWS:
            await driver.press("g")
            await driver.dialog(ChooseView)
            assert entry.what in driver.text
            await driver.press(entry.letter)
            await driver.wait_for(lambda name=entry.name: driver.view_name == name)  # type: ignore[misc]
            assert f"[{entry.title}]" in driver.text.splitlines()[2]
        here = driver.app.view
        await driver.press("g")
        await driver.dialog(ChooseView)
        await driver.press("escape")
        await driver.no_dialog()
        assert driver.app.view is here


async def test_a_view_is_chosen_with_enter(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("g")
        await driver.dialog(ChooseView)
        driver.one(OptionList).highlighted = 3
        await driver.press("enter")
        await driver.see(f"[{VIEWS[3].title}]")


@covers(GoingActions, "turn(-1)", "turn(1)")
async def test_views_in_turn(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        names = [entry.name for entry in VIEWS]
        at = names.index("demand")
        for forward, back in (("right_square_bracket", "left_square_bracket"), ("ctrl+pagedown", "ctrl+pageup")):
            await driver.press(forward)
            await driver.wait_for(lambda: driver.view_name == names[at + 1])
            await driver.press(back)
            await driver.wait_for(lambda: driver.view_name == "demand")


async def test_turning_goes_round(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for entry in [*VIEWS[2:], *VIEWS[:2]]:
            await driver.press("]")
            await driver.wait_for(lambda name=entry.name: driver.view_name == name)  # type: ignore[misc]


@covers(GoingActions, "find")
@covers(FindDialog, "dismiss(None)", "move(1)", "move(-1)")
async def test_anything_is_found_by_some_of_its_letters(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("slash")
        await driver.dialog(FindDialog)
        await driver.type("fintune")
        assert "fine-tune" in driver.text
        await driver.press("enter")
        await driver.no_dialog()
        assert driver.grid.grid is not None
        assert driver.grid.grid.rows[driver.grid.row].key == ("workloads", "fine-tune")
        await driver.press("ctrl+f")
        await driver.dialog(FindDialog)
        options = driver.one(OptionList)
        await driver.press("down", "down")
        assert options.highlighted == 2
        await driver.press("up")
        assert options.highlighted == 1
        await driver.press("escape")
        await driver.no_dialog()
        assert driver.view_name == "demand"


async def test_what_is_found_elsewhere_is_gone_to(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("/")
        await driver.dialog(FindDialog)
        await driver.type("aws-h100")
        await driver.press("enter")
        await driver.wait_for(lambda: driver.view_name == "capacity")
        assert driver.grid.grid is not None
        assert driver.grid.grid.rows[driver.grid.row].key == ("pools", "aws-h100")


async def test_nothing_found_goes_nowhere(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("/")
        await driver.dialog(FindDialog)
        await driver.type("zzzzqqq")
        await driver.press("enter")
        await driver.no_dialog()
        assert driver.view_name == "demand"


@covers(GoingActions, "help")
@covers(HelpDialog, "dismiss(None)")
async def test_help_tells_every_key_of_the_view(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for close in ("escape", "question_mark", "q"):
            await driver.press("question_mark")
            await driver.dialog(HelpDialog)
            told = {what: key for key, what in driver.app.screen._keys}  # type: ignore[attr-defined]
            for what in ("Fill right", "Deadline a period later", "Undo", "Save", "Quit", "Select row", "Find"):
                assert what in told
            assert "+20%" in driver.text
            await driver.press(close)
            await driver.no_dialog()
        assert driver.app.is_running


async def test_the_palette_has_every_action(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("ctrl+p")
        await driver.dialog(CommandPalette)
        await driver.type("fill right")
        await driver.see("Fill right")
        await driver.press("enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: len(driver.app.workspace.changes) == 1)
        assert [driver.value(1, at) for at in range(3)] == [240, 240, 240]


@pytest.mark.parametrize("theme", ["textual-light", "nord"])
async def test_a_theme_is_chosen_in_the_palette(open_app: OpenApp, theme: str) -> None:
    async with open_app(plans=False) as driver:
        assert driver.app.theme == "textual-dark"
        await driver.press("ctrl+p")
        await driver.dialog(CommandPalette)
        await driver.type(f"Theme {theme}")
        await driver.see(f"Theme {theme}")
        await driver.press("enter")
        await driver.wait_for(lambda: driver.app.theme == theme)
        await driver.no_dialog()
        await driver.press("right")
        assert driver.cursor == (1, 1)


async def test_a_click_on_a_tab_goes_there(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        line = driver.text.splitlines()[2]
        await driver.pilot.click(TabStrip, offset=(line.index("Prices") + 1, 0))
        await driver.wait_for(lambda: driver.view_name == "prices")


@covers(ExportActions, "copy_table")
async def test_the_table_is_copied(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("Y")
        lines = [line.split("\t") for line in driver.app.clipboard.splitlines()]
        assert lines[0][-3:] == ["2026-01", "2026-02", "2026-03"]
        assert lines[2][0] == "chat"
        assert lines[2][-3:] == ["240", "320", "400"]
        assert {len(line) for line in lines} == {len(lines[0])}


async def test_every_view_opens_at_every_size(open_app: OpenApp) -> None:
    for size in ((80, 24), (200, 60), (30, 8)):
        async with open_app(plans=False, size=size) as driver:
            for entry in VIEWS:
                await driver.app.go_to_view(entry.name)
                await driver.settle()
                assert isinstance(driver.app, RouterApp)
                assert len(driver.text.splitlines()) == size[1]


async def test_typing_in_a_dialog_does_not_reach_the_view(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("/")
        await driver.dialog(FindDialog)
        await driver.type("fuq5")
        assert driver.one(Input).value == "fuq5"
        await driver.press("escape")
        assert not driver.app.workspace.changes
