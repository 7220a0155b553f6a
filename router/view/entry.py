"""What is typed into a cell: a number, a step up or down, a factor, a percentage, an amount more or less."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from router.reading.found import quoted
from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity

EXPECTED = "a number, so much more (+500, -2 k), a percentage (+20%), a factor (*1.2, /2) or steps (+, --)"
_STEPS = re.compile(r"\++|-+")
_MOST_STEPS = 1000


class EntryKind(StrEnum):
    """What an entry does to a cell."""

    SET = "set"
    SCALE = "scale"
    INCREASE = "increase"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Entry:
    """``number``: what to set, to scale by, to add, or how many steps (down where negative)."""

    kind: EntryKind
    number: float


def read_entry(text: str, *, is_share: bool = False) -> Entry:
    """What someone typed. ``is_share``: the cell holds a share, so that `25%` is one and `+5%` means five points more.

    Raises Mistake for what is none of the forms of `EXPECTED`.
    """
    typed = text.strip().replace("−", "-")
    if not typed:
        raise Mistake(EXPECTED, found="nothing")
    if _STEPS.fullmatch(typed) and len(typed) <= _MOST_STEPS:
        return Entry(EntryKind.STEPS, len(typed) if typed[0] == "+" else -len(typed))
    if typed[0] in "*x×/":
        return Entry(EntryKind.SCALE, _factor(typed))
    if typed.endswith("%") and is_share:
        return _points(typed)
    if typed.endswith("%"):
        return Entry(EntryKind.SCALE, _percentage(typed))
    if typed[0] in "+-":
        return Entry(EntryKind.INCREASE, _number(typed, typed[1:]) * (-1.0 if typed[0] == "-" else 1.0))
    return Entry(EntryKind.SET, _number(typed, typed.removeprefix("=")))


def _factor(typed: str) -> float:
    rest = typed[1:].strip()
    number = _number(typed, rest[:-1]) / 100.0 if rest.endswith("%") else _number(typed, rest)
    if number < 0 or (typed[0] == "/" and number == 0):
        raise Mistake("a factor above 0, such as *1.2 or /2", found=quoted(typed))
    factor = 1.0 / number if typed[0] == "/" else number
    if not math.isfinite(factor):
        raise Mistake("a larger number to divide by", found=quoted(typed))
    return factor


def _percentage(typed: str) -> float:
    if typed[0] not in "+-":
        number = typed.removesuffix("%").strip()
        raise Mistake(
            f"+{number}% for so much more, -{number}% for so much less, or *{number}% for that share of it",
            found=quoted(typed),
        )
    change = _number(typed, typed[1:-1]) / 100.0
    if typed[0] == "-" and change > 1:
        raise Mistake("at most 100 % less", found=quoted(typed))
    return 1.0 + change if typed[0] == "+" else 1.0 - change


def _points(typed: str) -> Entry:
    if typed[0] not in "+-":
        return Entry(EntryKind.SET, _number(typed, typed.removeprefix("=")[:-1]) / 100.0)
    sign = -1.0 if typed[0] == "-" else 1.0
    return Entry(EntryKind.INCREASE, sign * _number(typed, typed[1:-1]) / 100.0)


def _number(typed: str, part: str) -> float:
    try:
        number = parse_quantity(part.strip())
    except Mistake as mistake:
        raise Mistake(EXPECTED, found=quoted(typed), suggestion=mistake.suggestion) from None
    if part.strip().startswith(("+", "-")) and typed[0] in "+-*/x×":
        raise Mistake(EXPECTED, found=quoted(typed))
    return number
