"""The bill: filter, sort, group, select, go."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Input

from router.plan.document import BillCategory
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import SMALL, Driver
from tui.views.bill import BillView
from tui.widgets.row_table import RowTable

# Tiny's bill has six lines of usage: three months, each of aws-h100 and of oracle-h100.
LINES = 6


def view_of(driver: Driver) -> BillView:
    view = driver.app.view
    assert isinstance(view, BillView)
    return view


def rows(driver: Driver) -> list[str]:
    """The lines of the table in sight, without its titles."""
    return [line for line in driver.text.splitlines()[5:-2] if line.strip()]


def titles(driver: Driver) -> str:
    return driver.text.splitlines()[4]


def foot(driver: Driver) -> str:
    return driver.text.splitlines()[-2]


async def test_the_largest_lines_first_and_their_sum(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        assert len(rows(driver)) == LINES
        assert "Amount▼" in titles(driver)
        assert "2026-03" in rows(driver)[0]
        assert "6 lines: $681 k" in foot(driver)


@covers(BillView, "filter")
async def test_filter_as_you_type(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        await driver.press("f")
        assert driver.one(Input).has_focus
        await driver.type("oracle")
        assert len(rows(driver)) == 3
        assert "3 of 6 lines" in foot(driver)
        assert "of the bill" in foot(driver)
        await driver.type(" -02")
        assert len(rows(driver)) == 1
        await driver.press("escape")
        assert driver.one(RowTable).has_focus
        assert len(rows(driver)) == 1, "the filter stays"
        await driver.press("f", "enter")
        assert driver.one(RowTable).has_focus
        await driver.press("f")
        await driver.type("zzz")
        assert "No line of the bill has all these words." in driver.text
        await driver.press("enter", "enter", "space", "y")
        assert driver.app.view is view_of(driver)


@covers(BillView, "sort", "reverse")
async def test_sort_by_the_next_column_and_turn_it(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        await driver.press("s")
        assert "Period▲" in titles(driver)
        assert [row.split()[0] for row in rows(driver)] == sorted(row.split()[0] for row in rows(driver))
        await driver.press("r")
        assert "Period▼" in titles(driver)
        assert rows(driver)[0].split()[0] == "2026-03"
        await driver.press("s")
        assert "Category▲" in titles(driver)


async def test_a_click_on_a_title_sorts(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        x = titles(driver).index("Item")
        await driver.pilot.click(RowTable, offset=(x, 0))
        await driver.settle()
        assert "Item▲" in titles(driver)
        assert "aws-h100" in rows(driver)[0]
        await driver.pilot.click(RowTable, offset=(x, 0))
        await driver.settle()
        assert "Item▼" in titles(driver)
        assert "oracle-h100" in rows(driver)[0]


@covers(BillView, "group", "back")
async def test_groups_and_the_lines_of_one(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        for grouping, count in (("category", 1), ("provider", 2), ("item", 2), ("year", 1)):
            await driver.press("o")
            assert f"by {grouping}" in driver.text
            assert len(rows(driver)) == count
        await driver.press("o")
        assert "line by line" in driver.text
        await driver.press("o", "o", "down", "enter")
        assert "lines of oracle" in driver.text
        assert len(rows(driver)) == 3
        await driver.press("backspace")
        assert len(rows(driver)) == 2
        await driver.press("space")
        assert "1 group, 3 lines: $" in foot(driver)


async def test_groups_are_sorted_too(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        await driver.press("o", "o")
        assert "aws" in rows(driver)[0]
        await driver.press("r")
        assert "oracle" in rows(driver)[0]
        await driver.press("s")
        assert "Provider▲" in titles(driver)
        assert "aws" in rows(driver)[0]


@covers(RowTable, "move(-1)", "move(1)", "page(-1)", "page(1)", "edge(-1)", "edge(1)")
async def test_the_cursor_moves_and_stays_in_the_table(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        table: RowTable = driver.one(RowTable)
        for key, row in (("down", 1), ("j", 2), ("k", 1), ("up", 0), ("up", 0), ("end", 5), ("down", 5), ("home", 0)):
            await driver.press(key)
            assert table.row == row
        await driver.press("pagedown")
        assert table.row == LINES - 1
        await driver.press("pageup")
        assert table.row == 0


@covers(RowTable, "extend(-1)", "extend(1)", "select_row", "select_all", "clear_selection")
async def test_selection_and_its_sum(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        table: RowTable = driver.one(RowTable)
        await driver.press("shift+down", "J")
        assert table.selected == [0, 1, 2]
        assert "3 lines: $" in foot(driver)
        assert rows(driver)[0].startswith("▌"), "without colours, too"
        await driver.press("shift+up", "K")
        assert table.selected == [0]
        await driver.press("escape")
        assert table.selected == []
        await driver.press("space", "down", "space")
        assert table.selected == [0, 2]
        await driver.press("up", "space")
        assert table.selected == [0]
        await driver.press("ctrl+a")
        assert len(table.selected) == LINES
        assert "6 lines: $680,696.64" in foot(driver)


async def test_what_is_selected_stays_so_in_another_order(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        await driver.press("space")
        assert rows(driver)[0].startswith("▌2026-03")
        before = foot(driver)
        await driver.press("r")
        assert rows(driver)[-1].startswith("▌2026-03")
        assert foot(driver) == before


@covers(RowTable, "open")
async def test_enter_goes_to_the_pool(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        await driver.press("enter")
        await driver.wait_for(lambda: driver.app.view is not None and driver.app.view.id == "view-capacity")
        grid = driver.grid
        assert grid.grid is not None
        assert grid.grid.rows[grid.row].key == ("pools", "aws-h100")


async def test_a_double_click_opens_and_ctrl_selects(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        table: RowTable = driver.one(RowTable)
        await driver.pilot.click(RowTable, offset=(5, 2))
        assert table.row == 1
        await driver.pilot.click(RowTable, offset=(5, 4), shift=True)
        assert table.selected == [1, 2, 3]
        await driver.pilot.click(RowTable, offset=(5, 6), control=True)
        assert table.selected == [1, 2, 3, 5]
        await driver.pilot.click(RowTable, offset=(5, 20))
        assert table.row == 5, "below the last row is nothing"
        await driver.pilot.click(RowTable, offset=(5, 1), times=2)
        await driver.wait_for(lambda: driver.app.view is not None and driver.app.view.id == "view-capacity")


async def test_a_line_of_nothing_that_can_be_shown(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        shown = driver.app.workspace.shown
        assert shown.plan is not None
        odd = shown.plan.bill[0].model_copy(update={"category": BillCategory.BREACH, "item": "limits.cash[0]"})
        view_of(driver).show(replace(shown, plan=shown.plan.model_copy(update={"bill": [odd]})))
        await driver.settle()
        await driver.press("enter")
        assert driver.app.view is view_of(driver)
        assert any("no pool" in told for told in driver.told())


@covers(BillView, "copy")
async def test_copy_the_selection_and_the_table(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        await driver.press("y")
        assert driver.app.clipboard.startswith("2026-03\tusage\taws\taws-h100\t")
        await driver.press("space", "space", "y")
        assert len(driver.app.clipboard.splitlines()) == 2
        table = view_of(driver).table()
        assert table[0][0] == "period"
        assert len(table) == LINES + 1
        plan = driver.app.workspace.shown.plan
        assert plan is not None
        assert abs(sum(float(row[-1]) for row in table[1:]) - plan.totals.cash_usd) < 0.01
        await driver.press("o", "o", "y")
        assert driver.app.clipboard.startswith("aws\t3\t")
        assert [row[0] for row in view_of(driver).table()] == ["provider", "aws", "oracle"]


async def test_find_goes_to_the_first_line_of_it(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        view = view_of(driver)
        table: RowTable = driver.one(RowTable)
        assert view.find(("pools", "oracle-h100"))
        assert "oracle-h100" in view.cell_text()
        assert view.find(("pools", "aws-h100"))
        assert table.row == 0
        assert view.find(("oracle-ucm",))
        assert "oracle-ucm" in view.cell_text()
        assert not view.find(("pools", "elsewhere"))
        assert not view.find(("workloads", "elsewhere", "us"))


async def test_without_a_plan_and_with_an_empty_bill(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        shown = driver.app.workspace.shown
        view_of(driver).show(replace(shown, plan=None))
        await driver.settle()
        assert "No plan yet" in driver.text
        await driver.press("s", "r", "o", "y", "enter", "space", "ctrl+a", "end", "o", "o", "o", "o")
        assert view_of(driver).table() == []
        assert shown.plan is not None
        view_of(driver).show(replace(shown, plan=shown.plan.model_copy(update={"bill": []})))
        await driver.settle()
        assert "The bill has no lines." in driver.text
        await driver.press("s", "r", "y", "enter", "space", "o", "enter")


async def test_columns_leave_where_room_is_short(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False, size=SMALL) as driver:
        for title in ("Period", "Category", "Item", "Amount"):
            assert title in titles(driver)
        assert "Unit" not in titles(driver)
        assert all(len(line.rstrip()) <= 80 for line in driver.text.splitlines())
        await driver.pilot.resize_terminal(40, 15)
        await driver.settle()
        assert "Period" in titles(driver)


async def test_a_stale_bill_says_so(open_app: OpenApp) -> None:
    async with open_app(view="bill", plans=False) as driver:
        view_of(driver).show(replace(driver.app.workspace.shown, version=7))
        await driver.settle()
        assert "from before the last edit: 6 lines" in foot(driver)
        assert view_of(driver).has_class("-stale")
