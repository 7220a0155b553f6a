"""Costs: the parts sum to the total to the cent, whatever rounding does."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.difference.cost import whole_cents
from router.difference.difference import difference
from router.difference.document import AmountChange, CostChange
from router.difference.failure import DifferenceError
from router.plan.document import BillCategory

from .making import line, plan, run, usage


def by_name(amounts: list[AmountChange]) -> dict[str | None, float]:
    """Changes by name."""
    return {amount.name: amount.change_usd for amount in amounts}


def assert_exact(cost: CostChange) -> None:
    """Each split sums to the total, to the cent, before, after and in change."""
    for parts in (cost.by_cause, cost.by_provider, cost.by_workload):
        for field in ("before_usd", "after_usd", "change_usd"):
            cents = sum(round(getattr(part, field) * 100) for part in parts)
            assert cents == round(getattr(cost.total, field) * 100)


def test_causes_providers_and_workloads() -> None:
    before = plan([("chat", "us", "azure-us", 0, 4), ("search", "us", "azure-us", 0, 12)])
    after = plan(
        [("chat", "us", "aws-us", 0, 4), ("search", "us", "azure-us", 0, 12)],
        lines=[
            line(BillCategory.SHORTFALL, "azure/spend", 500.0, provider="azure"),
            line(BillCategory.DATA_TRANSFER, "chat/us > search", 70.25, provider="aws"),
            line(BillCategory.MIGRATION, "chat/us", 30.0),
            line(BillCategory.UNSERVED, "pretrain", 1000.0),
        ],
    )
    cost = difference(before, after).cost
    assert_exact(cost)
    assert cost.total.change_usd == 1600.25
    assert by_name(cost.by_cause) == {
        "unserved": 1000.0,
        "shortfall": 500.0,
        "data_transfer": 70.25,
        "migration": 30.0,
        "usage": 0.0,
    }
    chat = 20.0 * 24 * 31
    assert by_name(cost.by_provider) == {"azure": 500 - chat, "aws": chat + 70.25, None: 1030.0}
    assert by_name(cost.by_workload) == {"pretrain": 1000.0, None: 500.0, "chat": 100.25, "search": 0.0}
    assert cost.cash_by_year[0].name == "2026"
    assert cost.cash.change_usd == 600.25


def test_runs_share_a_pool_with_streams_and_idle_pools_belong_to_nobody() -> None:
    served = [("chat", "us", "azure-us", 0, 8)]
    runs = [run(pool="azure-us", hours=744.0, end=date(2026, 1, 31))]
    idle = usage("oracle-us", 1, 100.0)
    found = difference(plan(), plan(served, runs=runs, lines=[idle])).cost
    assert by_name(found.by_workload) == {"chat": 4 * 744 * 10, "pretrain": 4 * 744 * 10, None: 1000.0}


def test_discounted_parts_are_exact() -> None:
    served = [("chat", "us", pool, period, 1.0) for pool in ("a", "b", "c") for period in range(3)]
    lines = [line(BillCategory.MIGRATION, f"chat/{number}", 0.01, period=1) for number in range(7)]
    cost = difference(plan(discount=0.987), plan(served, discount=0.987, lines=lines)).cost
    assert_exact(cost)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_whole_cents_sum_and_stay_close(amounts: list[float]) -> None:
    total = float(np.sum(amounts))
    found = whole_cents(np.array(amounts), total)
    assert found.sum() == round(total * 100)
    assert np.all(np.abs(found - np.array(amounts) * 100) <= 1 + 1e-6 * len(amounts))


def test_bounds_tell_how_sure_the_change_is() -> None:
    before, after = plan([("chat", "us", "a", 0, 2)], bound=7400.0), plan([("chat", "us", "a", 0, 3)], bound=11_000.0)
    cost = difference(before, after).cost
    assert cost.total.change_usd == 3720.0
    assert (cost.change_at_least_usd, cost.change_at_most_usd) == (11_000.0 - 7440.0, 11_160.0 - 7400.0)
    found = difference(before, after)
    assert (found.before.lower_bound_usd, found.after.gap) == (7400.0, after.solve.gap)


def test_a_total_that_is_not_the_bills_is_refused() -> None:
    good = plan([("chat", "us", "a", 0, 2)])
    bad = good.model_copy(update={"totals": good.totals.model_copy(update={"cost_usd": 1.0})})
    with pytest.raises(DifferenceError, match=r"plan 'made': totals.cost_usd: found 1.00 USD, expected .* 7,440.00"):
        difference(good, bad)


def test_names_with_slashes() -> None:
    served = [("a/b", "c/d", "azure-us", 0, 2)]
    found = difference(plan(), plan(served, lines=[line(BillCategory.MIGRATION, "a/b/c/d", 5.0)])).cost
    assert by_name(found.by_workload) == {"a/b": 7445.0}
