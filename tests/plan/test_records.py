"""Records of the plan: runs, reservations, windows and the day on which a promise is met."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from router.plan.document import RunRecord, WindowRecord
from tests.scenarios import PEAK_AND_BASE, contract, horizon, job, offer, pool, scenario, service
from tests.solving import answer


def run_of(work: float, **parts: Any) -> RunRecord:
    (run,) = answer(scenario(**{"horizon": horizon(count=4), "workloads": {"tune": job(work=work)}, **parts})).plan.runs
    return run


@pytest.mark.parametrize(
    ("hours", "last_period", "end"),
    [(1, 0, date(2026, 1, 1)), (24, 0, date(2026, 1, 1)), (24.5, 1, date(2026, 1, 2)), (96, 3, date(2026, 1, 4))],
)
def test_a_run_ends_on_the_day_on_whose_course_it_ends(hours: float, last_period: int, end: date) -> None:
    run = run_of(4 * hours, offers=[offer(usd_per_hour={f"2026-01-0{day}": day for day in range(1, 5)})])
    assert (run.first_period, run.last_period) == (0, last_period)
    assert (run.start, run.end) == (date(2026, 1, 1), end)
    assert run.hours == pytest.approx(hours)


def test_a_run_names_its_gang_and_its_instances() -> None:
    run = run_of(96, workloads={"tune": job(work=96, gangs=(6,))})
    assert (run.accelerators, run.instances, run.pool, run.spot) == (6, 2, "north", False)


def test_periods_and_serving() -> None:
    plan = answer(scenario(horizon=horizon("month", 2, slices=PEAK_AND_BASE, discount_rate=0.1))).plan
    assert [(period.start, period.end) for period in plan.periods] == [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
    ]
    assert plan.periods[0].slice_hours == {"peak": 186, "base": 558}
    assert plan.periods[1].discount_factor == pytest.approx(1.1 ** (-45 / 365.25))
    at = {(record.period, record.slice): (record.quantity, record.instances) for record in plan.serving}
    assert at[0, "peak"] == pytest.approx((16, 4))
    assert at[1, "base"] == pytest.approx((8, 2))


def test_a_reservation_ends_months_after_its_start() -> None:
    (record,) = answer(
        scenario(
            horizon=horizon("month", 1, start="2026-01-31"),
            offers=[offer(usd_per_hour=100), offer(usd_per_hour=1, option="reserved", term_months=1)],
        )
    ).plan.reservations
    assert (record.start, record.end, record.term_months) == (date(2026, 1, 31), date(2026, 2, 28), 1)
    assert record.instances == pytest.approx(2)


def window_of(amount: float, **more: Any) -> WindowRecord:
    """A window over January and February; 2 nodes at 10 USD spend 480 a day."""
    commitment = {
        "windows": [{"start": "2026-01-01", "end": "2026-03-01", "amount_usd": amount}],
        "shortfall_rate": 0.5,
    }
    spent = {key: more.pop(key) for key in ("spent_to_date_usd",) if key in more}
    deal = contract(**{"commitments": {"spend": {**commitment, **spent}}, **more.pop("deal", {})})
    (window,) = answer(scenario(**{"horizon": horizon("month", 2), "contracts": {"deal": deal}, **more})).plan.windows
    return window


@pytest.mark.parametrize(
    ("amount", "met_on"),
    [
        (0, date(2026, 1, 1)),
        (480 * 0.5, date(2026, 1, 1)),
        (480 * 9.5, date(2026, 1, 10)),
        (480 * 30.5, date(2026, 1, 31)),
        (480 * 31.5, date(2026, 2, 1)),
        (480 * 58.5, date(2026, 2, 28)),
        (480 * 59 + 1, None),
    ],
)
def test_a_promise_is_met_on_the_day_that_drawdown_reaches_it(amount: float, met_on: date | None) -> None:
    window = window_of(amount)
    assert window.met_on == met_on
    assert (window.shortfall_usd > 0) == (met_on is None)


def test_what_is_spent_to_date_counts_from_the_first_day() -> None:
    assert window_of(480 * 9.5, spent_to_date_usd=480 * 5).met_on == date(2026, 1, 5)
    assert window_of(480 * 5, spent_to_date_usd=480 * 5).met_on == date(2026, 1, 1)


def test_credits_put_the_day_off() -> None:
    tiers = {"method": "graduated", "window": "term", "levels": [{"from_usd": 0, "discount": 0.1}]}
    window = window_of(480 * 9.5, deal={"tiers": tiers, "end": "2026-03-01"})
    # Credits of 5.9 days' spend are taken back: the 16th day has to come.
    assert window.drawdown_usd == pytest.approx(480 * 59 * 0.9)
    assert window.met_on == date(2026, 1, 16)


def test_what_is_carried_in_counts_from_the_first_day() -> None:
    windows = [
        {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 480 * 20},
        {"start": "2026-02-01", "end": "2026-03-01", "amount_usd": 480 * 15},
    ]
    commitments = {"spend": {"windows": windows, "carry_forward": True, "shortfall_rate": 0.5}}
    first, second = answer(
        scenario(horizon=horizon("month", 2), contracts={"deal": contract(commitments=commitments)})
    ).plan.windows
    assert (first.carried_out_usd, second.carried_in_usd) == pytest.approx((480 * 11, 480 * 11))
    # Exactly at the end of the fourth day: either side of midnight is right.
    assert second.met_on in (date(2026, 2, 4), date(2026, 2, 5))


def test_spend_is_spread_over_the_part_of_a_period_within_the_window() -> None:
    commitment = {
        "windows": [{"start": "2026-01-11", "end": "2026-02-01", "amount_usd": 480 * 4.5}],
        "shortfall_rate": 0.5,
    }
    (window,) = answer(
        scenario(
            horizon=horizon("month", 1),
            contracts={"deal": contract(commitments={"spend": commitment})},
        )
    ).plan.windows
    assert window.drawdown_usd == pytest.approx(480 * 21)
    assert window.met_on == date(2026, 1, 15)


def test_a_window_that_the_horizon_cuts_says_what_counts() -> None:
    commitments = {"year": {"window": "contract_year", "amount_usd": 36500, "shortfall_rate": 0.5}}
    (window,) = answer(
        scenario(
            horizon=horizon("month", 1),
            workloads={"chat": service(1)},
            pools={"north": pool(capacity=1)},
            contracts={"deal": contract(start="2025-12-01", end="2026-12-01", commitments=commitments)},
        )
    ).plan.windows
    assert (window.counted_from, window.counted_to) == (date(2026, 1, 1), date(2026, 2, 1))
    assert (window.full_promise_usd, window.promise_usd) == pytest.approx((36500, 3100))
    assert window.settled_in_period == 0
    assert window.shortfall_usd == pytest.approx(3100 - 2.5 * 744)
    assert window.shortfall_paid_usd == pytest.approx(window.shortfall_usd / 2, abs=0.01)
