"""Bill lines: one case for each category, against amounts by hand."""

from __future__ import annotations

from typing import Any

import pytest

from router.plan.billing import cents
from router.plan.document import BillLine
from tests.scenarios import (
    PEAK_AND_BASE,
    both,
    contract,
    fleet,
    horizon,
    job,
    offer,
    pool,
    providers,
    scenario,
    service,
)
from tests.solving import answer


def lines(category: str, **parts: Any) -> list[BillLine]:
    found = answer(scenario(**parts))
    for line in found.plan.bill:
        assert line.amount_usd == pytest.approx(line.quantity * line.usd_per_unit, abs=0.0051)
    return [line for line in found.plan.bill if line.category == category]


def said(line: BillLine) -> tuple[Any, ...]:
    return (line.period, line.provider, line.item, line.purchase_option, line.contract, line.unit)


@pytest.mark.parametrize(("usd", "expected"), [(1.234, 1.23), (-0.001, 0.0), (2.999, 3.0), (-7.256, -7.26), (0, 0.0)])
def test_amounts_are_in_cents(usd: float, expected: float) -> None:
    assert cents(usd) == expected
    assert str(cents(usd)) == str(expected)


def test_usage_by_pool_option_contract_and_period() -> None:
    found = lines(
        "usage",
        horizon=horizon(slices=PEAK_AND_BASE),
        contracts={"deal": contract(start="2026-01-02", discounts=[{"discount": 0.25}])},
    )
    found.sort(key=lambda line: line.period)
    # Four nodes in the six hours of the peak and two in the other 18.
    assert [said(line) for line in found] == [
        (0, "north", "north", "on_demand", None, "instance-hours"),
        (1, "north", "north", "on_demand", "deal", "instance-hours"),
    ]
    assert [line.quantity for line in found] == pytest.approx([60, 60])
    assert [line.usd_per_unit for line in found] == pytest.approx([10, 7.5])
    assert [line.amount_usd for line in found] == [600, 450]


def test_reservations_by_period_of_their_life_and_after() -> None:
    parts = {
        "horizon": horizon("month", 2, reservation_payments_after_horizon=0.25),
        "offers": [offer(usd_per_hour=50), offer(usd_per_hour=4, option="reserved", term_months=3)],
        "contracts": {"deal": contract(discounts=[{"discount": 0.5}])},
    }
    found = lines("reservation", **parts)
    assert [said(line) for line in found] == [
        (0, "north", "north", "reserved", "deal", "instance-hours"),
        (1, "north", "north", "reserved", "deal", "instance-hours"),
    ]
    assert [line.amount_usd for line in found] == [2 * 744 * 2, 2 * 672 * 2]
    # March, at a quarter of the price before the discount.
    (after,) = lines("reservation_after_horizon", **parts)
    assert said(after) == (1, "north", "north", "reserved", "deal", "instance-hours")
    assert (after.quantity, after.usd_per_unit, after.amount_usd) == (2 * 744, 1.0, 1488)


def test_a_shortfall_by_window() -> None:
    commitments = {"year": {"window": "term", "amount_usd": 2000, "shortfall_rate": 0.5}}
    (line,) = lines("shortfall", contracts={"deal": contract(end="2026-01-03", commitments=commitments)})
    assert said(line) == (1, "north", "deal/year", None, "deal", "USD")
    assert (line.quantity, line.usd_per_unit, line.amount_usd) == pytest.approx((1040, 0.5, 520))


def test_a_tier_credit_by_window() -> None:
    tiers = {"method": "graduated", "window": "term", "levels": [{"from_usd": 460, "discount": 0.1}]}
    (line,) = lines("tier_credit", contracts={"deal": contract(end="2026-01-03", tiers=tiers)})
    assert said(line) == (1, "north", "deal", None, "deal", "USD")
    assert (line.quantity, line.amount_usd) == pytest.approx((960, -50))


def test_traffic_to_users_by_stream_and_provider() -> None:
    found = lines(
        "data_transfer",
        **both(north=1),
        providers=providers(0.1, 0.2),
        workloads={"chat": service(8, egress_gb_per_unit_hour=3)},
    )
    assert [said(line) for line in found] == [
        (0, "north", "chat/us", None, None, "GB"),
        (1, "north", "chat/us", None, None, "GB"),
        (0, "south", "chat/us", None, None, "GB"),
        (1, "south", "chat/us", None, None, "GB"),
    ]
    # One node at north: four of the units.
    assert [line.amount_usd for line in found] == pytest.approx([28.8, 28.8, 57.6, 57.6])


def test_calls_that_leave_by_stream_called_workload_and_provider() -> None:
    call = {"workload": "chat", "units_per_unit": 0.5, "gb_per_unit_hour": 2}
    (line,) = lines(
        "data_transfer",
        horizon=horizon(count=1),
        providers=providers(0, 0.1),
        pools={"north": pool(), "servers": pool("south", instance_type="south-server")},
        offers=[offer(), {**offer("south"), "instance_type": "south-server"}],
        workloads={"chat": service(), "bots": fleet(16, calls=[call])},
    )
    assert said(line) == (0, "south", "bots/us > chat", None, None, "GB")
    assert (line.quantity, line.amount_usd) == pytest.approx((24 * 8 * 2, 38.4))


def test_a_dataset_is_paid_where_it_comes_from() -> None:
    (line,) = lines(
        "data_transfer",
        providers=providers(0.7, 0.02),
        workloads={"tune": job(dataset={"provider": "south", "gigabytes": 500})},
    )
    assert said(line)[1:] == ("south", "tune", None, None, "GB")
    assert (line.quantity, line.usd_per_unit, line.amount_usd) == pytest.approx((500, 0.02, 10))


def test_migrations_by_stream_and_period() -> None:
    (line,) = lines(
        "migration",
        **both(north={"2026-01-01": 2, "2026-01-02": 0}),
        workloads={"chat": service(8, migration_usd_per_unit=3)},
    )
    assert said(line) == (1, None, "chat/us", None, None, "units")
    assert (line.quantity, line.amount_usd) == pytest.approx((8, 24))


def test_unserved_streams_and_jobs() -> None:
    stream, training = lines(
        "unserved",
        horizon=horizon(count=1),
        pools={"north": pool(capacity=1)},
        workloads={"chat": service(8), "tune": {**job(gangs=(8,)), "value_of_unserved_usd": 77}},
    )
    assert said(stream) == (0, None, "chat/us", None, None, "unit-hours")
    assert (stream.quantity, stream.amount_usd) == pytest.approx((96, 9600))
    assert said(training) == (0, None, "tune", None, None, "jobs")
    assert (training.quantity, training.amount_usd) == (1, 77)


def test_breaches_by_ceiling_and_by_share_limit_and_period() -> None:
    limits = {
        "cash": [{"year": 2025, "usd": 1}, {"year": 2026, "usd": 900, "breach_penalty": 2}],
        "provider_shares": {"cap": {"provider": "north", "max_share": 0.75, "breach_penalty_usd_per_hour": 3}},
    }
    ceiling, first, second = lines("breach", horizon=horizon(slices=PEAK_AND_BASE), limits=limits)
    assert said(ceiling) == (1, None, "limits.cash[1]", None, None, "USD")
    assert (ceiling.quantity, ceiling.amount_usd) == pytest.approx((300, 600))
    # A quarter of 16 chips for six hours and of 8 for 18.
    for period, line in enumerate((first, second)):
        assert said(line) == (period, None, "limits.provider_shares.cap", None, None, "accelerator-hours")
        assert (line.quantity, line.amount_usd) == pytest.approx((4 * 6 + 2 * 18, 180))


def test_what_costs_less_than_half_a_cent_has_no_line() -> None:
    assert lines("usage", offers=[offer(usd_per_hour=0)]) == []
    assert lines("usage", workloads={"chat": service(1e-5)}) == []
