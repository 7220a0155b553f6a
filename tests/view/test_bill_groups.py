"""The bill in groups."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from router.view.bill import BillFilter, SortKey, bill_lines
from router.view.bill_columns import BillField, bill_columns
from router.view.bill_groups import bill_groups, groups_table
from router.view.table_csv import table_csv
from tests.report.sample_plans import empty_plan, frontier_plan, small_plan


@pytest.mark.parametrize(
    "fields",
    [
        [BillField.CATEGORY],
        [BillField.PROVIDER, BillField.YEAR],
        [BillField.ITEM],
        [BillField.PERIOD, BillField.CATEGORY, BillField.PROVIDER],
        [BillField.CONTRACT, BillField.OPTION],
    ],
)
def test_groups_split_the_lines_shown(fields: list[BillField]) -> None:
    for plan in (small_plan(), frontier_plan()):
        shown = bill_lines(bill_columns(plan), BillFilter(first_period=1), [SortKey(BillField.AMOUNT)])
        groups = bill_groups(shown, fields)
        assert len(set(groups.names)) == groups.count
        assert groups.line_counts.sum() == shown.count
        assert groups.cents.sum() == round(shown.sum_usd * 100)
        assert groups.shares.sum() == pytest.approx(1.0)
        assert (np.diff(np.abs(groups.cents)) <= 0).all()
        for group in range(groups.count):
            lines = groups.lines_of(group)
            assert shown.columns.sum_usd(lines) == groups.usd(group)
            assert len(lines) == groups.line_counts[group]
            for each, name in zip(fields, groups.names[group], strict=True):
                assert {shown.columns.texts[each].name(at) or name for at in lines.tolist()} == {name}


def test_groups_in_the_order_of_their_fields() -> None:
    groups = bill_groups(bill_lines(bill_columns(small_plan())), [BillField.PERIOD], by_amount=False)
    assert groups.names == (("2027-01",), ("2027-02",), ("2027-03",), ("2027-04",))
    providers = bill_groups(bill_lines(bill_columns(small_plan())), [BillField.PROVIDER], by_amount=False)
    assert providers.names == (("aws",), ("oracle",), ("no provider",))


def test_the_table_sums_up_and_is_exported_as_shown() -> None:
    shown = bill_lines(bill_columns(small_plan()))
    table = groups_table(bill_groups(shown, [BillField.PROVIDER, BillField.CATEGORY]))
    assert table.rows[-1].role == "total"
    assert table.rows[-1].cells == ("all", None, float(shown.count), shown.sum_usd, 1.0)
    rows = list(csv.reader(io.StringIO(table_csv(table))))
    assert rows[0] == ["Provider", "Category", "Lines", "Amount", "Share"]
    assert len(rows) == len(table.rows) + 1
    assert float(rows[-1][3]) == pytest.approx(shown.sum_usd)
    assert rows[-1][1] == ""


def test_nothing_to_group() -> None:
    groups = bill_groups(bill_lines(bill_columns(empty_plan())), [BillField.ITEM, BillField.YEAR])
    assert groups.count == 0
    assert groups_table(groups).rows == ()


@pytest.mark.parametrize("fields", [[], [BillField.AMOUNT], [BillField.ITEM, BillField.ITEM]])
def test_what_cannot_be_grouped_by(fields: list[BillField]) -> None:
    with pytest.raises(ValueError, match="expected some of period, year, category"):
        bill_groups(bill_lines(bill_columns(small_plan())), fields)
