"""Two plans side by side."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.difference.difference import difference
from router.plan.document import BillCategory, BreachRecord, Plan
from router.view.compare import ComparedSide, comparison, paired_curves, side_by_side
from router.view.compare_pages import compare_pages
from router.view.signed_bars import signed_bars
from tests.difference.making import line, plan, window
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario


def side(name: str, made: Plan) -> ComparedSide:
    """A plan to compare, with a scenario that knows little of it."""
    return ComparedSide(name, made, small_scenario())


BEFORE = side("saved", plan([("chat", "us", "azure-us", 0, 8)], windows=[window(), window("aws")]))
AFTER = side(
    "now",
    plan(
        [("chat", "us", "oracle-us", 0, 6)],
        lines=[line(BillCategory.SHORTFALL, "azure/spend", 400.0, provider="azure")],
        windows=[
            window(drawdown_usd=600.0, shortfall_usd=400.0, shortfall_paid_usd=400.0, met_on=None),
            window("oracle"),
        ],
        breaches=[BreachRecord(limit="limits.cash[0]", period=0, slice=None, amount=5.0, words="too much")],
    ),
)


def test_headline_numbers_side_by_side() -> None:
    table = side_by_side(BEFORE, AFTER)
    assert [column.title for column in table.columns] == ["What", "saved", "now", "Change"]
    rows = {row.cells[0]: (row.cells[1:], row.role) for row in table.rows}
    assert rows["Total cost, discounted"] == (("$29.8 k", "$22.7 k", "-$7.04 k"), "total")
    assert rows["Gap"][0] == ("0 %", "0 %", None)
    assert rows["Shortfall, not discounted"] == (("$0", "$400", "+$400"), "alert")
    assert rows["Unserved value, not discounted"] == (("$0", "$0", "same"), "plain")
    assert rows["of these missed"] == (("0", "1", "+1"), "alert")
    assert rows["Limits broken"] == (("0", "1", "+1"), "alert")
    assert rows["Commitment windows"] == (("2", "2", "same"), "plain")


def test_everything_in_money_says_whether_it_is_discounted() -> None:
    found = comparison(BEFORE, AFTER)
    counts = {"Gap", "Commitment windows", "of these missed", "Training runs", "Limits broken"}
    named = [str(row.cells[0]) for row in found.headline.rows if row.cells[0] not in counts]
    assert [name.rpartition(", ")[2] for name in named] == ["discounted"] * 2 + ["not discounted"] * 4
    short = {str(row.cells[0]) for row in found.tables["difference"].rows if "$" in str(row.cells[1])}
    assert {"Total cost, discounted", "Shortfall, discounted"} <= short
    assert all("discounted" in name for name in short - {"Proved"})
    for page in compare_pages(found):
        told = [table.title for table in page.tables if table.key not in ("side-by-side", "difference")]
        told += [page.amounts.title] if page.amounts is not None else []
        told += [page.heading] if page.curves else []
        money = ("(discounted)",) if page.key in ("cause", "provider", "workload") else ("(not discounted)",)
        assert all(title.endswith(money) for title in told), page.key
    assert {page.key for page in compare_pages(found) if page.tables or page.amounts or page.curves} >= {
        "headline",
        "cause",
        "year",
        "contracts",
        "burn-down",
    }


def test_amounts_add_up_and_have_bars() -> None:
    found = comparison(BEFORE, AFTER)
    causes, providers, workloads, years = found.amounts
    assert causes.names == ("usage", "shortfalls")
    assert causes.change_usd == (-7440.0, 400.0)
    assert [text[3] for text in causes.texts()] == ["-$7.44 k", "+$400"]
    for amounts in found.amounts:
        assert sum(amounts.change_usd) == pytest.approx(amounts.total_usd[2])
        assert sum(amounts.before_usd) == pytest.approx(amounts.total_usd[0])
    assert providers.names == ("azure", "oracle")
    assert workloads.names == ("chat", "no workload")
    assert years.names == ("2026",)
    bars = causes.bars(40)
    assert bars.start[0] + bars.length[0] == bars.zero == bars.start[1]
    assert bars.length[0] > bars.length[1] >= 1


def test_the_tables_of_the_report_are_there_by_key() -> None:
    found = comparison(BEFORE, AFTER)
    assert next(iter(found.tables)) == "difference"
    assert {"biggest-changes", "difference-by-cause", "window-changes", "breach-changes", "moves"} <= set(found.tables)
    assert found.difference == difference(BEFORE.plan, AFTER.plan)
    same = comparison(BEFORE, BEFORE, difference(BEFORE.plan, BEFORE.plan))
    assert list(same.tables) == ["difference"]
    assert all(row.cells[3] in ("same", None) for row in same.headline.rows)
    assert not any(any(amounts.change_usd) for amounts in same.amounts)


def test_courses_are_paired_by_name() -> None:
    curves = paired_curves(BEFORE, AFTER)
    assert [(pair.contract, pair.before is None, pair.after is None) for pair in curves] == [
        ("azure", False, False),
        ("oracle", True, False),
        ("aws", False, True),
    ]
    azure = curves[0]
    assert azure.before is not None
    assert azure.after is not None
    assert azure.before.windows[0].shortfall_usd == 0
    assert azure.after.windows[0].shortfall_usd == 400


def test_plans_that_share_nothing() -> None:
    found = comparison(
        ComparedSide("small", small_plan(), small_scenario()),
        ComparedSide("large", frontier_plan(), frontier_scenario()),
    )
    assert len(found.curves) == 4
    assert found.tables["difference"].rows
    later = plan(boundaries=[date(2030, 1, 1), date(2030, 2, 1)])
    assert comparison(side("a", empty_plan()), side("b", later)).headline.rows


AMOUNTS = st.lists(st.just(0.0) | st.floats(-1e12, 1e12).filter(lambda usd: abs(usd) > 0.01), max_size=8)


@given(AMOUNTS, st.integers(0, 60))
def test_bars_stay_within_and_on_their_side(amounts: list[float], width: int) -> None:
    bars = signed_bars(amounts, width)
    assert bars.width == max(2, width)
    assert (bars.start >= 0).all()
    assert (bars.start + bars.length <= bars.width).all()
    for amount, start, length in zip(amounts, bars.start, bars.length, strict=True):
        assert (length == 0) == (amount == 0)
        assert start + length == bars.zero if amount < 0 else start == bars.zero
    order = np.argsort(np.abs(amounts))
    assert (np.diff(bars.length[order]) >= -1).all() or min(bars.zero, bars.width - bars.zero) <= 1


def test_the_largest_bars_take_the_whole_width() -> None:
    bars = signed_bars([30.0, -10.0, 0.0, 15.0], 40)
    assert (bars.zero, list(bars.start), list(bars.length)) == (10, [10, 0, 10, 10], [30, 10, 0, 15])
    assert signed_bars([5.0], 10).zero == 0
    assert signed_bars([-5.0], 10).zero == 10
    assert list(signed_bars([], 10).length) == []
