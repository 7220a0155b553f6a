"""Saving, opening, reloading, leaving: nothing is lost without a question."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList

from router.scenario.load import load_scenario
from router.scenario.workload import Inference
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import Driver
from tui.actions.editing import EditingActions
from tui.actions.files import FileActions
from tui.dialogs.open_file import OpenDialog
from tui.dialogs.question import Question
from tui.dialogs.save_as import SaveAsDialog


def demand_in(path: Path) -> list[float]:
    """Chat's demand as a file has it."""
    chat = load_scenario(path).workloads["chat"]
    assert isinstance(chat, Inference)
    return [float(value) for value in chat.streams["us"].demand.values]  # type: ignore[union-attr]


async def answer(driver: Driver, which: str) -> None:
    """Press the button of an answer."""
    await driver.dialog(Question)
    driver.one(Button, f"#answer-{which}").focus()
    await driver.press("enter")


@covers(EditingActions, "undo", "redo")
async def test_undo_and_redo(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        saved = driver.scenario
        await driver.edit("1")
        edited = driver.scenario
        for undo, redo in (("u", "U"), ("ctrl+z", "ctrl+y")):
            await driver.press(undo)
            assert driver.scenario == saved
            await driver.press(redo)
            assert driver.scenario == edited
        await driver.press("U")
        assert "Nothing to redo." in driver.told()
        await driver.press("u", "u")
        assert "Nothing to undo." in driver.told()


@covers(FileActions, "save")
async def test_saving_keeps_what_else_is_in_the_file(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        before = driver.path.read_text().splitlines()
        await driver.edit("260")
        await driver.press("ctrl+s")
        await driver.wait_for(lambda: any("Saved" in told for told in driver.told()))
        assert demand_in(driver.path) == [260, 320, 400]
        after = driver.path.read_text().splitlines()
        assert [line for line in before if line not in after] == [line for line in before if "[240, 320, 400]" in line]
        assert len(after) == len(before)
        assert not driver.app.workspace.changes
        assert "unsaved" not in driver.text
        await driver.press("ctrl+s")
        await driver.wait_for(lambda: "Nothing to save." in driver.told())


@covers(FileActions, "save_as")
@covers(SaveAsDialog, "dismiss(None)")
async def test_save_as(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        other = driver.path.with_name("other.yaml")
        await driver.edit("260")
        await driver.press("S")
        await driver.dialog(SaveAsDialog)
        await driver.press("escape")
        await driver.no_dialog()
        await driver.press("S")
        await driver.dialog(SaveAsDialog)
        driver.one(Input).value = str(other)
        await driver.see("writes")
        await driver.press("enter")
        await driver.wait_for(other.exists)
        await driver.no_dialog()
        assert demand_in(other) == [260, 320, 400]
        assert demand_in(driver.path) == [240, 320, 400]
        await driver.wait_for(lambda: driver.app.opened.path == other)
        assert "other.yaml" in driver.text
        await driver.press("up")
        await driver.edit("270")
        await driver.press("ctrl+s")
        await driver.wait_for(lambda: not driver.app.workspace.changes)
        assert demand_in(other) == [270, 320, 400]


@pytest.mark.parametrize("replace", [True, False])
async def test_save_as_asks_before_it_replaces(open_app: OpenApp, replace: bool) -> None:
    async with open_app(plans=False) as driver:
        other = driver.path.with_name("other.yaml")
        other.write_text("mine")
        await driver.edit("260")
        await driver.press("S")
        await driver.dialog(SaveAsDialog)
        driver.one(Input).value = str(other)
        await driver.see("replaces")
        await driver.press("enter")
        await answer(driver, "overwrite" if replace else "back")
        if replace:
            await driver.wait_for(lambda: not driver.app.workspace.changes)
            assert demand_in(other) == [260, 320, 400]
        else:
            await driver.dialog(SaveAsDialog)
            assert other.read_text() == "mine"


@pytest.mark.parametrize("name", ["", "nowhere/x.yaml", "."])
async def test_save_as_to_no_good_place_is_told(open_app: OpenApp, name: str) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("260")
        await driver.press("S")
        await driver.dialog(SaveAsDialog)
        driver.one(Input).value = name
        await driver.settle()
        assert any(words in driver.text for words in ("expected the name", "no folder", "is a folder"))
        await driver.press("enter")
        await driver.settle()
        await driver.dialog(SaveAsDialog)
        assert driver.app.workspace.changes


@pytest.mark.parametrize("which", ["overwrite", "as", "back"])
async def test_a_file_changed_by_someone_else_is_not_overwritten_unasked(open_app: OpenApp, which: str) -> None:
    async with open_app(plans=False) as driver:
        theirs = driver.path.read_text().replace("[240, 320, 400]", "[1, 2, 3]")
        await driver.edit("260")
        driver.path.write_text(theirs)
        await driver.press("ctrl+s")
        await driver.dialog(Question)
        assert "changed by someone else" in driver.text
        assert driver.path.read_text() == theirs
        await answer(driver, which)
        if which == "overwrite":
            await driver.wait_for(lambda: not driver.app.workspace.changes)
            assert demand_in(driver.path) == [260, 320, 400]
        elif which == "as":
            await driver.dialog(SaveAsDialog)
            driver.one(Input).value = "mine.yaml"
            await driver.press("enter")
            await driver.wait_for(lambda: not driver.app.workspace.changes)
            assert demand_in(driver.path.with_name("mine.yaml")) == [260, 320, 400]
            assert driver.path.read_text() == theirs
        else:
            await driver.no_dialog()
            assert driver.path.read_text() == theirs
            assert driver.app.workspace.changes


async def test_a_shipped_file_is_saved_under_another_name(open_app: OpenApp) -> None:
    from router.scenario.shipped import scenario_path

    async with open_app(scenario_path("tiny"), plans=False) as driver:
        await driver.edit("260")
        await driver.press("ctrl+s")
        await driver.dialog(SaveAsDialog)
        assert driver.one(Input).value == str(Path.cwd() / "tiny.yaml")
        driver.one(Input).value = "mine.yaml"
        await driver.press("enter")
        await driver.wait_for(Path("mine.yaml").exists)
        assert demand_in(Path("mine.yaml")) == [260, 320, 400]
        assert demand_in(scenario_path("tiny")) == [240, 320, 400]


@covers(FileActions, "reload")
async def test_reload(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        driver.path.write_text(driver.path.read_text().replace("[240, 320, 400]", "[1, 2, 3]"))
        await driver.press("R")
        await driver.wait_for(lambda: driver.value(1, 0) == 1)
        await driver.edit("5")
        await driver.press("R")
        await answer(driver, "back")
        await driver.no_dialog()
        assert driver.value(1, 0) == 5
        await driver.press("R")
        await answer(driver, "lose")
        await driver.wait_for(lambda: driver.value(1, 0) == 1)
        assert not driver.app.workspace.changes


async def test_reload_of_a_broken_file_tells_and_changes_nothing(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        driver.path.write_text("format: 1\nname: [")
        await driver.press("R")
        await driver.wait_for(lambda: any("tiny.yaml" in told for told in driver.told()))
        assert driver.value(1, 0) == 240
        driver.path.unlink()
        await driver.press("R")
        await driver.wait_for(lambda: len(driver.told()) > 1)
        assert driver.value(1, 0) == 240


def script(folder: Path, line: str) -> str:
    """An editor that does one thing to the file it is given."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


class LendsTheTerminal:
    """`App.suspend` for a driver that has no terminal to lend."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


@covers(FileActions, "edit_file")
async def test_the_users_editor(open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("E")
        await driver.wait_for(lambda: any("$EDITOR" in told for told in driver.told()))
        monkeypatch.setenv("EDITOR", script(tmp_path, "sed -i.old 's/240, 320/7, 320/' \"$1\""))
        monkeypatch.setattr(driver.app, "suspend", LendsTheTerminal)
        await driver.press("E")
        await driver.wait_for(lambda: driver.value(1, 0) == 7)
        await driver.edit("8")
        await driver.press("E")
        await answer(driver, "save")
        await driver.wait_for(lambda: not driver.app.workspace.changes)
        assert demand_in(driver.path) == [8, 320, 400]


@pytest.mark.parametrize(("line", "told"), [("exit 3", "ended with 3"), (None, "cannot be started")])
async def test_an_editor_that_fails_is_told(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str | None, told: str
) -> None:
    async with open_app(plans=False) as driver:
        monkeypatch.setenv("EDITOR", "/nowhere/editor" if line is None else script(tmp_path, line))
        monkeypatch.setattr(driver.app, "suspend", LendsTheTerminal)
        await driver.press("E")
        await driver.wait_for(lambda: any(told in each for each in driver.told()))


async def test_without_a_terminal_to_lend_the_editor_is_not_started(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(plans=False) as driver:
        mark = tmp_path / "ran"
        monkeypatch.setenv("EDITOR", script(tmp_path, f"touch {mark}"))
        await driver.press("E")
        await driver.wait_for(lambda: any("cannot be lent" in told for told in driver.told()))
        assert not mark.exists()


@covers(FileActions, "open")
@covers(OpenDialog, "dismiss(None)", "move(1)", "move(-1)")
async def test_open(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("ctrl+o")
        await driver.dialog(OpenDialog)
        for name in ("scale-up", "frontier-lab", "tiny"):
            assert name in driver.text
        options = driver.one(OptionList)
        before = options.highlighted or 0
        await driver.press("down", "down")
        assert options.highlighted == before + 2
        await driver.press("up")
        assert options.highlighted == before + 1
        await driver.press("escape")
        await driver.no_dialog()
        other = driver.path.with_name("other.yaml")
        other.write_text(driver.path.read_text().replace("[240, 320, 400]", "[1, 2, 3]"))
        await driver.press("ctrl+o")
        await driver.dialog(OpenDialog)
        await driver.type("other.yaml")
        await driver.press("enter")
        await driver.wait_for(lambda: driver.value(1, 0) == 1)
        assert "other.yaml" in driver.text


async def test_saved_files_are_recent(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("260")
        await driver.press("ctrl+s")
        await driver.wait_for(lambda: not driver.app.workspace.changes)
        await driver.press("ctrl+o")
        await driver.dialog(OpenDialog)
        assert "recent" in driver.text
        options = driver.one(OptionList)
        options.focus()
        options.highlighted = 0
        await driver.press("up")
        await driver.press("escape")


async def test_opening_what_is_no_scenario_is_told(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("ctrl+o")
        await driver.dialog(OpenDialog)
        await driver.type("nowhere.yaml")
        await driver.press("enter")
        await driver.wait_for(lambda: any("nowhere.yaml" in told for told in driver.told()))
        assert driver.app.opened.path.name == "tiny.yaml"


@covers(FileActions, "leave", keys=frozenset({"q"}))
async def test_leaving_with_nothing_to_lose(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("q")
        await driver.wait_for(lambda: driver.app._exit)
    assert not list(Path(os.environ["ROUTER_HOME"]).rglob("*.journal"))


@pytest.mark.parametrize("which", ["save", "lose", "back"])
@covers(FileActions, "leave", keys=frozenset({"ctrl+q"}))
async def test_leaving_with_unsaved_changes(open_app: OpenApp, which: str) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("260")
        await driver.press("ctrl+q")
        await driver.dialog(Question)
        assert "1 change since the file was saved" in driver.text
        await answer(driver, which)
        if which == "back":
            await driver.no_dialog()
            assert not driver.app._exit
            assert driver.app.workspace.changes
        else:
            await driver.wait_for(lambda: driver.app._exit)
    assert demand_in(driver.path)[0] == (260 if which == "save" else 240)
    if which != "back":
        assert not list(Path(os.environ["ROUTER_HOME"]).rglob("*.journal"))


@covers(Question, "dismiss(None)", "app.focus_previous", "app.focus_next")
async def test_keys_of_a_question(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("260")
        await driver.press("q")
        await driver.dialog(Question)
        first = driver.app.focused
        await driver.press("right")
        assert driver.app.focused is not None
        assert driver.app.focused is not first
        await driver.press("left")
        assert driver.app.focused is first
        await driver.press("escape")
        await driver.no_dialog()
        assert not driver.app._exit
        await driver.press("q")
        await driver.dialog(Question)
        await driver.press("s")
        await driver.wait_for(lambda: driver.app._exit)
    assert demand_in(driver.path)[0] == 260


@pytest.mark.parametrize(("letter", "leaves"), [("s", True), ("d", True), ("g", False)])
async def test_a_question_is_answered_by_a_letter(open_app: OpenApp, letter: str, leaves: bool) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("260")
        await driver.press("q")
        await driver.dialog(Question)
        await driver.press("x")
        await driver.dialog(Question)
        await driver.press(letter)
        await driver.wait_for(lambda: driver.app._exit if leaves else len(driver.app.screen_stack) == 1)
        assert driver.app._exit == leaves
    assert demand_in(driver.path)[0] == (260 if letter == "s" else 240)


async def test_an_edit_and_a_save_that_come_while_a_save_is_written(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for value in ("260", "270", "280"):
            for key in (*value, "enter", "up", "ctrl+s"):
                driver.send(key)
        await driver.wait_for(lambda: driver.value(1, 0) == 280.0 and not driver.app.workspace.changes)
        await driver.wait_for(lambda: not driver.app.one_file_action.locked())
        assert demand_in(driver.path)[0] == 280.0
        assert driver.app.workspace.saved_scenario == load_scenario(driver.path)
        assert len(driver.app.screen_stack) == 1


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000])
async def test_a_name_that_no_file_can_have(open_app: OpenApp, name: str) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("ctrl+o")
        await driver.dialog(OpenDialog)
        driver.one(Input).value = name
        await driver.press("enter")
        await driver.no_dialog()
        assert driver.told()


async def test_a_long_name_leaves_the_cost_in_sight(open_app: OpenApp, tiny: Path) -> None:
    deep = tiny.parent / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    path = deep / "tiny.yaml"
    path.write_bytes(tiny.read_bytes())
    async with open_app(path, plans=False, size=(80, 24)) as driver:
        await driver.edit("260")
        assert "1 unsaved change" in driver.text.splitlines()[0]
        assert "$681 k" in driver.line


async def test_keys_that_come_before_a_dialog_is_drawn_do_nothing(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        dialog = OpenDialog(())
        assert not dialog.check_action("move", (1,))
        assert dialog.check_action("dismiss", (None,)), "it can always be left"
        driver.app.push_screen(dialog)
        driver.send("down")
        await driver.settle()
        assert dialog.check_action("move", (1,))
        await driver.press("down", "escape")
        await driver.no_dialog()
