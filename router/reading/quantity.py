"""Numbers as people write them: `$38 B`, `250 k`, `1_000_000`, `5 %`."""

from __future__ import annotations

import math
import re

from router.reading.problems import Mistake

_POWERS = {"": 0, "k": 3, "K": 3, "M": 6, "B": 9, "T": 12}
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*"
_QUANTITY = re.compile(
    rf"(?P<sign>[-+]?)\s*\$?\s*(?P<whole>{_DIGITS})?(?P<fraction>\.[0-9]*)?"
    r"(?:[eE](?P<exponent>[-+]?[0-9]{1,4}))?\s*(?P<suffix>[A-Za-z]|%)?"
)
_LONGEST = 100
_QUANTITY_EXPECTED = "a number such as 250_000, 1.5 k, 12 M, $38 B or 1.2 T"
_SHARE_EXPECTED = "a share such as 0.05 or 5 %"


def parse_quantity(value: object) -> float:
    """The number in `value`: a number itself, or text with optional `$`, separators and k, M, B or T.

    K is accepted for k; other letters' case counts (`m` and `b` are refused, with what was meant). Commas
    separate thousands only. Raises Mistake, a ValueError, also for NaN, infinity and booleans.

    >>> parse_quantity("$38 B")
    38000000000.0
    """
    if isinstance(value, str):
        return _parsed(value, _QUANTITY_EXPECTED, _POWERS)
    return _finite(value, _QUANTITY_EXPECTED)


def parse_share(value: object) -> float:
    """A share of one: a number as it is, or text with a percent sign. Raises Mistake, a ValueError.

    >>> parse_share("5 %")
    0.05
    """
    if isinstance(value, str):
        return _parsed(value, _SHARE_EXPECTED, {"": 0, "%": -2})
    return _finite(value, _SHARE_EXPECTED)


def _finite(value: object, expected: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Mistake(expected)
    try:
        number = float(value)
    except OverflowError:
        raise Mistake(expected) from None
    if not math.isfinite(number):
        raise Mistake(f"{expected}; it must be finite")
    return number


def _parsed(text: str, expected: str, powers: dict[str, int]) -> float:
    stripped = text.strip()
    match = _QUANTITY.fullmatch(stripped) if len(stripped) <= _LONGEST else None
    if match is None or not any(digit.isdigit() for digit in (match["whole"] or "") + (match["fraction"] or "")):
        raise Mistake(expected)
    suffix = match["suffix"] or ""
    if suffix not in powers:
        meant = suffix.upper()
        near = f"{stripped[: -len(suffix)].rstrip()} {meant}" if meant in powers else None
        raise Mistake(expected, suggestion=near)
    whole = (match["whole"] or "").replace(",", "").replace("_", "")
    # The suffix moves the exponent of the text, so that 1.1 B is exactly the number 1100000000.
    exponent = int(match["exponent"] or 0) + powers[suffix]
    return _finite(float(f"{match['sign']}{whole}{match['fraction'] or ''}e{exponent}"), expected)
