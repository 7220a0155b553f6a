"""Billing lines: which contract bills what, at which price, and what a reservation costs over its life."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from router.problem.problem import Problem, build_problem
from tests.scenarios import contract, horizon, offer, pool, providers, scenario


def problem_of(**parts: Any) -> Problem:
    return build_problem(scenario(**{"horizon": horizon("month", 3), **parts}))


def rentals(problem: Problem) -> list[tuple[str, str, str, list[float | None]]]:
    """Pool, option, contract and price in each period (None where the line is closed)."""
    lines = problem.lines
    return [
        (
            problem.pools.names[lines.pool[line]],
            lines.option[line],
            "-" if lines.contract[line] < 0 else problem.contracts[lines.contract[line]],
            [
                round(float(price), 9) if is_open else None
                for price, is_open in zip(lines.price_usd_per_hour[line], lines.available[line], strict=True)
            ],
        )
        for line in range(len(lines.pool))
    ]


def test_without_contracts_everything_is_billed_at_the_offer() -> None:
    problem = problem_of(offers=[offer(usd_per_hour={"2026-02-01": 10, "2026-03-17": 14}), offer(option="spot")])
    # March: 16 days at 10 and 15 at 14.
    assert rentals(problem) == [
        ("north", "on_demand", "-", [None, 10.0, round((16 * 10 + 15 * 14) / 31, 9)]),
        ("north", "spot", "-", [10.0, 10.0, 10.0]),
    ]
    assert problem.lines.spot.tolist() == [False, True]


def test_a_contract_bills_the_periods_that_its_term_overlaps() -> None:
    problem = problem_of(
        contracts={"deal": contract(start="2026-01-11", end="2026-02-15", discounts=[{"discount": 0.2}])}
    )
    assert rentals(problem) == [
        ("north", "on_demand", "deal", [round(10 * (1 - 0.2 * 21 / 31), 9), 10 * (1 - 0.2 * 14 / 28), None]),
        ("north", "on_demand", "-", [None, None, 10.0]),
    ]


def test_where_several_contracts_qualify_each_has_a_line_and_none_is_left_uncovered() -> None:
    problem = problem_of(
        contracts={
            "whole": contract(),
            "february": contract(start="2026-02-01", end="2026-03-01", discounts=[{"discount": -0.1}]),
            "elsewhere": contract("south"),
            "over": contract(start="2025-01-01", end="2026-01-01"),
            "picky": contract(eligible={"purchase_options": ["spot"]}),
        }
    )
    assert rentals(problem) == [
        ("north", "on_demand", "whole", [10.0, 10.0, 10.0]),
        ("north", "on_demand", "february", [None, 11.0, None]),
    ]


def test_a_contract_offer_is_billed_in_whole_periods_at_its_own_price() -> None:
    problem = problem_of(
        offers=[offer(), offer(usd_per_hour=5, option="contract", contract="deal")],
        contracts={
            "deal": contract(
                start="2026-01-02",
                end="2026-03-31",
                discounts=[{"discount": 0.5}],
                eligible={"purchase_options": ["contract"]},
            ),
            "other": contract(start="2026-03-15"),
        },
    )
    assert rentals(problem) == [
        ("north", "on_demand", "other", [None, None, 10.0]),
        ("north", "on_demand", "-", [10.0, 10.0, None]),
        ("north", "contract", "deal", [None, 5.0, None]),
    ]


def test_the_first_discount_that_matches_applies() -> None:
    rules = [
        {"discount": 0.5, "applies_to": {"purchase_options": ["spot"]}},
        {"discount": 0.3, "applies_to": {"accelerators": ["chip"]}},
        {"discount": 0.9, "applies_to": {"accelerators": ["chip"]}},
        {"discount": 0.1, "applies_to": {"exclude": {"purchase_options": ["on_demand"]}}},
    ]
    problem = problem_of(
        pools={"north": pool(spot_capacity=3), "servers": pool(instance_type="north-server")},
        offers=[
            offer(),
            offer(option="spot"),
            {**offer(), "instance_type": "north-server"},
            {**offer(option="spot"), "instance_type": "north-server"},
        ],
        contracts={"deal": contract(discounts=rules)},
    )
    assert [(name, option, prices[0]) for name, option, _, prices in rentals(problem)] == [
        ("north", "on_demand", 7.0),
        ("north", "spot", 5.0),
        ("servers", "on_demand", 10.0),
        ("servers", "spot", 5.0),
    ]


def test_an_offer_for_any_region_stands_in_only_where_the_region_has_none() -> None:
    regions = {"north-1": {"geography": "us"}, "north-2": {"geography": "us"}}
    problem = problem_of(
        providers={**providers(), "north": {"regions": regions}},
        pools={"one": pool(), "two": pool(region="north-2")},
        offers=[
            offer(usd_per_hour=10),
            offer(usd_per_hour=9, region="north-2"),
            offer(usd_per_hour=4, option="spot", region="north-1"),
            offer(usd_per_hour=7, option="reserved", term_months=1),
            offer(usd_per_hour=6, option="reserved", term_months=2, region="north-2"),
        ],
    )
    assert [(name, option, prices[0]) for name, option, _, prices in rentals(problem)] == [
        ("one", "spot", 4.0),
        ("one", "on_demand", 10.0),
        ("two", "on_demand", 9.0),
    ]
    cohorts = problem.cohorts
    found = {
        (problem.pools.names[pool_index], int(months), float(price))
        for pool_index, months, price in zip(cohorts.pool, cohorts.term_months, cohorts.price_usd_per_hour, strict=True)
    }
    # Another term is another offer: both stand in at `two`.
    assert found == {("one", 1, 7.0), ("two", 1, 7.0), ("two", 2, 6.0)}


def test_an_offer_limit_is_the_smallest_in_the_period_and_shared_by_its_lines() -> None:
    problem = problem_of(
        offers=[offer(max_instances={"2026-01-01": 3, "2026-02-10": 2}), offer(option="spot")],
        contracts={"a": contract(), "b": contract()},
    )
    lines = problem.lines
    assert lines.offer.tolist() == [0, 0, 1, 1]
    assert lines.max_instances.tolist() == [[3, 2, 2], [3, 2, 2], [np.inf] * 3, [np.inf] * 3]


def test_a_reservation_covers_whole_periods_and_is_paid_for_its_life() -> None:
    problem = problem_of(
        horizon=horizon("week", 6),
        offers=[offer(), offer(usd_per_hour={"2026-01-01": 6, "2026-01-08": 8}, option="reserved", term_months=1)],
    )
    cohorts = problem.cohorts
    assert cohorts.first_period.tolist() == [0, 1, 2, 3, 4, 5]
    # From 1 January to 1 February: four weeks and three days.
    assert cohorts.covers[0].tolist() == [True, True, True, True, False, False]
    assert cohorts.life_hours[0].tolist() == [168, 168, 168, 168, 72, 0]
    assert cohorts.payment_usd[0].tolist() == [1008, 1008, 1008, 1008, 432, 0]
    assert cohorts.after_horizon_usd[0] == 0
    # Bought on 29 January for the price of that week, it lives on to 28 February: 16 days after 12 February.
    assert cohorts.covers[4].tolist() == [False, False, False, False, True, True]
    assert cohorts.payment_usd[4].tolist() == [0, 0, 0, 0, 1344, 1344]
    assert cohorts.after_horizon_hours[4] == 16 * 24
    assert cohorts.after_horizon_usd[4] == 16 * 24 * 8


def test_a_reservation_keeps_its_contract_and_its_discount_ends_with_the_term() -> None:
    problem = problem_of(
        offers=[offer(), offer(usd_per_hour=10, option="reserved", term_months=3)],
        contracts={
            "ends": contract(end="2026-02-15", discounts=[{"discount": 0.2}]),
            "later": contract(start="2026-02-01"),
        },
    )
    cohorts = problem.cohorts
    by_start = [
        (int(first), "-" if index < 0 else problem.contracts[index])
        for first, index in zip(cohorts.first_period, cohorts.contract, strict=True)
    ]
    assert by_start == [(0, "ends"), (1, "ends"), (1, "later"), (2, "later")]
    assert cohorts.payment_usd[0] == pytest.approx([744 * 8, 672 * 9, 744 * 10])
    # What is left after the horizon is at the price, before discounts: bought in February, it ends on 1 May.
    assert cohorts.after_horizon_usd[1] == 30 * 24 * 10


def test_a_reservation_that_no_contract_takes_is_billed_under_none() -> None:
    problem = problem_of(
        offers=[offer(), offer(option="reserved", term_months=1)],
        contracts={"deal": contract(eligible={"exclude": {"purchase_options": ["reserved"]}})},
    )
    assert problem.cohorts.contract.tolist() == [-1, -1, -1]
    assert problem.lines.contract.tolist() == [0]


def test_a_reservation_is_sold_from_its_first_date_on() -> None:
    problem = problem_of(offers=[offer(), offer(usd_per_hour={"2026-01-20": 6}, option="reserved", term_months=1)])
    assert problem.cohorts.first_period.tolist() == [1, 2]


def test_an_offer_that_opens_after_the_horizon_has_no_line() -> None:
    problem = problem_of(offers=[offer(usd_per_hour={"2027-01-01": 6}), offer(option="spot")])
    assert problem.lines.option == ("spot",)
    assert problem.lines.offer.tolist() == [1]
