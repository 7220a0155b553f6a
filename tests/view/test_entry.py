"""What is typed into a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.reading.problems import Mistake
from router.view.entry import Entry, EntryKind, read_entry

SET, SCALE, INCREASE, STEPS = EntryKind.SET, EntryKind.SCALE, EntryKind.INCREASE, EntryKind.STEPS


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("5000", SET, 5000),
        (" 5000 ", SET, 5000),
        ("=300", SET, 300),
        ("1.2 M", SET, 1.2e6),
        ("0", SET, 0),
        (".5", SET, 0.5),
        ("+500", INCREASE, 500),
        ("-2 k", INCREASE, -2000),
        ("−2 k", INCREASE, -2000),
        ("+ 5", INCREASE, 5),
        ("+20%", SCALE, 1.2),
        ("-5 %", SCALE, 0.95),
        ("-100%", SCALE, 0),
        ("*1.2", SCALE, 1.2),
        ("x2", SCALE, 2),
        ("×2", SCALE, 2),
        ("* 50 %", SCALE, 0.5),
        ("*0", SCALE, 0),
        ("/2", SCALE, 0.5),
        ("+", STEPS, 1),
        ("+++", STEPS, 3),
        ("--", STEPS, -2),
    ],
)
def test_forms(text: str, kind: EntryKind, number: float) -> None:
    assert read_entry(text) == Entry(kind, pytest.approx(number))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [("25%", SET, 0.25), ("=25%", SET, 0.25), ("+5%", INCREASE, 0.05), ("-5%", INCREASE, -0.05), ("*2", SCALE, 2)],
)
def test_shares_take_points(text: str, kind: EntryKind, number: float) -> None:
    assert read_entry(text, is_share=True) == Entry(kind, pytest.approx(number))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", "  ", "x", "*", "/0", "*-1", "5x", "20%", "--5", "+-5", "-+5", "*+5", "1e999", "nan", "inf", "5 5", "-101%",
     "+-", "=", "%", "+%", "*%", "1,2", "five", "0x10", "\u0665", "-" * 2000 + "+"],
)  # fmt: skip
def test_what_is_no_entry_says_what_is(text: str) -> None:
    with pytest.raises(Mistake) as told:
        read_entry(text)
    assert told.value.expected


def test_a_bare_percentage_is_told_what_it_may_mean() -> None:
    with pytest.raises(Mistake) as told:
        read_entry("20%")
    assert str(told.value.expected).startswith("+20%")


@given(st.text(max_size=12) | st.text("+-*/=%.0123456789 kM", max_size=12), st.booleans())
def test_any_text_is_an_entry_or_a_mistake(text: str, is_share: bool) -> None:
    try:
        entry = read_entry(text, is_share=is_share)
    except Mistake:
        return
    assert abs(entry.number) < float("inf")
    assert entry.kind is not SCALE or entry.number >= 0


def test_many_steps_are_no_number() -> None:
    with pytest.raises(Mistake):
        read_entry("+" * 1001)


@pytest.mark.parametrize("typed", ["/1e-320", "/1e-310", "*1e999", "1e999", "+1e999"])
def test_what_would_be_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Mistake):
        read_entry(typed)
