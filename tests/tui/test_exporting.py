"""What leaves the app: the screen, the table, the plan, the report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from router.view.exports import ExportKind
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import Driver
from tui.actions.exporting import ExportActions
from tui.dialogs.export import ExportDialog


async def export(driver: Driver, kind: ExportKind, path: str | None = None) -> Path:
    """Export a kind through the dialog; where it proposed to write, or the path given."""
    await driver.press("x")
    await driver.dialog(ExportDialog)
    options = driver.one(OptionList)
    options.focus()
    options.highlighted = list(ExportKind).index(kind)
    await driver.settle()
    await driver.press("enter")
    field = driver.one(Input)
    if path is not None:
        field.value = path
    target = Path(field.value)
    await driver.press("enter")
    return target


@covers(ExportActions, "export")
@covers(ExportDialog, "dismiss(None)")
async def test_the_screen_as_a_picture(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("x")
        await driver.dialog(ExportDialog)
        await driver.press("escape")
        await driver.no_dialog()
        path = await export(driver, ExportKind.SCREEN)
        assert path.name == "tiny-demand.svg"
        await driver.wait_for(path.exists)
        text = path.read_text()
        assert text.startswith("<svg")
        assert "chat" in text
        assert "Enter chooses" not in text, "the picture is of the view, without the dialog"


async def test_the_table(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        path = await export(driver, ExportKind.TABLE)
        await driver.wait_for(path.exists)
        rows = list(csv.reader(path.open()))
        assert rows[0][-3:] == ["2026-01", "2026-02", "2026-03"]
        assert rows[2][0] == "chat"
        assert rows[2][-3:] == ["240", "320", "400"]


async def test_the_plan(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        path = await export(driver, ExportKind.PLAN)
        assert path.name == "tiny-plan.json"
        await driver.wait_for(path.exists)
        assert json.loads(path.read_text())["totals"]["cost_usd"] == pytest.approx(driver.cost_usd)


async def test_the_report(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        path = await export(driver, ExportKind.REPORT)
        await driver.wait_for(path.exists)
        assert "<html" in path.read_text()[:500]
        await driver.wait_for(lambda: any("Written" in told for told in driver.told()))


@pytest.mark.parametrize("path", ["nowhere/x.csv", "."])
async def test_what_cannot_be_written_is_told(open_app: OpenApp, path: str) -> None:
    async with open_app(plans=False) as driver:
        await export(driver, ExportKind.TABLE, path)
        await driver.settle()
        await driver.wait_for(lambda: bool(driver.told()) or isinstance(driver.app.screen, ExportDialog))
        assert not Path("nowhere").exists()


async def test_an_export_without_a_name_is_not_written(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await export(driver, ExportKind.TABLE, "  ")
        await driver.dialog(ExportDialog)
        assert [path.name for path in Path.cwd().iterdir()] == ["tiny.yaml"]
