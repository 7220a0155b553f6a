"""What plain (unquoted) YAML text means.

YAML 1.2's core schema, plus dates: only `true` and `false` are booleans (so the region `no` stays text),
`1e9` and `250_000` are numbers, `010` is ten and `12:30` is text. PyYAML's own rules are YAML 1.1's and
differ in every one of these.
"""

from __future__ import annotations

import datetime
import re

import yaml

from router.reading.found import shortened
from router.reading.node import Scalar
from router.reading.problems import Mistake

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": float("nan"),
    ".NaN": float("nan"),
    ".NAN": float("nan"),
}
for _sign, _factor in (("", 1.0), ("+", 1.0), ("-", -1.0)):
    for _word in (".inf", ".Inf", ".INF"):
        _WORDS[_sign + _word] = _factor * float("inf")

_NUMBER_STARTS = frozenset("0123456789+-.")
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_INTEGER = re.compile(rf"[-+]?{_DIGITS}")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(rf"[-+]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]|[ \t]+)([0-9]{2}:[0-9]{2}(?::[0-9]{2}.*)?)")

LONGEST_NUMBER = 300
"""Digits of a number. Beyond that it no longer fits a floating-point number."""

_TAG_PREFIX = "tag:yaml.org,2002:"
_NOT_IN_TEXT = re.compile("[\x00\ud800-\udfff]")


def scalar_value(event: yaml.ScalarEvent) -> Scalar:
    """The value of a scalar event. Raises Mistake for what no scenario holds."""
    tag: str | None = event.tag
    text: str = event.value
    if not tag:
        if event.implicit[0]:
            return plain_scalar(text)
        if event.style == '"' and (match := _NOT_IN_TEXT.search(text)):
            raise Mistake("text without it", found=f"the character U+{ord(match[0]):04X} in a text")
        return text
    if tag == "!":
        return text
    return _tagged_scalar(tag, text)


def collection_tag_mistake(tag: str, *, is_mapping: bool) -> Mistake | None:
    """What is wrong with the tag of a mapping or list; None for `!!map` and `!!seq` in their places."""
    if tag in ("!", _TAG_PREFIX + ("map" if is_mapping else "seq")):
        return None
    return Mistake("no tag", found=f"the tag {_tag_text(tag)}")


def plain_scalar(text: str) -> Scalar:
    """The value of unquoted text. Raises Mistake for a day that does not exist and an endless number."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INTEGER.fullmatch(text):
        return int(_short_number(text))
    if _FLOAT.fullmatch(text):
        return float(_short_number(text))
    if match := _DATE.fullmatch(text):
        return _date(text, match)
    if _HEXADECIMAL.fullmatch(text):
        return int(_short_number(text), 16)
    if match := _TIME.fullmatch(text):
        return _time(text, match)
    return text


def _tagged_scalar(tag: str, text: str) -> Scalar:
    name = tag.removeprefix(_TAG_PREFIX)
    if name == "str":
        return text
    value = plain_scalar(text)
    fits = {
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, (int, float)) and not isinstance(value, bool),
        "bool": isinstance(value, bool),
        "null": value is None,
        "timestamp": isinstance(value, datetime.date),
    }
    if name not in fits:
        raise Mistake("no tag", found=f"the tag {_tag_text(tag)}")
    if not fits[name]:
        raise Mistake(f"a value that fits the tag {_tag_text(tag)}")
    return float(value) if name == "float" and isinstance(value, int) else value


def _tag_text(tag: str) -> str:
    return shortened(tag.replace(_TAG_PREFIX, "!!"))


def _short_number(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise Mistake(f"a number of at most {LONGEST_NUMBER} digits", found=f"a number of {len(text)} characters")
    return text


def _date(text: str, match: re.Match[str]) -> datetime.date:
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Mistake("a day of the calendar (year-month-day)", found=shortened(text)) from None


def _time(text: str, match: re.Match[str]) -> Scalar:
    # A time of day that Python cannot read stays text: no scenario key takes one, so the schema refuses it.
    try:
        return datetime.datetime.fromisoformat(f"{match[1]}T{match[2].replace(' ', '')}")
    except ValueError:
        return text
