"""Cash over time as stacked bars."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.plan.document import NOT_CASH, BillCategory
from router.view.cost_stack import EIGHTHS, WIDEST_BAR, bars_that_fit, cost_stack, round_top, stack_rows
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario


@pytest.mark.parametrize("most", [0, 1, 7, 10, 30, 44, 200])
def test_grouping_loses_no_cash(most: int) -> None:
    plan = frontier_plan()
    stack = cost_stack(plan, frontier_scenario(), most)
    assert 1 <= len(stack.groups) <= max(1, most)
    assert stack.usd.shape == (len(stack.providers), len(stack.groups))
    for name, row in zip(stack.providers, stack.usd, strict=True):
        assert row.sum() == pytest.approx(plan.totals.by_provider_usd[name])
    assert stack.usd.sum() == pytest.approx(plan.totals.cash_usd)
    assert stack.usd_per_month.sum(axis=0).max() <= stack.top_usd_per_month


def test_a_group_is_the_cash_of_its_periods() -> None:
    plan = small_plan()
    stack = cost_stack(plan, small_scenario(), 2)
    assert [group.label for group in stack.groups] == ["2027 Q1", "2027 Q2"]
    aws = stack.providers.index("aws")
    wanted = sum(
        line.amount_usd
        for line in plan.bill
        if line.provider == "aws" and line.period < 3 and line.category not in NOT_CASH
    )
    assert stack.usd[aws, 0] == pytest.approx(wanted)
    assert stack.usd_per_month[aws, 0] == pytest.approx(wanted / 90 * 365.25 / 12)


def test_cells_follow_the_parts_of_each_bar() -> None:
    stack = cost_stack(small_plan(), small_scenario(), 4)
    ends, owners = stack.ends(12), stack.owners(12)
    assert owners.shape == (12, 4)
    assert (np.diff(ends, axis=0) >= 0).all()
    assert ends.max() <= 12 * EIGHTHS
    for bar in range(4):
        cells = owners[::-1, bar]
        filled = cells[cells >= 0]
        assert list(filled) == sorted(filled)
        assert len(filled) == pytest.approx(ends[-1, bar] / EIGHTHS, abs=0.5)
        assert (cells[len(filled) :] == -1).all()


def test_credits_are_told_and_not_drawn() -> None:
    plan = small_plan()
    credit = next(line for line in plan.bill if line.category == BillCategory.TIER_CREDIT)
    large = credit.model_copy(update={"amount_usd": -9e9, "provider": "azure"})
    stack = cost_stack(plan.model_copy(update={"bill": [*plan.bill, large]}), small_scenario(), 4)
    assert stack.has_credits
    assert not cost_stack(plan, small_scenario(), 4).has_credits
    assert stack.providers.index("azure") not in stack.owners(10)


def test_a_plan_without_cash_has_empty_bars() -> None:
    stack = cost_stack(empty_plan(), small_scenario(), 10)
    assert stack.providers == ()
    assert stack.top_usd_per_month == 0
    assert (stack.owners(3) == -1).all()
    assert stack.owners(3).shape == (3, 1)


@given(st.floats(1e-3, 1e15))
def test_a_round_top_is_near_and_above(highest: float) -> None:
    assert highest * (1 - 1e-9) <= round_top(highest) <= highest * 2


@pytest.mark.parametrize("width", [1, 5, 20, 66, 84, 150])
def test_bars_fit_and_take_most_of_the_room(width: int) -> None:
    plan = frontier_plan()
    most, bar = bars_that_fit(plan.periods, width)
    groups = len(cost_stack(plan, frontier_scenario(), most).groups)
    assert groups * bar <= width
    assert groups * bar >= 0.5 * width or bar == WIDEST_BAR
    assert 1 <= bar <= WIDEST_BAR


def test_few_bars_are_not_wider_than_they_should_be() -> None:
    assert bars_that_fit(small_plan().periods[:2], 200) == (2, WIDEST_BAR)
    assert bars_that_fit((), 50) == (1, 1)


@pytest.mark.parametrize("most", [3, 10, 44])
@pytest.mark.parametrize("bar", [1, 3, 12])
def test_ticks_do_not_run_into_each_other(most: int, bar: int) -> None:
    stack = cost_stack(frontier_plan(), frontier_scenario(), most)
    ticks = stack.ticks(bar)
    assert ticks[0][0] == 0
    for (cell, label), (after, _) in pairwise(ticks):
        assert cell + len(label) < after
    assert ticks[-1][0] + len(ticks[-1][1]) <= max(bar * len(stack.groups), len(ticks[0][1]))
    assert cost_stack(small_plan(), small_scenario(), 50).ticks(9)[0][1] == "2027-01"


def test_the_scale_begins_with_the_top() -> None:
    stack = cost_stack(small_plan(), small_scenario(), 50)
    scale = stack.scale(9)
    assert len(scale) == 9
    assert stack.top_words == f"{scale[0]} a month"
    assert scale[1:4] == ("", "", "")
    assert cost_stack(empty_plan(), small_scenario(), 5).scale(4) == ("", "", "", "")


def test_legend_and_rows_have_all_the_cash() -> None:
    plan = small_plan()
    stack = cost_stack(plan, small_scenario(), 2)
    assert stack.total_usd.sum() == pytest.approx(plan.totals.cash_usd)
    assert [name for name, _ in stack.legend()] == list(stack.providers)
    rows = stack_rows(stack)
    assert rows[0] == ["period", *stack.providers]
    assert sum(float(cell) for row in rows[1:] for cell in row[1:]) == pytest.approx(plan.totals.cash_usd, abs=0.1)
