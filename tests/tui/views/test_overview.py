"""The overview: what it says, where its keys lead, what it does without a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from router.plan.document import Plan, UnservedRecord
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import SMALL, Driver
from tui.views.overview import OverviewView
from tui.widgets.block_list import BlockList
from tui.widgets.commitment_list import CommitmentList
from tui.widgets.unserved_list import UnservedList


def view_of(driver: Driver) -> OverviewView:
    view = driver.app.view
    assert isinstance(view, OverviewView)
    return view


async def show(driver: Driver, **changed: object) -> None:
    """Another state, as if the engine had told it."""
    view_of(driver).show(replace(driver.app.workspace.shown, **changed))  # type: ignore[arg-type]
    await driver.settle()


def left_out(plan: Plan) -> UnservedRecord:
    """A million dollars' worth of chat in February."""
    return UnservedRecord(
        workload="chat",
        stream="us",
        period=1,
        slice=next(iter(plan.periods[1].slice_hours)),
        quantity=5.0,
        demand=10.0,
        value_usd=1e6,
        because="full",
    )


async def test_all_panels_tell_of_the_plan(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        text = driver.text
        for words in ("Cash a month, by provider", "██ aws", "▒▒ oracle", "a month", "2026-02", "met on 2026-03-31"):
            assert words in text
        assert "Contracts: met" in text
        assert "All demand is served." in text
        assert "The plan keeps every limit." in text
        assert "This is the plan of the saved file." in text
        assert "! " not in text


async def test_a_small_terminal_begins_with_the_cost_and_scrolls(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False, size=SMALL) as driver:
        assert "Cash a month" in driver.text
        assert "Limits and notes" not in driver.text
        await driver.press("tab", "tab", "tab")
        assert "Limits and notes" in driver.text
        assert all(len(line) <= 80 for line in driver.text.splitlines())


@pytest.mark.parametrize("size", [(60, 20), (40, 15), (200, 60)])
async def test_any_size(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(view="overview", plans=False, size=size) as driver:
        assert "Cash a month" in driver.text


async def test_the_day_decides_which_window_is_told(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        view_of(driver).today = date(2026, 2, 1)
        await show(driver)
        assert " now " in driver.text
        view_of(driver).today = date(2030, 1, 1)
        await show(driver)
        assert " ended " in driver.text


@covers(BlockList, "open")
async def test_enter_on_a_contract_goes_to_it(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        found: list[tuple[str, ...]] = []
        await driver.press("enter")
        await driver.wait_for(lambda: driver.app.view is not None and driver.app.view.id == "view-contracts")
        await driver.go("overview")
        contracts = driver.app.query_one("#view-contracts")
        contracts.find = lambda key: found.append(key) or True  # type: ignore[attr-defined, func-returns-value]
        await driver.press("enter")
        await driver.wait_for(lambda: bool(found))
        assert found == [("oracle-ucm", "year")]


async def test_enter_on_unserved_demand_goes_to_its_row(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        plan = driver.app.workspace.shown.plan
        assert plan is not None
        await show(driver, plan=plan.model_copy(update={"unserved": [left_out(plan)]}))
        assert "Unserved: $1.00 M in 1 place" in driver.text
        assert "chat/us" in driver.text
        await driver.press("tab", "tab")
        assert driver.one(UnservedList).has_focus
        assert view_of(driver).cell_text().startswith("chat/us")
        await driver.press("enter")
        await driver.wait_for(lambda: driver.app.view is not None and driver.app.view.id == "view-demand")
        assert driver.cursor == (1, 1)


async def test_a_short_window_that_is_over_is_listed(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        plan = driver.app.workspace.shown.plan
        assert plan is not None
        (window,) = plan.windows
        missed = {"start": date(2025, 1, 1), "end": date(2026, 1, 1), "shortfall_usd": 2e6, "met_on": None}
        windows = [window.model_copy(update=missed), window]
        view_of(driver).today = date(2026, 2, 1)
        await show(driver, plan=plan.model_copy(update={"windows": windows}))
        told = [line for line in driver.text.splitlines() if "2025-12" in line or "2026-12" in line]
        assert [" ended " in line and "SHORT" in line for line in told] == [True, False]
        assert " now " in told[1]


async def with_much_left_out(driver: Driver) -> UnservedList:
    """Demand left out in all of three months for each of many streams; the keys go to its list."""
    plan = driver.app.workspace.shown.plan
    assert plan is not None
    records = [left_out(plan).model_copy(update={"stream": f"s{at:02}", "value_usd": 1e6 - at}) for at in range(40)]
    await show(driver, plan=plan.model_copy(update={"unserved": records}))
    await driver.press("tab", "tab")
    return driver.one(UnservedList)


@covers(BlockList, "move(-1)", "move(1)", "page(-1)", "page(1)", "move(-1000000000)", "move(1000000000)")
async def test_the_cursor_of_a_list(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        unserved = await with_much_left_out(driver)
        for key, item in (("down", 1), ("j", 2), ("up", 1), ("k", 0), ("up", 0), ("end", 39), ("down", 39)):
            await driver.press(key)
            assert unserved.item == item
        assert "chat/s39" in driver.text
        assert "chat/s00" not in driver.text
        await driver.press("home")
        assert "chat/s00" in driver.text
        await driver.press("pagedown")
        down = unserved.item
        assert down > 1
        await driver.press("pageup")
        assert unserved.item == 0
        assert "chat/s00" in driver.text


async def test_the_mouse_in_a_list(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        unserved = await with_much_left_out(driver)
        # A border and two lines for each item.
        await driver.pilot.click(UnservedList, offset=(5, 4))
        await driver.settle()
        assert unserved.item == 1
        await driver.pilot.click(UnservedList, offset=(5, 1), times=2)
        await driver.wait_for(lambda: driver.app.view is not None and driver.app.view.id == "view-demand")


@covers(OverviewView, "other_changes")
async def test_changes_since_saved_or_since_the_last_edit(open_app: OpenApp) -> None:
    async with open_app(view="demand") as driver:
        await driver.planned()
        await driver.edit("*2")
        await driver.planned()
        await driver.wait_for(
            lambda: (
                driver.app.differences is not None
                and driver.app.differences.plan is driver.app.workspace.shown.plan
                and driver.app.differences.to_saved is not None
            )
        )
        await driver.go("overview")
        await driver.see("Changes against the saved plan", "1. ")
        await driver.press("c")
        assert "What the last edit changed" in driver.text
        assert "1. " in driver.text
        await driver.press("c")
        assert "Changes against the saved plan" in driver.text


async def test_nothing_was_edited_yet(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        await driver.press("c")
        assert "Nothing was edited yet." in driver.text


async def test_without_a_plan(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        await show(driver, plan=None)
        assert driver.text.count("No plan yet") == 5
        assert view_of(driver).table() == []
        assert view_of(driver).cell_text() == ""
        await driver.press("enter")
        assert driver.app.view is view_of(driver)
        await show(driver)
        assert "No plan yet" not in driver.text


async def test_without_contracts_and_with_long_names(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False, size=SMALL) as driver:
        plan = driver.app.workspace.shown.plan
        assert plan is not None
        await show(driver, plan=plan.model_copy(update={"windows": []}))
        assert "Contracts: none" in driver.text
        assert "The scenario has no commitments." in driver.text
        name = "a-contract-with-a-name-that-is-much-longer-than-anyone-would-want-it-to-be-on-a-screen"
        named = [window.model_copy(update={"contract": name}) for window in plan.windows]
        await show(driver, plan=plan.model_copy(update={"windows": named}))
        assert "a-contract-with-a-name" in driver.text
        assert "…" in driver.text


async def test_a_stale_plan_says_so(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        assert "from before the last edit" not in driver.text
        await show(driver, version=7)
        assert "from before the last edit" in driver.text
        assert view_of(driver).has_class("-stale")


async def test_find_copy_and_table(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        view = view_of(driver)
        assert view.find(("oracle-ucm", "year"))
        assert view.find(("oracle-ucm",))
        assert not view.find(("oracle-ucm", "month"))
        assert not view.find(("pools", "aws-h100"))
        assert driver.one(CommitmentList).has_focus
        assert view.cell_text() == "oracle-ucm/year: met"
        rows = view.table()
        assert rows[0] == ["period", "aws", "oracle"]
        assert [row[0] for row in rows[1:]] == ["2026-01", "2026-02", "2026-03"]
        plan = driver.app.workspace.shown.plan
        assert plan is not None
        assert sum(float(cell) for row in rows[1:] for cell in row[1:]) == pytest.approx(plan.totals.cash_usd, abs=0.05)


async def test_other_bars_fit_another_width(open_app: OpenApp) -> None:
    async with open_app(view="overview", plans=False) as driver:
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert all(len(line.rstrip()) <= 80 for line in driver.text.splitlines())
        assert "██ aws $" in driver.text, "the legend stands above the bars now"


async def test_the_cursor_is_seen_without_colours(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    for value, is_reversed in (("1", True), (None, False)):
        if value is None:
            monkeypatch.delenv("NO_COLOR", raising=False)
        else:
            monkeypatch.setenv("NO_COLOR", value)
        async with open_app(view="overview", plans=False) as driver:
            contracts: CommitmentList = driver.one(CommitmentList)
            styles = [segment.style for segment in contracts.render_line(0)]
            assert any(style is not None and style.reverse for style in styles) is is_reversed
