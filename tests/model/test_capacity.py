"""Capacity, offer limits, whole instances and reservations: binding and not, against sums by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.scenarios import contract, fleet, horizon, job, offer, pool, scenario, service
from tests.solving import Answer, answer

FEW = settings(max_examples=15, deadline=None)


def rented(found: Answer, option: str, period: int = 0) -> float:
    return sum(
        record.instances
        for record in found.plan.rentals
        if record.purchase_option == option and record.period == period
    )


@given(demand=st.floats(0.1, 30), capacity=st.integers(0, 8))
@FEW
def test_whole_instances_round_up_and_stay_within_capacity(demand: float, capacity: int) -> None:
    found = answer(
        scenario(pools={"north": pool(capacity=capacity, whole_instances=True)}, workloads={"chat": service(demand)})
    )
    full = min(capacity, math.ceil(demand / 4))
    # The last instance is worth its price when it serves more than a tenth of a unit: 10 USD against 100 a unit.
    last_units = min(demand, 4 * full) - 4 * (full - 1)
    assume(full == 0 or abs(last_units - 0.1) > 1e-3)
    count = full if full == 0 or last_units * 100 > 10 else full - 1
    assert rented(found, "on_demand") == count
    met = min(demand, 4 * count)
    assert found.cost_usd == pytest.approx(48 * (10 * count + 100 * (demand - met)), rel=1e-6, abs=1e-3)


def test_streams_share_an_instance() -> None:
    found = answer(
        scenario(
            pools={"north": pool(whole_instances=True)},
            workloads={"chat": service(2), "draw": service(1.5), "more": service(3)},
        )
    )
    assert rented(found, "on_demand") == 2


@given(limit=st.floats(0, 4), demand=st.floats(1, 20))
@FEW
def test_an_offer_limit_sends_the_rest_to_the_next_price(limit: float, demand: float) -> None:
    found = answer(
        scenario(
            offers=[offer(max_instances=limit), offer(usd_per_hour=15, option="contract", contract="deal")],
            contracts={"deal": contract()},
            workloads={"chat": service(demand)},
        )
    )
    cheap = min(limit, demand / 4)
    assert rented(found, "on_demand") == pytest.approx(cheap, abs=1e-6)
    assert rented(found, "contract") == pytest.approx(demand / 4 - cheap, abs=1e-6)
    assert found.cost_usd == pytest.approx(48 * (10 * cheap + 15 * (demand / 4 - cheap)), rel=1e-6)


def test_an_offer_for_any_region_has_one_limit_over_all_its_pools() -> None:
    found = answer(
        scenario(
            pools={"one": pool(), "two": pool()},
            offers=[offer(max_instances=3)],
            workloads={
                "chat": service(8, eligible={"pools": ["one"]}),
                "draw": service(8, eligible={"pools": ["two"]}),
            },
        )
    )
    assert rented(found, "on_demand") == pytest.approx(3)
    assert sum(record.quantity for record in found.plan.unserved if record.period == 0) == pytest.approx(4)


@given(capacity=st.floats(2, 8), threshold=st.floats(500, 4000))
@FEW
def test_what_stands_idle_must_exist(capacity: float, threshold: float) -> None:
    """60 % off everything from a threshold on makes idle instances worth renting, where there are any."""
    levels = [{"from_usd": threshold * 365 / 2, "discount": 0.6}]
    found = answer(
        scenario(
            pools={"north": pool(capacity=capacity)},
            contracts={"deal": contract(tiers={"method": "all_units", "levels": levels})},
        )
    )
    reachable = threshold <= 10 * 48 * capacity
    best = min(960, 0.4 * max(960, threshold)) if reachable else 960
    assert found.cost_usd == pytest.approx(best, rel=1e-6)
    for record in found.plan.rentals:
        assert record.instances <= capacity + 1e-6


@given(
    price=st.floats(0.5, 9.5),
    share=st.floats(0.05, 0.95),
)
@FEW
def test_a_reservation_pays_off_above_its_break_even_utilisation(price: float, share: float) -> None:
    slices = [
        {"name": "peak", "share_of_hours": share, "demand_multiplier": 1},
        {"name": "idle", "share_of_hours": 1 - share, "demand_multiplier": 0},
    ]
    found = answer(
        scenario(
            horizon=horizon("month", 1, slices=slices),
            offers=[offer(), offer(usd_per_hour=price, option="reserved", term_months=1)],
        )
    )
    assert found.cost_usd == pytest.approx(744 * 2 * min(price, 10 * share), rel=1e-6)
    if abs(price - 10 * share) > 1e-3:
        count = 2 if price < 10 * share else 0
        assert sum(record.instances for record in found.plan.reservations) == pytest.approx(count)


def test_a_reservation_serves_the_base_and_the_peak_is_rented() -> None:
    slices = [
        {"name": "peak", "share_of_hours": 0.25, "demand_multiplier": 2},
        {"name": "base", "share_of_hours": 0.75, "demand_multiplier": 1},
    ]
    found = answer(
        scenario(
            horizon=horizon("month", 1, slices=slices),
            offers=[offer(), offer(usd_per_hour=6, option="reserved", term_months=1)],
        )
    )
    assert [record.instances for record in found.plan.reservations] == pytest.approx([2.0])
    assert [record.slice for record in found.plan.rentals] == ["peak"]
    assert [record.instances for record in found.plan.rentals] == pytest.approx([2.0])


@given(share=st.floats(0, 1), price=st.floats(1, 9))
@FEW
def test_what_a_reservation_costs_after_the_horizon_is_borne_by_its_share(share: float, price: float) -> None:
    found = answer(
        scenario(
            horizon=horizon("month", 1, reservation_payments_after_horizon=share),
            offers=[offer(), offer(usd_per_hour=price, option="reserved", term_months=2)],
        )
    )
    # January has 744 hours, February 672.
    reserved = price * (744 + share * 672)
    assert found.cost_usd == pytest.approx(2 * min(7440, reserved), rel=1e-6)


@pytest.mark.parametrize(("week", "starts"), [(4, ["2026-01-08"]), (5, [])])
def test_a_reservation_serves_only_the_periods_that_it_wholly_covers(week: int, starts: list[str]) -> None:
    """Bought on 8 January at the latest, it ends on 8 February: with the fifth week, within the sixth."""
    found = answer(
        scenario(
            horizon=horizon("week", 6),
            offers=[offer(), offer(usd_per_hour={"2026-01-01": 1, "2026-01-15": 50}, option="reserved", term_months=1)],
            workloads={"chat": service({"values": [8 if number == week else 0 for number in range(6)]})},
        )
    )
    assert [record.start.isoformat() for record in found.plan.reservations] == starts
    assert found.cost_usd == pytest.approx(2 * 31 * 24 if starts else 2 * 168 * 10, rel=1e-6)


@given(capacity=st.floats(1, 4), demand=st.floats(1, 16))
@FEW
def test_a_run_keeps_its_instances_to_the_end_of_the_period(capacity: float, demand: float) -> None:
    """A job of six hours holds a node for the day and pays a quarter of it."""
    found = answer(
        scenario(
            horizon=horizon(count=1),
            pools={"north": pool(capacity=capacity)},
            workloads={"chat": service(demand), "tune": job(work=24)},
        )
    )
    left = capacity - 1
    met = min(demand, 4 * left)
    expected = 24 * (10 * (met / 4 + 0.25) + 100 * (demand - met))
    assert found.cost_usd == pytest.approx(expected, rel=1e-6)


def test_no_more_than_the_capacity_is_held_by_everything_together() -> None:
    found = answer(
        scenario(
            pools={"north": pool(capacity=3, spot_capacity=2)},
            offers=[offer(), offer(usd_per_hour=4, option="spot")],
            workloads={
                "chat": service(8, spot={}),
                "tune": {**job(work=96), "spot": {}},
                "more": service(8),
            },
        )
    )
    assert (found.follows.held <= 3 + 1e-6).all()
    assert (found.follows.held_spot <= 2 + 1e-6).all()
    assert found.follows.held.max() == pytest.approx(3)
    assert found.follows.held_spot.max() == pytest.approx(2)


def test_servers_without_chips_serve_agents() -> None:
    found = answer(
        scenario(
            pools={"servers": pool(instance_type="north-server", capacity=2)},
            offers=[{**offer(), "instance_type": "north-server"}],
            workloads={"bots": fleet(40)},
        )
    )
    assert sum(record.quantity for record in found.plan.unserved) == pytest.approx(2 * 8)
