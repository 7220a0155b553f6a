"""Values over time: averages of prices, smallest capacities, shapes of demand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from router.problem.calendar import build_calendar
from router.problem.values import average, offered, series, smallest
from router.scenario.horizon import Horizon
from router.scenario.series import Series

MONTHS = build_calendar(Horizon.model_validate({"start": "2026-01-01", "periods": [{"every": "month", "count": 3}]}))
JANUARY_11 = date(2026, 1, 11)


def demand(value: Any) -> list[float]:
    return [float(number) for number in series(TypeAdapter(Series).validate_python(value), MONTHS)]


def test_a_number_holds_always() -> None:
    assert average(7.0, MONTHS).tolist() == [7.0, 7.0, 7.0]
    assert smallest(7.0, MONTHS).tolist() == [7.0, 7.0, 7.0]
    assert offered(7.0, MONTHS).tolist() == [True, True, True]
    assert demand(7) == [7.0, 7.0, 7.0]


def test_average_weighs_days() -> None:
    steps = {date(2026, 2, 15): 12.0, date(2025, 1, 1): 10.0}
    assert average(steps, MONTHS) == pytest.approx([10.0, 11.0, 12.0])


def test_average_is_zero_before_the_first_date() -> None:
    assert average({JANUARY_11: 31.0}, MONTHS) == pytest.approx([21.0, 31.0, 31.0])


def test_smallest_counts_what_arrives_from_the_next_period_on() -> None:
    assert smallest({JANUARY_11: 4.0, date(2026, 3, 1): 8.0}, MONTHS).tolist() == [0.0, 4.0, 8.0]
    assert smallest({date(2026, 1, 1): 4.0, JANUARY_11: 8.0}, MONTHS).tolist() == [4.0, 8.0, 8.0]


def test_smallest_counts_what_leaves_at_once() -> None:
    steps = {date(2025, 1, 1): 8.0, JANUARY_11: 2.0, date(2026, 1, 20): 6.0, date(2026, 2, 28): 0.0}
    assert smallest(steps, MONTHS).tolist() == [2.0, 0.0, 0.0]


def test_smallest_after_the_horizon_is_nothing() -> None:
    assert smallest({date(2027, 1, 1): 8.0}, MONTHS).tolist() == [0.0, 0.0, 0.0]


def test_a_price_exists_from_the_first_period_that_begins_with_it() -> None:
    assert offered({JANUARY_11: 1.0}, MONTHS).tolist() == [False, True, True]
    assert offered({date(2026, 1, 1): 1.0}, MONTHS).tolist() == [True, True, True]
    assert offered({date(2027, 1, 1): 1.0}, MONTHS).tolist() == [False, False, False]


def test_points_are_joined_by_straight_lines() -> None:
    # Midpoints: 16 January 12:00 (15.5 days), 15 February (45 days), 16 March 12:00 (74.5 days).
    assert demand({"points": {"2026-01-01": 0, "2026-03-02": 60}}) == pytest.approx([15.5, 45.0, 60.0])
    assert demand({"points": {"2026-02-15": 5}}) == [5.0, 5.0, 5.0]
    assert demand({"points": {"2026-02-15": 9, "2026-01-31": 3}}) == pytest.approx([3.0, 9.0, 9.0])


def test_growth_counts_years_to_the_midpoint() -> None:
    expected = [100 * 2 ** (days / 365.25) for days in (15.5, 45.0, 74.5)]
    assert demand({"start": 100, "growth_per_year": 1}) == pytest.approx(expected)
    assert demand({"start": 100, "growth_per_year": 0}) == [100.0, 100.0, 100.0]


def test_values_and_steps() -> None:
    assert demand({"values": [3, 0, 5]}) == [3.0, 0.0, 5.0]
    assert demand({"steps": {"2026-01-11": 31, "2026-02-15": 33}}) == pytest.approx([21.0, 32.0, 33.0])


STEPS = st.dictionaries(st.dates(date(2025, 11, 1), date(2026, 5, 1)), st.floats(0, 1e6), min_size=1, max_size=6)


def by_day(steps: dict[date, float], start: date, end: date) -> list[float]:
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    return [next((steps[day] for day in sorted(steps, reverse=True) if day <= today), 0.0) for today in days]


@given(steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_steps_agree_with_a_count_day_by_day(steps: dict[date, float]) -> None:
    days = [by_day(steps, start, end) for start, end in zip(MONTHS.starts, MONTHS.ends, strict=True)]
    assert average(steps, MONTHS) == pytest.approx([sum(values) / len(values) for values in days], abs=1e-6)
    assert smallest(steps, MONTHS).tolist() == [min(values) for values in days]
    assert offered(steps, MONTHS).tolist() == [start >= min(steps) for start in MONTHS.starts]
