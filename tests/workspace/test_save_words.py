"""Every value that a file can hold is written so that the reader gives it back equal, at any place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from router.reading.yaml_reader import read_yaml_text
from router.workspace.old_form import in_old_form
from router.workspace.yaml_blocks import entry, item
from router.workspace.yaml_words import word

_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
_TEXTS = st.text(_LETTERS, max_size=30) | st.sampled_from(
    [
        "null",
        "true",
        "1",
        "1e3",
        "2026-01-01",
        "<<",
        "- a",
        "a: b",
        "a #b",
        "#",
        "&x",
        "*x",
        "12:30",
        "---",
        "...",
        "a,b",
        "?",
    ]
)
_SCALARS = (
    _TEXTS
    | st.integers(0, 10**18)
    | st.floats(0, 1e18)
    | st.booleans()
    | st.dates(date(1970, 1, 1), date(2200, 12, 31))
    | st.none()
)
_KEYS = _TEXTS.filter(bool)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(_KEYS, inner, max_size=6), max_leaves=25
)


def _read(text: str) -> Any:
    return read_yaml_text(text, "words")


@given(_SCALARS)
def test_single_values(value: Any) -> None:
    assert _read(f"a: {word(value, in_flow=False)}\n").data == {"a": value}
    assert _read(f"a: [{word(value, in_flow=True)}, {{b: {word(value, in_flow=True)}}}]\n").data == {
        "a": [value, {"b": value}]
    }


@given(_KEYS, _VALUES, st.sampled_from([None, True, False]), st.sampled_from(["\n", "\r\n"]))
def test_entries(key: str, value: Any, as_block: bool | None, newline: str) -> None:
    text = f"x:{newline}  " + entry(key, value, column=2, as_block=as_block, newline=newline) + newline
    assert _read(text).data == {"x": {key: value}}
    text = f"x:{newline}  " + item(value, column=2, newline=newline) + newline
    assert _read(text).data == {"x": [value]}


@given(_TEXTS, st.sampled_from(["'", '"', ">", "|", ""]), st.booleans())
@example(" 0", ">", False)
def test_texts_in_old_form(new: str, style: str, in_flow: bool) -> None:
    text = in_old_form("old", new, style=style, in_flow=in_flow and style != ">", indent=0, newline="\n")
    document = f"a: [{text}]" if in_flow and style != ">" else f"a: {text}\nb: 1"
    read = _read(document).data["a"]
    assert (read[0] if isinstance(read, list) else read) == new


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("600 k", 700_000, "700 k"),
        ("600 k", 1_234_567.25, "1234.56725 k"),
        ("600 M", 5, "5"),
        ("600 k", 0.1 + 0.2, "0.30000000000000004"),
        ("$38 B", 3.95e10, "$39.5 B"),
        ("38B", 4e10, "40B"),
        ("25 %", 0.3, "30 %"),
        ("25%", 0.1 + 0.2, "30.000000000000004%"),
        ("25 %", 1.5, "150 %"),
        ("25 %", -0.1, "-0.1"),
        ("10_752", 20_000, "20_000"),
        ("80.00", 81.5, "81.50"),
        ("80.00", 81.125, "81.125"),
        ("1.30", 2, "2.00"),
        ("5", 6.0, "6"),
        ("0x10", 17, "17"),
        ("1e3", 2000, "2000"),
        ("60", 1e-7, "1e-07"),
        ("60", 1e18, "1e+18"),
    ],
)
def test_numbers_in_old_form(old: str, new: float, text: str) -> None:
    assert in_old_form(old, new, style="", in_flow=True, indent=0, newline="\n") == text


def test_thousands_with_commas_need_quotes_in_braces() -> None:
    assert in_old_form("1,000", 2000, style="", in_flow=False, indent=0, newline="\n") == "2,000"
    assert in_old_form('"1,000"', 2000, style='"', in_flow=True, indent=0, newline="\n") == '"2,000"'
