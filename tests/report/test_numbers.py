"""Numbers that a person can read."""

from __future__ import annotations

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.report import numbers

FINITE = st.floats(min_value=-1e18, max_value=1e18, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (38e9, "$38.0 B"),
        (1.25e6, "$1.25 M"),
        (830, "$830"),
        (-4.2e6, "-$4.20 M"),
        (0, "$0"),
        (-0.0, "$0"),
        (-0.004, "$0"),
        (0.42, "$0.42"),
        (12.5, "$12.50"),
        (99.99, "$99.99"),
        (99.996, "$100"),
        (999.4, "$999"),
        (999.6, "$1.00 k"),
        (999_999, "$1.00 M"),
        (99_950_000, "$100 M"),
        (250e9, "$250 B"),
        (3.2e15, "$3,200 T"),
        (1e18, "$1,000,000 T"),
    ],
)
def test_money(value: float, text: str) -> None:
    assert numbers.money(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12_400, "12.4 k"),
        (999_999, "1.00 M"),
        (999.96, "1.00 k"),
        (7, "7"),
        (3.9999999996, "4"),
        (12.5, "12.5"),
        (0.25, "0.25"),
        (0, "0"),
        (-0.0, "0"),
        (1e-9, "<0.01"),
        (-1e-9, ">-0.01"),
        (-3.5, "-3.5"),
        (100, "100"),
        (10_000_000, "10.0 M"),
    ],
)
def test_count(value: float, text: str) -> None:
    assert numbers.count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.83, "83 %"),
        (0.042, "4.2 %"),
        (0.0004, "<0.1 %"),
        (0, "0 %"),
        (1, "100 %"),
        (1 - 1e-12, "100 %"),
        (0.9996, "99.9 %"),
        (0.0996, "10 %"),
        (1.3, "130 %"),
        (12.0, "1,200 %"),
        (-0.0001, "0 %"),
        (-0.05, "-5.0 %"),
    ],
)
def test_share(value: float, text: str) -> None:
    assert numbers.share(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.1e-5, "0.0041 %"),
        (4.11e-5, "0.0042 %"),
        (0.0, "0 %"),
        (-1e-9, "0 %"),
        (1e-12, "0.0001 %"),
        (1e-4, "0.01 %"),
        (0.5, "50 %"),
        (0.123, "13 %"),
    ],
)
def test_a_claimed_gap_is_rounded_up(value: float, text: str) -> None:
    assert numbers.at_most_share(value) == text


@given(st.floats(min_value=1e-6, max_value=1.0))
def test_a_claimed_gap_is_never_below_the_gap(value: float) -> None:
    claimed = float(numbers.at_most_share(value).removesuffix(" %")) / 100
    assert claimed >= value * (1 - 1e-6)
    assert claimed <= value * 1.12


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.116, "$2.12"),
        (0.0045, "$0.0045"),
        (0.00001234, "$0.000012"),
        (0, "$0"),
        (-0.05, "-$0.050"),
        (4000, "$4.00 k"),
    ],
)
def test_price(value: float, text: str) -> None:
    assert numbers.price(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (411_982_345_678.4, "$411,982,345,678"),
        (830, "$830"),
        (830.5, "$830.50"),
        (0, "$0"),
        (-0.001, "$0"),
        (-1234.56, "-$1,235"),
        (999.999, "$1,000"),
    ],
)
def test_money_in_full(value: float, text: str) -> None:
    assert numbers.money_in_full(value) == text


def test_a_unit_with_a_scale_is_not_scaled_again() -> None:
    assert numbers.quantity(1750, "k environments") == "1,750 k environments"
    assert numbers.quantity(999.6, "M tokens/s") == "1,000 M tokens/s"
    assert numbers.quantity(35, "k tokens/s") == "35 k tokens/s"
    assert numbers.quantity(12_400, "agents") == "12.4 k agents"
    assert numbers.quantity(12_400, "") == "12.4 k"


def test_hours_and_days() -> None:
    assert numbers.hours(31.52) == "31.5 h"
    assert numbers.hours(47.9) == "47.9 h"
    assert numbers.hours(348) == "14.5 days"
    assert numbers.hours(0) == "0 h"


def test_last_day() -> None:
    assert numbers.last_day(date(2028, 3, 1)) == "2028-02-29"
    assert numbers.day(date(2027, 3, 14)) == "2027-03-14"


@given(FINITE)
def test_three_digits_say_the_amount(value: float) -> None:
    for text in (numbers.money(value), numbers.count(value)):
        assert not re.fullmatch(r"-\$?0(\.0+)?", text)
        assert "1000" not in text
        if abs(value) >= 0.01 and "<" not in text and ">" not in text:
            read = _read(text)
            assert math.isclose(read, value, rel_tol=0.0051, abs_tol=0.005), text


@given(FINITE)
def test_aligned_numbers_end_alike(value: float) -> None:
    text = numbers.aligned(numbers.money(value))
    assert re.search(r"(\d|\d [kMBT]|\d {2})$", text)
    assert text[-2] == " "


def _read(text: str) -> float:
    scale = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}.get(text[-1], 1.0)
    return float(re.sub(r"[$,kMBT ]", "", text)) * scale
