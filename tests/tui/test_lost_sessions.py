"""Journals: what a session leaves behind, and how it is offered back."""

from __future__ import annotations

import os
from pathlib import Path

from textual.widgets import OptionList

from router.change.change import Change, Operation
from router.scenario.load import load_scenario
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.workspace.sessions import Edited
from tui.dialogs.lost_sessions import LostSessions

DEMAND = ("workloads", "chat", "streams", "us", "demand")


def lose(path: Path, *factors: float) -> None:
    """A session on a file that ended without a word."""
    folder = Path(os.environ["ROUTER_HOME"]) / "state" / "journals"
    folder.mkdir(parents=True, exist_ok=True)
    lost = Edited(folder, load_scenario(path), path)
    for factor in factors:
        lost.apply(Change(DEMAND, Operation.SCALE, factor))
    lost.journal.close(clean=False)


def journals() -> list[Path]:
    """Those there are."""
    return list(Path(os.environ["ROUTER_HOME"]).rglob("*.journal"))


async def test_a_lost_session_goes_on(open_app: OpenApp, tiny: Path) -> None:
    lose(tiny, 2, 1.5)
    async with open_app(plans=False) as driver:
        await driver.dialog(LostSessions)
        await driver.see("2 unsaved changes", "tiny.yaml")
        await driver.press("enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: driver.value(1, 0) == 720)
        assert "2 unsaved changes" in driver.text
        assert "STALE" in driver.line
        await driver.press("u")
        assert driver.value(1, 0) == 480
        await driver.press("ctrl+s")
        await driver.wait_for(lambda: not driver.app.workspace.changes)
    assert "[480, 640, 800]" in tiny.read_text()


async def test_a_lost_session_is_planned(open_app: OpenApp, tiny: Path) -> None:
    lose(tiny, 2)
    async with open_app() as driver:
        before = driver.cost_usd
        await driver.dialog(LostSessions)
        await driver.press("enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: driver.value(1, 0) == 480)
        await driver.planned()
        assert driver.cost_usd > before + 1000
        assert "STALE" not in driver.line


@covers(LostSessions, "dismiss(None)")
async def test_a_decision_later(open_app: OpenApp, tiny: Path) -> None:
    lose(tiny, 2)
    async with open_app(plans=False) as driver:
        await driver.dialog(LostSessions)
        await driver.press("escape")
        await driver.no_dialog()
        assert driver.value(1, 0) == 240
    assert len(journals()) == 1, "the lost one is still there"


@covers(LostSessions, "choose('discard')")
async def test_lost_sessions_are_discarded(open_app: OpenApp, tiny: Path) -> None:
    lose(tiny, 2)
    lose(tiny, 3)
    async with open_app(plans=False) as driver:
        await driver.dialog(LostSessions)
        assert driver.one(OptionList).option_count == 2
        await driver.press("d")
        await driver.wait_for(
            lambda: isinstance(driver.app.screen, LostSessions) and driver.one(OptionList).option_count == 1
        )
        await driver.settle()
        await driver.press("delete")
        await driver.no_dialog()
        assert len(journals()) == 1, "only this session's own"
    assert not journals()


async def test_a_file_that_was_changed_since_is_said(open_app: OpenApp, tiny: Path) -> None:
    lose(tiny, 2)
    tiny.write_text(tiny.read_text().replace("[240, 320, 400]", "[10, 20, 30]"))
    async with open_app(plans=False) as driver:
        await driver.dialog(LostSessions)
        assert "changed since" in driver.text
        await driver.press("enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: len(driver.app.workspace.changes) == 1)
        assert driver.value(1, 0) == 20


async def test_every_step_is_on_disk_before_it_is_shown(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.edit("260")
        assert driver.value(1, 0) == 260
        text = journals()[0].read_text()
        await driver.press("u")
        assert len(journals()[0].read_text()) > len(text)
        assert "260" in text


async def test_another_router_on_the_same_file_is_told_of(open_app: OpenApp, tiny: Path) -> None:
    from router.workspace.journal import Journal
    from tests.workspace.sessions import header

    folder = Path(os.environ["ROUTER_HOME"]) / "state" / "journals"
    folder.mkdir(parents=True)
    parent = header(tiny, pid=os.getppid(), started=None)
    journal = Journal.open(folder, parent, load_scenario(tiny))
    try:
        async with open_app(plans=False) as driver:
            await driver.wait_for(lambda: any("open in another router" in told for told in driver.told()))
    finally:
        journal.close(clean=True)
