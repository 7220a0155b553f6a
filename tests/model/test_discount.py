"""The discount rate: what is paid later weighs less."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import contract, horizon, job, scenario
from tests.solving import answer

FEW = settings(max_examples=15, deadline=None)


@given(rate=st.floats(-0.5, 2))
@FEW
def test_cost_is_the_discounted_sum(rate: float) -> None:
    found = answer(scenario(horizon=horizon("month", 3, discount_rate=rate)))
    days = [(15.5, 31), (45.0, 28), (74.5, 31)]
    by_hand = sum(20 * 24 * length * (1 + rate) ** (-middle / 365.25) for middle, length in days)
    assert found.cost_usd == pytest.approx(by_hand, rel=1e-6)
    assert found.plan.totals.cost_usd == pytest.approx(by_hand, rel=1e-6)
    # Cash is not discounted.
    assert found.plan.totals.cash_usd == pytest.approx(20 * 24 * 90)


@pytest.mark.parametrize(("rate", "period"), [(0.1, 2), (-0.1, 0)])
def test_a_run_waits_where_later_is_cheaper(rate: float, period: int) -> None:
    # Thirty-one days of work fit January and March alike.
    found = answer(scenario(horizon=horizon("month", 3, discount_rate=rate), workloads={"tune": job(work=4 * 700)}))
    assert [run.first_period for run in found.plan.runs] == [period]


def test_a_shortfall_is_discounted_to_the_period_it_is_paid_in() -> None:
    commitments = {"spend": {"window": "term", "amount_usd": 100_000, "shortfall_rate": 0.5}}
    found = answer(
        scenario(
            horizon=horizon("month", 3, discount_rate=0.1),
            workloads={"tune": {**job(work=4), "value_of_unserved_usd": 0}},
            contracts={"deal": contract(end="2026-03-01", commitments=commitments)},
        )
    )
    assert found.cost_usd == pytest.approx(50_000 * 1.1 ** (-45 / 365.25), rel=1e-6)
