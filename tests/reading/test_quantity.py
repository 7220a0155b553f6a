"""Numbers as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity, parse_share


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0),
        (2.5, 2.5),
        (-1, -1.0),
        ("3", 3.0),
        ("38 B", 38e9),
        ("38B", 38e9),
        ("$38 B", 38e9),
        ("$ 38B", 38e9),
        (" -$1.5 k ", -1500.0),
        ("250 k", 250_000.0),
        ("250K", 250_000.0),
        ("1.2 T", 1.2e12),
        ("12 M", 12e6),
        ("1.1 B", 1_100_000_000.0),
        ("0.1 B", 100_000_000.0),
        ("1,234,567.5", 1_234_567.5),
        ("1_234_567", 1_234_567.0),
        ("1e9", 1e9),
        ("1.5E+3 k", 1.5e6),
        (".5 k", 500.0),
        ("5.", 5.0),
    ],
)
def test_quantities(value: object, number: float) -> None:
    got = parse_quantity(value)
    assert got == number
    assert isinstance(got, float)


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "$", "k", ".", "abc", "38 Q", "38 BB", "1,5", "1,0000", "1_", "_1", "1 2", "5 %", "--1"),
        *("nan", "inf", "1e999", "0x10", "€5", "5 $", "1e", "٣", "1" * 1000, "1 " * 1000),
        *(True, False, None, [], {}, math.nan, math.inf, -math.inf, 10**400),
    ],
)
def test_what_is_no_quantity(value: object) -> None:
    with pytest.raises(Mistake, match=r"expected a number such as 250_000, 1.5 k, 12 M"):
        parse_quantity(value)


@pytest.mark.parametrize(("text", "meant"), [("5 m", "5 M"), ("$38b", "$38 B"), ("1.2 t", "1.2 T")])
def test_a_small_letter_is_refused_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(Mistake) as caught:
        parse_quantity(text)
    assert caught.value.suggestion == meant


def test_shares() -> None:
    assert parse_share("5 %") == 0.05
    assert parse_share("12.5%") == 0.125
    assert parse_share("0.05") == parse_share(0.05) == 0.05
    assert parse_share(1) == 1.0
    for value in ("5 k", "five", "", "%", True, None, math.nan, "nan %"):
        with pytest.raises(Mistake, match=r"expected a share such as 0.05 or 5 %"):
            parse_share(value)


@given(st.integers(-(10**6), 10**6), st.sampled_from(["k", "M", "B", "T"]))
def test_suffixes_multiply_exactly(count: int, suffix: str) -> None:
    power = {"k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}[suffix]
    assert parse_quantity(f"{count / 1000!r} {suffix}") == pytest.approx(count * power / 1000, rel=1e-15)
    assert parse_quantity(f"{count} {suffix}") == count * power


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_a_mistake(text: str) -> None:
    for parse in (parse_quantity, parse_share):
        try:
            assert math.isfinite(parse(text))
        except Mistake:
            continue
