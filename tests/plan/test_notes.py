"""Notes: what a reader of the plan must know, and nothing that does not apply."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios import contract, horizon, offer, pool, scenario, service
from tests.solving import answer


def notes(**parts: Any) -> list[str]:
    return answer(scenario(**parts)).plan.notes


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ((True, True), "All pools are rented in whole instances."),
        ((False, False), "All pools are large: instances are continuous, training gangs whole."),
        (
            (True, False),
            "1 of 2 pools are rented in whole instances; in the others instances are continuous.",
        ),
    ],
)
def test_which_pools_are_whole(whole: tuple[bool, bool], expected: str) -> None:
    pools = {f"pool-{number}": pool(whole_instances=is_whole) for number, is_whole in enumerate(whole)}
    assert notes(pools=pools) == [expected]


def test_disabled_workloads_are_named() -> None:
    off = service(enabled=False)
    assert notes(workloads={"chat": off, "more": service()})[0] == "1 workload is disabled: chat."
    names = [f"w{number}" for number in range(12)]
    several = {"more": service(), **dict.fromkeys(names[:2], off)}
    assert notes(workloads=several)[0] == "2 workloads are disabled: w0, w1."
    many = {"more": service(), **dict.fromkeys(names, off)}
    assert notes(workloads=many)[0] == ("12 workloads are disabled: w0, w1, w2, w3, w4, w5, w6, w7, w8, w9 and 2 more.")


def test_prorated_promises_and_thresholds() -> None:
    deal = contract(
        start="2025-12-01",
        end="2026-12-01",
        tiers={"method": "graduated", "levels": [{"from_usd": 0, "discount": 0.1}]},
        commitments={"year": {"window": "contract_year", "amount_usd": 36500, "shortfall_rate": 0}},
    )
    found = notes(horizon=horizon("month", 1), contracts={"deal": deal})
    assert found[0] == (
        "deal/year: the horizon holds 31 of the 365 days from 2025-12-01 to 2026-12-01; 3,100 of 36,500 USD is due."
    )
    assert found[1] == (
        "deal: tier thresholds of the window from 2025-12-01 to 2026-12-01 are prorated by days within the horizon."
    )


def test_a_window_that_the_horizon_holds_needs_no_note() -> None:
    commitments = {"term": {"window": "term", "amount_usd": 100}}
    assert len(notes(contracts={"deal": contract(end="2026-01-03", commitments=commitments)})) == 1


def test_reservations_that_outlive_the_horizon() -> None:
    found = notes(
        horizon=horizon("month", 1, reservation_payments_after_horizon=0.5),
        offers=[offer(usd_per_hour=100), offer(usd_per_hour=1, option="reserved", term_months=2)],
    )
    # Two nodes through February.
    assert found[1] == (
        "Reservations still cost 1,344 USD after the horizon; the plan bears 50% of that "
        "(horizon.reservation_payments_after_horizon)."
    )


def test_discounted_cost_and_shortfalls() -> None:
    commitments = {"term": {"window": "term", "amount_usd": 5000, "shortfall_rate": 0.5}}
    found = notes(
        horizon=horizon(discount_rate=0.1),
        contracts={"deal": contract(end="2026-01-03", commitments=commitments)},
    )
    assert found[1:] == [
        "Cost and lower bound are discounted to the horizon's start; cash, drawdown and the bill are not.",
        "Shortfalls are paid in the last period of their window.",
    ]
