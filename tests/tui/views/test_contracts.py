"""The contracts: edited in place, with the burn-down of the commitment under the cursor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual import events

from router.view.burn_down_marks import MarkKind
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import LARGE, SMALL, Driver
from tui.charts.burn_down_chart import BurnDownChart
from tui.charts.burn_down_plot import BurnDownPlot
from tui.charts.window_facts import WindowFacts
from tui.views.contracts import ContractsView

# Rows of tiny's contracts.
HEADING, TERM_FROM, TERM_TO, PROMISE, WINDOWS_FROM, MET, SPENT, RATE, CARRY, DISCOUNT = range(10)


async def to_row(driver: Driver, row: int) -> None:
    """The cursor on a row."""
    await driver.press("ctrl+home", *["down"] * row)
    assert driver.cursor[0] == row


def shown(driver: Driver) -> tuple[bool, bool]:
    """Whether the curve and the facts are on the screen."""
    return driver.one(BurnDownChart).is_on_screen, driver.one(WindowFacts).is_on_screen


async def test_the_curve_is_that_of_the_commitment_under_the_cursor(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        plot: BurnDownPlot = driver.one(BurnDownPlot)
        curve = plot.curve
        assert curve is not None
        assert curve.name == "oracle-ucm/year"
        text = driver.text
        for words in (
            "oracle-ucm/year, window 1 of 1: met on 2026-03-31",
            "remains",
            "even pace",
            "Promise",
            "year promised: contract year",
            "2026-12-31",
            "carry-forward",
            "window 1",
            "2026-02",
        ):
            assert words in text
        assert any("\u2800" < letter <= "\u28ff" for letter in text), "the curve is drawn in braille"


async def test_a_promise_is_typed_over_and_the_curve_follows(open_app: OpenApp) -> None:
    async with open_app(view="contracts") as driver:
        await driver.planned()
        await to_row(driver, PROMISE)
        before = driver.cost_usd
        await driver.edit("9 M")
        assert driver.scenario.contracts["oracle-ucm"].commitments["year"].amount_usd == 9_000_000
        await driver.planned()
        assert driver.cost_usd > before
        await driver.wait_for(lambda: driver.one(BurnDownPlot).marks[0].kind is MarkKind.SHORT)
        assert "SHORT by" in driver.text
        assert "short !" in driver.text
        assert "! shortfall" in driver.text
        await driver.press("u")
        assert driver.scenario.contracts["oracle-ucm"].commitments["year"].amount_usd == 600_000


async def test_a_curve_of_the_plan_before_says_so(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        await to_row(driver, RATE)
        await driver.edit("50%")
        assert "STALE: oracle-ucm/year, window 1 of 1" in driver.text


@covers(ContractsView, "toggle_curve", "toggle_facts")
async def test_curve_and_facts_come_and_go_on_a_large_screen(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False, size=LARGE) as driver:
        assert shown(driver) == (True, True)
        await driver.press("t")
        assert shown(driver) == (True, False)
        await driver.press("z")
        assert shown(driver) == (False, False)
        await driver.press("t")
        assert shown(driver) == (True, True)
        await driver.press("z")
        assert shown(driver) == (False, False)
        assert driver.grid.size.height > 20
        await driver.press("z")
        assert shown(driver) == (True, True)


async def test_on_a_small_screen_the_grid_has_it_until_asked(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False, size=SMALL) as driver:
        assert shown(driver) == (False, False)
        assert "discount: all us" in driver.text
        await driver.press("z")
        assert shown(driver) == (True, False)
        assert "oracle-ucm/year, window 1 of 1" in driver.text
        assert driver.grid.size.height >= 8, "the grid stays usable"
        await driver.press("t")
        assert shown(driver) == (False, True)
        assert "Drawdown" in driver.text
        await driver.press("t")
        assert shown(driver) == (True, False)
        await driver.press("z")
        assert shown(driver) == (False, False)
        await driver.press("t")
        assert shown(driver) == (False, True)
        await driver.press("t")
        assert shown(driver) == (False, False)
        await driver.pilot.resize_terminal(*LARGE)
        await driver.settle()
        await driver.press("z")
        assert driver.one(BurnDownChart).is_on_screen


@covers(ContractsView, "turn_carry_forward")
async def test_carry_forward_is_turned_on_and_off(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        await to_row(driver, CARRY)
        assert "carry-forward: off   c turns it on and off" in driver.text
        for state in (True, False):
            await driver.press("c")
            assert driver.scenario.contracts["oracle-ucm"].commitments["year"].carry_forward is state
        assert driver.app.view is not None
        assert driver.app.view.cell_text() == "off"


@covers(
    ContractsView,
    "move_term('term end', 1)",
    "move_term('term end', -1)",
    "move_term('term start', 1)",
    "move_term('term start', -1)",
)
async def test_the_term_moves_by_a_month(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        await to_row(driver, TERM_TO)

        def term() -> tuple[date, date]:
            held = driver.scenario.contracts["oracle-ucm"]
            return held.start, held.end

        assert term() == (date(2026, 1, 1), date(2027, 1, 1))
        await driver.press(">")
        assert term()[1] == date(2027, 2, 1)
        assert "2027-01-31" in driver.text
        await driver.press("<", "<")
        assert term()[1] == date(2026, 12, 1)
        await driver.press("(")
        assert term()[0] == date(2025, 12, 1)
        await driver.press(")", ")")
        assert term()[0] == date(2026, 2, 1)


async def test_what_the_scenario_refuses_is_told_and_changes_nothing(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        await to_row(driver, TERM_TO)
        await driver.press(*["<"] * 12)
        assert driver.told(), "a term that ends when it begins is refused"
        held = driver.scenario.contracts["oracle-ucm"]
        assert held.end > held.start
        await to_row(driver, RATE)
        await driver.edit("-5")
        assert driver.scenario.contracts["oracle-ucm"].commitments["year"].shortfall_rate == 1


async def test_dates_are_not_typed_over(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        before = driver.scenario
        await to_row(driver, TERM_FROM)
        await driver.press("5", "enter")
        assert driver.scenario is before


@covers(ContractsView, "whole_curve")
async def test_the_wheel_zooms_and_all_of_it_comes_back(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        plot: BurnDownPlot = driver.one(BurnDownPlot)
        whole = plot._x_min, plot._x_max
        x, y = plot.region.x + plot.size.width // 2, plot.region.y + plot.size.height // 2
        scroll = events.MouseScrollDown(plot, x, y, 0, 0, 0, False, False, False, x, y)
        for _ in range(8):
            driver.app.screen._forward_event(scroll)
        await driver.settle()
        zoomed = plot._x_min, plot._x_max
        assert whole[0] < zoomed[0] < zoomed[1] < whole[1]
        await driver.press("down")
        assert (plot._x_min, plot._x_max) == zoomed, "moving in the same commitment keeps it"
        await driver.press("Z")
        assert (plot._x_min, plot._x_max) == pytest.approx(whole)
        assert driver.grid.has_focus


async def test_why_asks_about_the_promise(open_app: OpenApp) -> None:
    async with open_app(view="contracts") as driver:
        await driver.planned()
        await to_row(driver, RATE)
        await driver.press("i")
        await driver.see("What is a dollar of oracle-ucm/year's promise worth?", "commitment oracle-ucm/year")


async def test_without_contracts_and_without_commitments(open_app: OpenApp, tiny: Path) -> None:
    text = tiny.read_text(encoding="utf-8")
    start, end = text.index("contracts:"), text.index("workloads:")
    tiny.write_text(text[:start] + text[end:], encoding="utf-8")
    async with open_app(view="contracts", plans=False) as driver:
        assert "No plan yet." in driver.text
        await driver.press("c", "<", "i", "Z", "t", "z", "y", "down")
        assert driver.scenario.contracts == {}


async def test_a_contract_without_a_commitment_says_so(open_app: OpenApp, tiny: Path) -> None:
    text = tiny.read_text(encoding="utf-8")
    start, end = text.index("    commitments:"), text.index("    assumption: a made-up contract")
    tiny.write_text(text[:start] + text[end:], encoding="utf-8")
    async with open_app(view="contracts") as driver:
        await driver.planned()
        await driver.see("No commitment here: nothing is promised.")
        await driver.press("c")
        assert any("commitment" in message for message in driver.told())


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "no colours"])
async def test_it_is_drawn_in_every_theme(open_app: OpenApp, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if theme == "no colours":
        monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(view="contracts", plans=False) as driver:
        if theme != "no colours":
            driver.app.theme = theme
        await driver.settle()
        assert "remains" in driver.text
        plot: BurnDownPlot = driver.one(BurnDownPlot)
        assert driver.app.no_color == (theme == "no colours")
        style = plot._style("window")
        assert style != "none"


async def test_the_table_has_dates_and_words(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        assert driver.app.view is not None
        rows = {row[0].strip(): row[1:] for row in driver.app.view.table()}
        assert rows["term to"] == ["2026-12-31"]
        assert rows["carry-forward"] == ["off"]
        assert rows["year promised: contract year"] == ["600000"]
