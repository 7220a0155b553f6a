"""Values of factors as readers get them."""

from __future__ import annotations

from datetime import date

import pytest

from router.whatif.case import FactorValue
from router.whatif.value_words import value_words, value_words_within


@pytest.mark.parametrize(
    ("value", "percent", "words"),
    [
        (1.2, False, "1.2"),
        (1.2, True, "120 %"),
        (0.07, True, "7 %"),
        (0.0, True, "0 %"),
        (-0.025, True, "-2.5 %"),
        (1 / 3, True, "33.3333 %"),
        (1e5, True, "10,000,000 %"),
        (3, False, "3"),
        (12345.0, False, "12,345"),
        (250_000.0, False, "250 k"),
        (5.9e9, False, "5.9 B"),
        (-5.9e9, False, "-5.9 B"),
        (1.2e12, False, "1.2 T"),
        (1e18, False, "1,000,000 T"),
        (date(2027, 3, 1), False, "2027-03-01"),
        (date(2027, 3, 1), True, "2027-03-01"),
        ("2027-Q1", True, "2027-Q1"),
    ],
)
def test_value_words(value: FactorValue, percent: bool, words: str) -> None:
    assert value_words(value, percent) == words


def test_as_many_digits_as_asked_for() -> None:
    assert value_words(0.0234567, True, 4) == "2.346 %"
    assert value_words(1.0234567, digits=4) == "1.023"


@pytest.mark.parametrize(
    ("value", "within", "percent", "words"),
    [
        (0.02345, 0.001, True, "2.3 %"),
        (0.02346, 0.0005, True, "2.35 %"),
        (0.6, 0.005, True, "60 %"),
        (8_348_000.0, 50_000.0, False, "8.35 M"),
        (8_348_000.0, 1.0, False, "8.348 M"),
        (0.25, 0.001, False, "0.25"),
        (12.6, 1.0, False, "13"),
        (-1e-12, 0.001, False, "0"),
        (1234.5, 10.0, False, "1,234"),
        (0.5, 0.0, False, "0.5"),
    ],
)
def test_no_more_digits_than_it_was_looked_for(value: float, within: float, percent: bool, words: str) -> None:
    assert value_words_within(value, within, percent) == words
