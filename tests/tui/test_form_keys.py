"""Every key of the forms, of the dialogs around them, and of the choice of what to compare."""

from __future__ import annotations

from textual.widgets import Input, OptionList

from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import SMALL
from tui.actions.structure import StructureActions, WorkloadActions
from tui.dialogs.choose_side import ChooseSide
from tui.dialogs.help import HelpDialog
from tui.dialogs.question import Question
from tui.forms.choose_kind import ChooseKind
from tui.forms.form_body import FormBody
from tui.forms.form_screen import FormScreen
from tui.views.editing import EditingView


@covers(ChooseKind, "dismiss(None)", "dismiss('inference')", "dismiss('training')", "dismiss('agents')")
@covers(StructureActions, "add")
async def test_kinds_of_workloads(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("a")
        await driver.dialog(ChooseKind)
        await driver.press("escape")
        await driver.no_dialog()
        for letter, name in (("i", "inference-1"), ("t", "training-1"), ("a", "agents-1")):
            await driver.press("a")
            await driver.dialog(ChooseKind)
            await driver.press(letter)
            await driver.dialog(FormScreen)
            assert name in driver.text
            await driver.press("escape")
            await driver.no_dialog()
        assert not driver.app.workspace.changes


@covers(StructureActions, "edit_form", "duplicate", "delete")
@covers(FormScreen, "confirm", keys=frozenset({"ctrl+s"}))
async def test_keys_of_entries(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await driver.press("e")
        await driver.dialog(FormScreen)
        assert "aws-h100" in driver.text
        await driver.press("escape")
        await driver.no_dialog()
        await driver.press("D")
        await driver.dialog(FormScreen)
        await driver.press("ctrl+s")
        await driver.no_dialog()
        assert len(driver.scenario.pools) == 3
        await driver.press("delete")
        await driver.wait_for(lambda: len(driver.scenario.pools) == 2)


@covers(WorkloadActions, "switch")
async def test_a_workload_is_switched_off_and_on(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("d")
        assert not driver.scenario.workloads["chat"].enabled
        await driver.press("d")
        assert driver.scenario.workloads["chat"].enabled


@covers(FormScreen, "app.focus_next", "app.focus_previous", "leave", "more", "next_choice")
async def test_keys_of_a_form(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("e")
        await driver.dialog(FormScreen)
        form = driver.app.screen
        assert isinstance(form, FormScreen)
        first = form.current
        for below, above in (("down", "up"), ("tab", "shift+tab")):
            await driver.press(below)
            assert form.current is not first
            await driver.press(above)
            assert form.current is first
        fields = len(form.query(Input))
        await driver.press("f2")
        await driver.wait_for(lambda: len(form.query(Input)) > fields)
        await driver.press("f2")
        await driver.wait_for(lambda: len(form.query(Input)) == fields)
        geography = next(field for field in form.form.fields if field.id[-1] == "geography")
        form._focus(geography.id)
        await driver.settle()
        field = driver.app.focused
        assert isinstance(field, Input)
        field.value = "moon"
        await driver.settle()
        assert "moon" in driver.text
        await driver.press("ctrl+n")
        assert field.value == "us"
        await driver.press("escape")
        await driver.settle()
        if isinstance(driver.app.screen, Question):
            await driver.press("l")
        await driver.no_dialog()
        assert not driver.app.workspace.changes


@covers(FormScreen, "help")
async def test_help_of_a_form(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("e")
        await driver.dialog(FormScreen)
        assert "f1 help  ctrl+p commands" in driver.text
        await driver.press("f1")
        await driver.dialog(HelpDialog)
        assert "beside a field: a sample" in driver.text
        told = {what: keys for keys, what in driver.app.screen._keys}  # type: ignore[attr-defined]
        assert told["Apply"] == "^s ^⏎"
        assert told["Field below"] == "↓ tab"
        assert told["Page down"] == "pgdn"
        await driver.press("escape")
        await driver.dialog(FormScreen)
        assert not driver.app.workspace.changes


@covers(FormScreen, "confirm", keys=frozenset({"ctrl+enter"}))
async def test_ctrl_enter_confirms_too(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await driver.press("D")
        await driver.dialog(FormScreen)
        await driver.press("ctrl+enter")
        await driver.no_dialog()
        assert len(driver.scenario.pools) == 3


@covers(FormBody, "page_up", "page_down")
async def test_a_long_form_is_paged(open_app: OpenApp) -> None:
    async with open_app(plans=False, size=SMALL) as driver:
        await driver.press("e")
        await driver.dialog(FormScreen)
        await driver.press("f2")
        body = driver.one(FormBody)
        await driver.wait_for(lambda: body.max_scroll_y > 0)
        body.scroll_home(animate=False)
        await driver.settle()
        await driver.press("pagedown")
        await driver.wait_for(lambda: body.scroll_y > 0)
        await driver.press("pageup")
        await driver.wait_for(lambda: body.scroll_y == 0)


@covers(ChooseSide, "dismiss(None)", "move(1)", "move(-1)")
async def test_keys_of_the_choice_of_a_side(open_app: OpenApp) -> None:
    async with open_app(plans=False, view="compare") as driver:
        driver.app.push_screen(ChooseSide("Left", (), (), [("one.yaml", "recent"), ("two.yaml", "recent")]))
        await driver.dialog(ChooseSide)
        options = driver.one(OptionList)
        assert options.highlighted == 0
        await driver.press("down")
        assert options.highlighted == 1
        await driver.press("up")
        assert options.highlighted == 0
        await driver.press("escape")
        await driver.no_dialog()


@covers(EditingView, "why_here")
async def test_why_of_the_cell_under_the_cursor(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.planned()
        await driver.press("right", "i")
        await driver.wait_for(lambda: driver.view_name == "why")
        await driver.see("chat", "2026-02")
