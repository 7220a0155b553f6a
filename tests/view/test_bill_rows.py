"""The bill as rows of a table, and where its lines lead."""

from __future__ import annotations

import pytest

from router.plan.document import BillCategory, BillLine
from router.report.letters import letters_for
from router.view.bill import SHOWN_FIELDS, BillFilter, SortKey, bill_lines
from router.view.bill_columns import BillField, bill_columns
from router.view.bill_groups import bill_groups
from router.view.bill_place import place_of
from router.view.bill_rows import LineRows, group_rows
from tests.report.sample_plans import empty_plan, frontier_plan, small_plan, small_scenario

LETTERS = letters_for("utf-8")


def test_a_row_has_a_text_for_each_column_that_fits_in_it() -> None:
    rows = LineRows(bill_lines(bill_columns(frontier_plan())))
    for row in range(0, rows.count, 37):
        cells = rows.cells(row)
        assert len(cells) == len(rows.columns)
        for cell, column in zip(cells, rows.columns, strict=True):
            assert len(cell) <= column.width, (column, cell)
    with pytest.raises(IndexError):
        rows.cells(rows.count)


def test_columns_stay_where_they_are_while_one_searches() -> None:
    columns = bill_columns(frontier_plan())
    assert LineRows(bill_lines(columns)).columns == LineRows(bill_lines(columns, BillFilter("azure"))).columns


def test_plain_rows_have_numbers_in_full() -> None:
    plan = small_plan()
    rows = LineRows(bill_lines(bill_columns(plan)))
    assert rows.plain_titles == tuple(SHOWN_FIELDS)
    for row, line in enumerate(plan.bill):
        plain = dict(zip(SHOWN_FIELDS, rows.plain(row), strict=True))
        assert float(plain[BillField.AMOUNT]) == pytest.approx(line.amount_usd, abs=0.005)
        assert float(plain[BillField.QUANTITY]) == line.quantity
        assert float(plain[BillField.PRICE]) == line.usd_per_unit


@pytest.mark.parametrize(("column", "at"), [(0, 0), (1, 1), (2, 2), (7, 2)])
@pytest.mark.parametrize("is_descending", [True, False])
def test_groups_in_any_order(column: int, at: int, is_descending: bool) -> None:
    groups = bill_groups(bill_lines(bill_columns(frontier_plan())), [BillField.ITEM])
    rows = group_rows(groups, LETTERS, column, is_descending=is_descending)
    values = [rows.plain(row)[at] if at == 0 else float(rows.plain(row)[at]) for row in range(rows.count)]
    assert values == sorted(values, reverse=is_descending)
    assert sum(len(rows.lines_of(row)) for row in range(rows.count)) == groups.shown.count
    assert {rows.name(row) for row in range(rows.count)} == {name for (name,) in groups.names}


def test_group_bars_are_longest_for_the_largest() -> None:
    groups = bill_groups(bill_lines(bill_columns(frontier_plan())), [BillField.PROVIDER])
    rows = group_rows(groups, LETTERS)
    lengths = [rows.cells(row)[4].count(LETTERS.full) for row in range(rows.count)]
    assert lengths[0] == rows.columns[4].width
    assert lengths == sorted(lengths, reverse=True)
    sums = rows.selection(list(range(rows.count)))
    assert sums.startswith(f"{rows.count} groups, {groups.shown.count:,} lines: $")


def test_groups_of_nothing() -> None:
    rows = group_rows(bill_groups(bill_lines(bill_columns(empty_plan())), [BillField.PROVIDER]), LETTERS)
    assert rows.count == 0
    assert rows.columns[0].title == "Provider"


def test_lines_within_a_group_and_rows_of_lines() -> None:
    columns = bill_columns(frontier_plan())
    groups = bill_groups(bill_lines(columns), [BillField.PROVIDER])
    within = groups.lines_of(0)
    shown = bill_lines(columns, BillFilter(""), [SortKey(BillField.AMOUNT)], within)
    assert sorted(shown.lines.tolist()) == sorted(within.tolist())
    assert bill_lines(columns, within=within[:0]).count == 0
    rows = shown.rows_of(shown.lines[[5, 2]])
    assert rows.tolist() == [2, 5]
    assert shown.rows_of([-1]).tolist() == []


def test_the_first_row_about_something() -> None:
    plan = small_plan()
    shown = bill_lines(bill_columns(plan))
    pool = next(line.item for line in plan.bill if line.category == BillCategory.USAGE)
    row = shown.row_about(("pools", pool))
    assert row is not None
    assert shown.cell(row, BillField.ITEM) == pool
    assert shown.row_about(("pools", "elsewhere")) is None
    assert shown.row_about(("elsewhere", "spend")) is None
    contract = next(line.contract for line in plan.bill if line.contract is not None)
    row = shown.row_about((contract,))
    assert row is not None
    assert contract in (shown.cell(row, BillField.CONTRACT), shown.cell(row, BillField.ITEM).split("/")[0])


def line_of(category: BillCategory, item: str) -> BillLine:
    return small_plan().bill[0].model_copy(update={"category": category, "item": item})


def test_where_lines_lead() -> None:
    scenario = small_scenario()
    pool, contract = next(iter(scenario.pools)), next(iter(scenario.contracts))
    commitment = next(iter(scenario.contracts[contract].commitments))
    workload = next(iter(scenario.workloads))
    assert place_of(line_of(BillCategory.USAGE, pool), scenario) == ("capacity", ("pools", pool))
    assert place_of(line_of(BillCategory.RESERVATION, "gone"), scenario) is None
    shortfall = line_of(BillCategory.SHORTFALL, f"{contract}/{commitment}")
    assert place_of(shortfall, scenario) == ("contracts", (contract, commitment))
    assert place_of(line_of(BillCategory.TIER_CREDIT, contract), scenario) == ("contracts", (contract,))
    assert place_of(line_of(BillCategory.TIER_CREDIT, "gone"), scenario) is None
    place = place_of(line_of(BillCategory.UNSERVED, workload), scenario)
    assert place == ("demand", ("workloads", workload))
    assert place_of(line_of(BillCategory.MIGRATION, "gone/us"), scenario) is None
    assert place_of(line_of(BillCategory.BREACH, "limits.cash[0]"), scenario) is None
