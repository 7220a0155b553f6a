"""The audit's own definitions against figures worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.audit import values
from router.audit.calendar import Calendar, add_months, boundaries
from router.audit.matching import selects, serving_throughputs, throughput
from router.audit.prices import PriceBook
from router.audit.tiers import credit_of, level_of
from router.audit.windows import commitment_windows, spans, window_of
from router.scenario.contract import Contract, Tiers
from router.scenario.horizon import Horizon
from router.scenario.selector import Selector
from router.scenario.series import Growth, Points, Stairs, Values
from router.scenario.workload import Agents, Inference

from . import hand_made

SCENARIO = hand_made.scenario()


def _horizon(start: str, *groups: tuple[str, int], **more: Any) -> Horizon:
    periods = [{"every": every, "count": count} for every, count in groups]
    return Horizon.model_validate({"start": start, "periods": periods, **more})


def test_months_are_counted_from_the_start() -> None:
    found = boundaries(_horizon("2026-01-31", ("month", 2), ("quarter", 1)))
    assert found == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 6, 30)]


def test_weeks_move_the_day_that_months_are_counted_from() -> None:
    found = boundaries(_horizon("2026-01-25", ("week", 1), ("month", 1), ("day", 1), ("year", 1)))
    assert found == [date(2026, 1, 25), date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 2), date(2027, 3, 2)]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 1200))
def test_added_months_land_in_the_month_meant(start: date, months: int) -> None:
    found = add_months(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day <= start.day <= found.day + 3


def test_hours_discount_factors_and_shares_of_years() -> None:
    calendar = Calendar.of(_horizon("2026-12-01", ("month", 1), ("quarter", 1), discount_rate=0.1))
    assert calendar.hours.tolist() == [744.0, 2160.0]
    assert calendar.discount_factors[1] == pytest.approx(1.1 ** -((31 + 45) / 365.25))
    assert calendar.share_of_year(2026).tolist() == [1.0, 0.0]
    assert calendar.year_of_last_day().tolist() == [2026, 2027]
    assert [calendar.containing(date(2026, 12, 31)), calendar.containing(date(2027, 1, 1))] == [0, 1]
    assert [calendar.containing(date(2020, 1, 1)), calendar.containing(date(2030, 1, 1))] == [0, 1]
    assert calendar.last_overlapping(date(2026, 1, 1), date(2027, 1, 1)) == 0
    assert calendar.last_overlapping(date(2027, 4, 1), date(2028, 1, 1)) is None


CALENDAR = Calendar.of(_horizon("2026-01-01", ("month", 3)))


def test_prices_are_averages_and_absent_before_the_first_date() -> None:
    assert values.price({date(2026, 1, 1): 10.0, date(2026, 2, 8): 14.0}, CALENDAR).tolist() == [10.0, 13.0, 14.0]
    late = values.price({date(2026, 1, 2): 10.0}, CALENDAR)
    assert np.isnan(late[0])
    assert late[1:].tolist() == [10.0, 10.0]
    assert values.price(3.0, CALENDAR).tolist() == [3.0, 3.0, 3.0]


def test_capacity_is_the_least_of_a_period() -> None:
    assert values.smallest({date(2026, 1, 2): 8.0, date(2026, 3, 2): 20.0}, CALENDAR).tolist() == [0.0, 8.0, 8.0]
    assert values.smallest({date(2025, 1, 1): 8.0, date(2026, 2, 28): 2.0}, CALENDAR).tolist() == [8.0, 2.0, 2.0]
    assert values.smallest({}, CALENDAR).tolist() == [0.0, 0.0, 0.0]


def test_demand_series() -> None:
    points = Points(points={date(2026, 1, 1): 0.0, date(2026, 2, 1): 31.0})
    assert values.demand(points, CALENDAR).tolist() == [15.5, 31.0, 31.0]
    growth = values.demand(Growth(start=10, growth_per_year=0.5), CALENDAR)
    assert growth.tolist() == pytest.approx([10 * 1.5 ** (days / 365.25) for days in (15.5, 45.0, 74.5)])
    assert values.demand(Stairs(steps={date(2026, 2, 15): 28.0}), CALENDAR).tolist() == [0.0, 14.0, 28.0]
    assert values.demand(Values(values=[1, 2, 3]), CALENDAR).tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("selector", "option", "expected"),
    [
        ({}, None, {"az-gpu", "az-gpu-eu", "aws-gpu", "az-agents", "aws-agents"}),
        ({"accelerators": ["none"]}, None, {"az-agents", "aws-agents"}),
        ({"accelerators": ["h100", "none"], "providers": ["aws"]}, None, {"aws-gpu", "aws-agents"}),
        ({"geographies": ["eu"]}, None, {"az-gpu-eu"}),
        ({"purchase_options": ["spot"]}, "on_demand", set()),
        ({"regions": ["east"], "exclude": {"instance_types": ["az-cpu"]}}, None, {"az-gpu"}),
        ({"exclude": {"purchase_options": ["spot"], "pools": ["az-gpu"]}, "pools": ["az-gpu"]}, "spot", set()),
        ({"exclude": {"purchase_options": ["spot"]}, "pools": ["az-gpu"]}, "reserved", {"az-gpu"}),
    ],
)
def test_selectors(selector: dict[str, Any], option: str | None, expected: set[str]) -> None:
    given_selector = Selector.model_validate(selector)
    assert {name for name in SCENARIO.pools if selects(SCENARIO, given_selector, name, option)} == expected


def test_throughput_by_instance_type_accelerator_or_vcpu() -> None:
    gpu, cpu = SCENARIO.pools["az-gpu"], SCENARIO.pools["az-agents"]
    assert throughput(SCENARIO, {"az-h100": 5.0, "h100": 1.0}, gpu) == 5.0
    assert throughput(SCENARIO, {"h100": 1.5}, gpu) == 12.0
    assert throughput(SCENARIO, {"vcpu": 2.0}, gpu) is None
    assert throughput(SCENARIO, {"vcpu": 2.0}, cpu) == 20.0
    assert throughput(SCENARIO, {"h100": 2.0}, cpu) is None


def test_residency_and_latency_bound_what_is_eligible() -> None:
    chat = SCENARIO.workloads["chat"]
    assert isinstance(chat, Inference | Agents)
    stream = chat.streams["us"]

    def eligible(**update: Any) -> set[str]:
        return set(serving_throughputs(SCENARIO, chat, stream.model_copy(update=update)))

    assert eligible() == {"az-gpu", "aws-gpu"}
    assert eligible(residency=["us", "eu"], max_latency_ms=100) == {"az-gpu", "az-gpu-eu", "aws-gpu"}
    assert eligible(max_latency_ms=20) == {"az-gpu"}
    assert eligible(geography="eu", residency=["us", "eu"]) == {"az-gpu-eu"}


def test_prices_under_contracts() -> None:
    book = PriceBook.of(SCENARIO, Calendar.of(SCENARIO.horizon))
    discounted = book.rental_price("aws-gpu", "on_demand", "edp")
    assert discounted is not None
    assert discounted.tolist() == pytest.approx([62.1, 62.1, 81.0])
    assert book.rental_fault("aws-gpu", "contract", "edp", 1) is None
    assert "term" in (book.rental_fault("aws-gpu", "contract", "edp", 2) or "")
    assert "edp" in (book.rental_fault("aws-gpu", "on_demand", None, 2) or "")
    assert book.rental_fault("aws-agents", "on_demand", None, 0) is None
    assert "no contract" in (book.rental_fault("aws-agents", "on_demand", "edp", 0) or "")
    assert "offer" in (book.rental_fault("aws-gpu", "spot", "edp", 0) or "")


def _contract(start: str, end: str, **more: Any) -> Contract:
    return Contract.model_validate({"provider": "aws", "start": start, "end": end, **more})


def test_windows_of_each_kind() -> None:
    contract = _contract("2024-02-29", "2026-06-01")
    years = [date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2026, 6, 1)]
    assert spans(contract, "contract_year") == list(pairwise(years))
    years = [date(2024, 2, 29), date(2025, 1, 1), date(2026, 1, 1), date(2026, 6, 1)]
    assert spans(contract, "calendar_year") == list(pairwise(years))
    assert spans(contract, "term") == [(date(2024, 2, 29), date(2026, 6, 1))]
    assert spans(_contract("2026-01-01", "2027-01-01"), "calendar_year") == [(date(2026, 1, 1), date(2027, 1, 1))]


def test_a_window_counts_the_days_within_the_horizon_and_those_spent_before() -> None:
    contract = _contract("2025-01-01", "2026-03-11")
    window = window_of(CALENDAR, contract, date(2025, 1, 1), date(2026, 3, 11))
    assert window is not None
    assert (window.counted_from, window.counted_to, window.settled_in_period) == (
        date(2026, 1, 1),
        date(2026, 3, 11),
        2,
    )
    assert window.shares.tolist() == pytest.approx([1.0, 1.0, 10 / 31])
    assert window.counted_share == pytest.approx(69 / 434)
    spent = window_of(CALENDAR, contract, date(2025, 1, 1), date(2026, 3, 11), 5.0)
    assert spent is not None
    assert (spent.counted_from, spent.spent_to_date_usd, spent.counted_share) == (date(2025, 1, 1), 5.0, 1.0)
    assert window_of(CALENDAR, contract, date(2025, 1, 1), date(2026, 1, 1)) is None


def test_amounts_follow_their_windows() -> None:
    commitment = {"window": "calendar_year", "amount_usd": [1, 2], "spent_to_date_usd": 7}
    contract = _contract("2025-07-01", "2026-07-01", commitments={"c": commitment})
    ((window, usd),) = commitment_windows(CALENDAR, contract, contract.commitments["c"])
    assert (window.start, usd, window.spent_to_date_usd) == (date(2026, 1, 1), 2, 7)


def _tiers(method: str) -> Tiers:
    levels = [{"from_usd": 100, "discount": 0.1}, {"from_usd": 1000, "discount": 0.3}]
    return Tiers.model_validate({"method": method, "levels": levels})


@pytest.mark.parametrize(
    ("spend", "level", "graduated", "all_units"),
    [(50, -1, 0.0, 0.0), (300, 0, 20.0, 30.0), (1000, 1, 90.0, 300.0), (1500, 1, 240.0, 450.0)],
)
def test_credits_of_both_methods(spend: float, level: int, graduated: float, all_units: float) -> None:
    assert level_of(_tiers("graduated"), 1.0, spend) == level
    assert credit_of(_tiers("graduated"), 1.0, spend, None) == pytest.approx(graduated)
    assert credit_of(_tiers("all_units"), 1.0, spend, None) == pytest.approx(all_units)
    # Half of the window counts: thresholds halve.
    assert level_of(_tiers("graduated"), 0.5, spend / 2) == level
    assert credit_of(_tiers("all_units"), 0.5, spend / 2, None) == pytest.approx(all_units / 2)
