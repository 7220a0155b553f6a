"""What unquoted text means."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any

import pytest

from router.reading.yaml_reader import read_yaml_text

LinesOf = Callable[[str | bytes], list[str]]


def value_of(text: str) -> Any:
    return read_yaml_text(f"key: {text}\n", "f.yaml").data["key"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("N", "N"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("none", "none"),
        ("12:30", "12:30"),
        ("1:2:3", "1:2:3"),
        ("0", 0),
        ("-3", -3),
        ("+3", 3),
        ("010", 10),
        ("250_000", 250_000),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1__0", "1__0"),
        ("_1", "_1"),
        ("1_", "1_"),
        ("1,000", "1,000"),
        ("1e9", 1e9),
        ("3.0e8", 3e8),
        ("1.5E+3", 1500.0),
        ("1.5e-3", 0.0015),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1_000.25", -1000.25),
        ("1e", "1e"),
        (".", "."),
        ("--1", "--1"),
        ("38 B", "38 B"),
        ("$38 B", "$38 B"),
        ("5 %", "5 %"),
        ("2026-01-31", datetime.date(2026, 1, 31)),
        ("2026-1-31", "2026-1-31"),
        ("2026-01-31 10:20:30", datetime.datetime(2026, 1, 31, 10, 20, 30)),
        ("2026-01-31T10:20:30Z", datetime.datetime(2026, 1, 31, 10, 20, 30, tzinfo=datetime.UTC)),
        ("2026-01-31 99:99:99", "2026-01-31 99:99:99"),
        ("p5.48xlarge", "p5.48xlarge"),
        ("'no'", "no"),
        ("'12'", "12"),
        ('"1e9"', "1e9"),
        ("'2026-01-31'", "2026-01-31"),
        ("! 12", "12"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!float 12", 12.0),
        ("!!bool true", True),
        ("!!null ''", None),
        ("!!timestamp 2026-01-31", datetime.date(2026, 1, 31)),
        ('"a\\tb"', "a\tb"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("éß日", "éß日"),
    ],
)
def test_plain_text_becomes(text: str, value: object) -> None:
    got = value_of(text)
    assert got == value
    assert type(got) is type(value)


def test_not_a_number_and_infinities_are_floats() -> None:
    assert math.isnan(value_of(".nan"))
    assert value_of(".inf") == math.inf
    assert value_of("-.INF") == -math.inf
    assert value_of("1e999") == math.inf


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2026-02-30", "f.yaml:1:6: key: found 2026-02-30, expected a day of the calendar (year-month-day)"),
        ("0000-01-01", "f.yaml:1:6: key: found 0000-01-01, expected a day of the calendar (year-month-day)"),
        ("!!int x", "f.yaml:1:6: key: found text 'x', expected a value that fits the tag !!int"),
        ("!!bool 1", "f.yaml:1:6: key: found text '1', expected a value that fits the tag !!bool"),
        (
            "!!python/name:os.system",
            "f.yaml:1:6: key: found the tag !!python/name:os.system, expected no tag",
        ),
        (
            "!!python/object/apply:os.system [ls]",
            "found the tag !!python/object/apply:os.system, expected no",
        ),
        ("!!binary aGk=", "f.yaml:1:6: key: found the tag !!binary, expected no tag"),
        ("!!set {a}", "f.yaml:1:6: key: found the tag !!set, expected no tag"),
        ("!!map 3", "f.yaml:1:6: key: found the tag !!map, expected no tag"),
        ("!!map [3]", "f.yaml:1:6: key: found the tag !!map, expected no tag"),
        ("!own 3", "f.yaml:1:6: key: found the tag !own, expected no tag"),
        ('"a\\0b"', "f.yaml:1:6: key: found the character U+0000 in a text, expected text without it"),
    ],
)
def test_refused_values(text: str, line: str, lines_of: LinesOf) -> None:
    (found,) = lines_of(f"key: {text}\n")
    assert line in found


def test_an_endless_number_is_refused_at_once(lines_of: LinesOf) -> None:
    for digits in ("9" * 5000, "0x" + "f" * 500_000, "1." + "9" * 500_000, "9" * 1_000_000):
        (line,) = lines_of(f"key: {digits}")
        assert line.endswith("expected a number of at most 300 digits")
        assert len(line) < 200
