"""Commitments: shortfall, drawdown that is worth moving for, carry-forward, discounts, several contracts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import both, contract, horizon, offer, pool, scenario, service
from tests.solving import answer

FEW = settings(max_examples=15, deadline=None)


def two_days(**more: Any) -> dict[str, Any]:
    """A contract whose term is the horizon: nothing is prorated."""
    return contract(end="2026-01-03", **more)


def term(amount_usd: float, **more: Any) -> dict[str, Any]:
    return {"commitments": {"spend": {"window": "term", "amount_usd": amount_usd, **more}}}


@given(promise=st.floats(0, 3000), rate=st.floats(0, 0.95))
@FEW
def test_what_is_missing_to_the_promise_is_paid(promise: float, rate: float) -> None:
    found = answer(scenario(contracts={"deal": two_days(**term(promise, shortfall_rate=rate))}))
    missing = max(0.0, promise - 960)
    (window,) = found.plan.windows
    assert window.drawdown_usd == pytest.approx(960, rel=1e-6)
    assert window.shortfall_usd == pytest.approx(missing, rel=1e-6, abs=1e-3)
    assert window.shortfall_paid_usd == pytest.approx(rate * missing, rel=1e-6, abs=1e-2)
    assert found.cost_usd == pytest.approx(960 + rate * missing, rel=1e-6)
    assert (window.met_on is None) == (missing > 1e-6)


@given(promise=st.floats(0, 2000), rate=st.one_of(st.floats(0, 0.19), st.floats(0.21, 0.95)))
@FEW
def test_a_promise_draws_workloads_to_the_dearer_provider_as_far_as_it_is_worth(promise: float, rate: float) -> None:
    found = answer(
        scenario(**both(north_usd=10, south_usd=8), contracts={"deal": two_days(**term(promise, shortfall_rate=rate))})
    )
    # 96 node-hours; a dollar at north saves `rate` dollars of shortfall and 10 of them do the work of 8.
    at_north = min(96.0, promise / 10) if 10 * (1 - rate) < 8 else 0.0
    missing = max(0.0, promise - 10 * at_north)
    assert found.cost_usd == pytest.approx(10 * at_north + 8 * (96 - at_north) + rate * missing, rel=1e-6)
    assert found.plan.windows[0].drawdown_usd == pytest.approx(10 * at_north, rel=1e-6, abs=1e-3)


@given(
    first=st.integers(0, 2000).map(lambda hundredths: hundredths / 100),
    second=st.integers(0, 2000).map(lambda hundredths: hundredths / 100),
    promises=st.tuples(st.floats(100, 900), st.floats(100, 900)),
    share=st.one_of(st.none(), st.floats(0.05, 2)),
)
@FEW
def test_what_is_above_a_promise_counts_in_the_next_window(
    first: float, second: float, promises: tuple[float, float], share: float | None
) -> None:
    dates = ("2026-01-01", "2026-01-02", "2026-01-03")
    windows = [
        {"start": start, "end": end, "amount_usd": amount}
        for start, end, amount in zip(dates, dates[1:], promises, strict=False)
    ]
    commitment = {"windows": windows, "shortfall_rate": 0.9, "carry_forward": {"max_share": share}}
    found = answer(
        scenario(
            contracts={"deal": two_days(commitments={"spend": commitment})},
            workloads={"chat": service({"values": [first, second]})},
        )
    )
    limit = float("inf") if share is None else share * promises[0]
    excess = 60 * first - promises[0]
    carried = min(limit, max(0.0, excess))
    missing = [max(0.0, -excess), max(0.0, promises[1] - 60 * second - carried)]
    assert [window.shortfall_usd for window in found.plan.windows] == pytest.approx(missing, rel=1e-6, abs=1e-3)
    assert found.plan.windows[1].carried_in_usd == pytest.approx(carried, rel=1e-6, abs=1e-3)
    assert found.cost_usd == pytest.approx(60 * (first + second) + 0.9 * sum(missing), rel=1e-6, abs=1e-3)


def test_without_carry_forward_the_excess_is_lost() -> None:
    windows = [{"start": f"2026-01-0{day}", "end": f"2026-01-0{day + 1}", "amount_usd": 300} for day in (1, 2)]
    commitment = {"windows": windows, "shortfall_rate": 0.5}
    found = answer(
        scenario(
            contracts={"deal": two_days(commitments={"spend": commitment})},
            workloads={"chat": service({"values": [8, 2]})},
        )
    )
    assert [window.shortfall_usd for window in found.plan.windows] == pytest.approx([0, 180])


@given(discount=st.floats(-0.2, 0.9), rival=st.floats(-0.2, 0.9))
@FEW
def test_the_plan_chooses_the_contract_that_bills_for_less(discount: float, rival: float) -> None:
    found = answer(
        scenario(
            contracts={
                "one": two_days(discounts=[{"discount": discount}]),
                "other": two_days(discounts=[{"discount": rival}]),
            }
        )
    )
    assert found.cost_usd == pytest.approx(960 * (1 - max(discount, rival)), rel=1e-6)


def test_a_dollar_counts_for_one_contract_only() -> None:
    half = term(600, shortfall_rate=0.5)
    found = answer(scenario(contracts={"one": two_days(**half), "other": two_days(**half)}))
    assert sum(window.drawdown_usd for window in found.plan.windows) == pytest.approx(960)
    assert found.by_category("shortfall") == pytest.approx(120)


def test_and_for_all_commitments_of_that_contract() -> None:
    commitments = {name: {"window": "term", "amount_usd": 900} for name in ("one", "other")}
    found = answer(scenario(contracts={"deal": two_days(commitments=commitments)}))
    assert [window.drawdown_usd for window in found.plan.windows] == pytest.approx([960, 960])
    assert found.by_category("shortfall") == 0


def test_what_is_not_eligible_draws_nothing_down() -> None:
    found = answer(scenario(contracts={"deal": two_days(**term(500), eligible={"purchase_options": ["spot"]})}))
    assert found.plan.windows[0].drawdown_usd == 0
    assert found.by_category("shortfall") == pytest.approx(500)


def test_a_reservation_draws_down_what_is_paid_and_nothing_after_the_term() -> None:
    found = answer(
        scenario(
            horizon=horizon("month", 2),
            offers=[offer(usd_per_hour={"2026-02-01": 50}), offer(usd_per_hour=4, option="reserved", term_months=2)],
            contracts={"deal": contract(end="2026-02-01", **term(10_000, shortfall_rate=0.5))},
        )
    )
    (window,) = found.plan.windows
    assert window.drawdown_usd == pytest.approx(2 * 4 * 744)
    assert found.by_category("reservation") == pytest.approx(2 * 4 * (744 + 672))


def test_spend_before_the_term_within_a_period_does_not_count() -> None:
    found = answer(
        scenario(
            horizon=horizon("month", 1),
            contracts={"deal": contract(start="2026-01-17", end="2026-02-01", **term(10_000, shortfall_rate=0.5))},
        )
    )
    assert found.plan.windows[0].drawdown_usd == pytest.approx(2 * 7440 * 15 / 31)


@pytest.mark.parametrize("penalty", [0.5, 10])
def test_a_window_with_a_shortfall_carries_nothing(penalty: float) -> None:
    """Cash is short in 2027: paying a shortfall early to owe less later would help, and is not what contracts mean."""
    commitments = {"year": {"window": "calendar_year", "amount_usd": 20_000, "carry_forward": True}}
    found = answer(
        scenario(
            horizon=horizon("month", 2, start="2026-12-01"),
            workloads={"chat": service({"values": [4, 1]})},
            pools={"north": pool(capacity=1)},
            contracts={"deal": contract(start="2026-12-01", end="2027-02-01", commitments=commitments)},
            limits={"cash": [{"year": 2027, "usd": 1000, "breach_penalty": penalty}]},
        )
    )
    for window in found.plan.windows:
        assert window.shortfall_usd == 0 or window.carried_out_usd == 0
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6)


def test_nothing_asked_and_nothing_there_costs_nothing() -> None:
    found = answer(scenario(pools={"north": pool(capacity=0)}, workloads={"chat": service(0)}))
    assert found.cost_usd == 0
    assert found.plan.bill == []
