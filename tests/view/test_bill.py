"""Searching, sorting and summing the bill."""

from __future__ import annotations

import csv
import io
import random
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.plan.document import BillCategory, Plan
from router.report.csv_tables import BILL_COLUMNS
from router.report.tables.cost import CATEGORY_WORDS
from router.view.bill import SHOWN_FIELDS, BillFilter, BillLines, SortKey, bill_lines, lines_csv
from router.view.bill_columns import BillColumns, BillField, bill_columns
from router.view.word_match import holds_letters
from tests.difference.making import line, plan
from tests.report.sample_plans import empty_plan, frontier_plan, small_plan, small_scenario


@cache
def shuffled() -> Plan:
    """The small plan's bill in another order."""
    lines = [*small_plan().bill]
    random.Random(7).shuffle(lines)
    return small_plan().model_copy(update={"bill": lines})


@cache
def columns() -> BillColumns:
    """The columns of `shuffled`."""
    return bill_columns(shuffled())


def found(text: str = "", **more: object) -> list[str]:
    """Items of the lines that a filter lets through."""
    shown = bill_lines(columns(), BillFilter(text=text, **more))  # type: ignore[arg-type]
    return [shuffled().bill[at].item for at in shown.lines.tolist()]


def test_every_line_is_there_to_the_cent() -> None:
    shown = bill_lines(columns())
    assert shown.count == len(shuffled().bill)
    assert list(shown.lines) == list(range(shown.count))
    assert round(shown.sum_usd * 100) == sum(round(each.amount_usd * 100) for each in shuffled().bill)
    assert shown.cash_usd == pytest.approx(shuffled().totals.cash_usd)
    assert shown.share_of_bill == 1.0
    assert shown.words.startswith(f"{shown.count} lines: $")
    assert "of the bill" not in shown.words


def test_cells_are_what_the_line_says() -> None:
    shown = bill_lines(columns(), BillFilter("shortfalls"))
    assert shown.cells(0) == (
        "2027-04", "shortfalls", "oracle", "oracle-ucm/year", "", "", "83.6 k", "USD", "$1.00", "$83.6 k",
    )  # fmt: skip
    assert len(shown.cells(0)) == len(SHOWN_FIELDS)
    usage = bill_lines(columns(), BillFilter("on demand aws-h100 2027-01"))
    assert usage.cells(0)[4:8] == ("on demand", "", "5.58 k", "instance-hours")
    with pytest.raises(IndexError):
        shown.cells(1)


@pytest.mark.parametrize(
    "text", ["aws", "AWS-H", "oracle usage", "usage oracle", "2027-02", "on demand aws", "ucm", "  "]
)
def test_words_are_found_wherever_they_stand(text: str) -> None:
    words = text.lower().split()
    wanted = []
    for record in shuffled().bill:
        category = {"unserved": "value of unserved"}.get(record.category.value, record.category.value.replace("_", " "))
        plain = f"{record.item}|{record.provider or ''}|{category}|{record.contract or ''}|"
        plain += f"{(record.purchase_option or '').replace('_', ' ')}|2027-0{record.period + 1}"
        if all(word in plain.lower() for word in words):
            wanted.append(record.item)
    assert wanted
    assert found(text) == wanted


def test_letters_in_order_are_tried_where_no_line_has_the_word() -> None:
    assert set(found("orah")) == {"oracle-h100"}
    shown = bill_lines(columns(), BillFilter("orah usage"))
    assert shown.loose_words == ("orah",)
    assert "(letters of orah in order)" in shown.words
    assert found("zzz") == []
    assert bill_lines(columns(), BillFilter("zzz")).loose_words == ()
    assert bill_lines(columns(), BillFilter("zzz")).words == f"0 of {len(shuffled().bill)} lines: $0, 0 % of the bill"
    assert holds_letters("aa", ["a", "aba", ""]).tolist() == [False, True, False]


def test_filters_by_category_provider_and_period_work_together() -> None:
    assert set(found(categories=frozenset({BillCategory.SHORTFALL, BillCategory.BREACH}))) == {
        "oracle-ucm/year",
        "limits.cash[0]",
    }
    assert found(providers=frozenset({None}), first_period=2, last_period=2) == ["chat/eu"]
    assert set(found(providers=frozenset({"aws"}))) == {"aws-h100", "aws-cpu", "chat/us"}
    assert found(providers=frozenset({"azure"})) == []
    assert len(found(first_period=1)) + len(found(last_period=0)) == columns().count
    assert found(first_period=3, last_period=1) == []


@given(st.lists(st.builds(SortKey, st.sampled_from(BillField), st.booleans()), max_size=4))
def test_sorting_is_stable_and_puts_what_has_no_text_last(keys: list[SortKey]) -> None:
    shown = bill_lines(columns(), BillFilter(first_period=1), keys)
    wanted = [at for at, record in enumerate(shuffled().bill) if record.period >= 1]
    for key in reversed(keys):
        wanted = _sorted(wanted, key)
    assert shown.lines.tolist() == wanted


def _sorted(lines: list[int], key: SortKey) -> list[int]:
    """By one key, in plain Python."""
    bill = shuffled().bill

    def value(at: int) -> Any:
        record = bill[at]
        match key.by:
            case BillField.PERIOD | BillField.YEAR:
                return record.period if key.by is BillField.PERIOD else 2027
            case BillField.CATEGORY:
                return list(CATEGORY_WORDS).index(record.category)
            case BillField.QUANTITY | BillField.PRICE | BillField.AMOUNT:
                return getattr(record, {"price": "usd_per_unit", "amount": "amount_usd"}.get(key.by, key.by))
            case BillField.OPTION:
                return (record.purchase_option or "").replace("_", " ")
            case _:
                return (getattr(record, key.by.value) or "").lower()

    blank = [at for at in lines if value(at) == ""]
    return sorted((at for at in lines if value(at) != ""), key=value, reverse=key.is_descending) + blank


def test_sums_of_selections_are_exact() -> None:
    lines = [line(BillCategory.USAGE, "azure-us", 0.1, provider="azure") for _ in range(3)]
    many = bill_lines(bill_columns(plan(lines=[*lines, line(BillCategory.TIER_CREDIT, "azure", -1_000_000.01)])))
    assert many.selection([0, 1, 2]) == "3 lines: $0.30"
    assert many.selection([3]) == "1 line: -$1,000,000.01"
    assert many.selection([]) == "0 lines: $0"
    assert many.sum_usd == -999_999.71
    with pytest.raises(IndexError):
        many.selection([4])
    assert many.shares().sum() == pytest.approx(1.0)


def test_an_empty_bill_and_one_that_sums_to_nothing() -> None:
    nothing = bill_lines(bill_columns(empty_plan()), BillFilter("x"), [SortKey(BillField.AMOUNT)])
    assert (nothing.count, nothing.sum_usd, nothing.share_of_bill) == (0, 0.0, None)
    assert nothing.words == "0 lines: $0"
    both = plan(lines=[line(BillCategory.USAGE, "a", 5.0), line(BillCategory.TIER_CREDIT, "b", -5.0)])
    even = bill_lines(bill_columns(both))
    assert even.share_of_bill is None
    assert np.isnan(even.shares()).all()


def test_csv_is_what_is_shown_in_its_order() -> None:
    shown = bill_lines(columns(), BillFilter("aws"), [SortKey(BillField.AMOUNT, True)])
    rows = list(csv.DictReader(io.StringIO(lines_csv(shown, shuffled(), small_scenario()))))
    assert tuple(rows[0]) == BILL_COLUMNS
    assert len(rows) == shown.count
    amounts = [float(row["amount_usd"]) for row in rows]
    assert amounts == sorted(amounts, reverse=True)
    assert sum(round(amount * 100) for amount in amounts) == round(shown.sum_usd * 100)
    with pytest.raises(ValueError, match="found a bill of 0 lines, expected 28"):
        lines_csv(shown, empty_plan(), small_scenario())


def test_a_large_bill_keeps_its_sum_under_any_filter() -> None:
    made = bill_columns(frontier_plan())
    parts: list[BillLines] = [bill_lines(made, BillFilter(first_period=at, last_period=at)) for at in range(44)]
    assert sum(round(part.sum_usd * 100) for part in parts) == int(made.cents.sum())
    assert sum(part.count for part in parts) == made.count
