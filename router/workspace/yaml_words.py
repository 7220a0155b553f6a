"""Single values and keys as YAML words that the reader of scenario files gives back equal."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import Any

from router.reading.problems import Mistake
from router.reading.scalars import plain_scalar

_LARGEST_WHOLE = 1e15
_STARTS = frozenset("-?:,[]{}#&*!|>'\"%@`=")
_NOT_PRINTED = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def word(value: Any, *, in_flow: bool) -> str:
    """A single value on one line. ``in_flow``: between brackets or braces, where `,[]{}` need quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_word(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return text if is_plain(text, in_flow=in_flow) else quoted_word(text)


def number_word(number: float) -> str:
    """A number with all its digits; a whole one without a fraction."""
    if isinstance(number, float):
        is_negative_zero = number == 0 and math.copysign(1, number) < 0
        if number.is_integer() and abs(number) < _LARGEST_WHOLE and not is_negative_zero:
            return str(int(number))
        return repr(number)
    return str(number)


def quoted_word(text: str, quote: str = '"') -> str:
    """Text in quotes; in single ones where they are asked for and can hold it."""
    if quote == "'" and not _NOT_PRINTED.search(text):
        return "'" + text.replace("'", "''") + "'"
    return _NOT_PRINTED.sub(_escaped, json.dumps(text, ensure_ascii=False))


def is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether text needs no quotes."""
    if not text or text != text.strip() or text[0] in _STARTS or _NOT_PRINTED.search(text):
        return False
    if ": " in text or " #" in text or text.endswith(":") or text.startswith(("---", "...", "<<")):
        return False
    if in_flow and (any(letter in ",[]{}" for letter in text) or ":" in text):
        return False
    try:
        value = plain_scalar(text)
    except Mistake:
        return False
    return isinstance(value, str) and value == text


def _escaped(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
