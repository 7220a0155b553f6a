"""Numbers as one types them into a form: `600 k`, `25 %`; read back they are exactly the same."""

from __future__ import annotations

from router.reading.quantity import parse_quantity, parse_share

_POWERS = {"T": 12, "B": 9, "M": 6, "k": 3}
_LEAST_SHORTENED = 10_000
_MOST_DIGITS = 4
"""A number with more digits than these is written in full."""


def number_text(value: float, *, in_percent: bool = False) -> str:
    """The shortest text that is read as this number; ``in_percent``: it is a share, rate or factor."""
    if in_percent:
        text = f"{value * 100:.12g} %"
        return text if parse_share(text) == value else repr(value)
    if abs(value) >= _LEAST_SHORTENED:
        for suffix, power in _POWERS.items():
            digits = f"{value / 10**power:.12g}"
            text = f"{digits} {suffix}"
            is_short = len(digits.lstrip("-").replace(".", "")) <= _MOST_DIGITS
            if abs(value) >= 10**power and is_short and parse_quantity(text) == value:
                return text
    text = f"{value:.15g}"
    return text if float(text) == value else repr(value)
