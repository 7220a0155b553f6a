"""Values in a user's words, for the "found ..." part of a problem."""

from __future__ import annotations

import datetime
import math

_LONGEST_TEXT_SHOWN = 60


def found_text(value: object) -> str:
    """What a value is, on one short line: `text 'abc'`, `-3`, `a list of 2 entries`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"text {quoted(value)}" if value else "empty text"
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ("-.inf" if value < 0 else ".inf")
    if isinstance(value, (int, float)):
        return shortened(str(value))
    if isinstance(value, datetime.datetime):
        return f"the time {value.isoformat(sep=' ')}"
    if isinstance(value, datetime.date):
        return f"the date {value.isoformat()}"
    if isinstance(value, (list, tuple)):
        return "an empty list" if not value else f"a list of {len(value)} {_entries(len(value))}"
    if isinstance(value, dict):
        return _mapping_text(value)
    return shortened(repr(value))


def quoted(text: str) -> str:
    """The text in quotes, shortened, with control characters escaped."""
    return repr(shortened(text))


def shortened(text: str) -> str:
    """The text cut to what fits a line."""
    return text if len(text) <= _LONGEST_TEXT_SHOWN else text[: _LONGEST_TEXT_SHOWN - 1] + "…"


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _mapping_text(mapping: dict[object, object]) -> str:
    if not mapping:
        return "an empty mapping"
    keys = ", ".join(str(key) for key in list(mapping)[:3])
    more = ", …" if len(mapping) > 3 else ""
    return f"a mapping ({shortened(keys)}{more})"
