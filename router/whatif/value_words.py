"""Values of factors for readers, as a file would have them: `80 %`, `5.9 B`, `2027-03-01`, `1.2`."""

from __future__ import annotations

import math
from datetime import date

from router.whatif.case import FactorValue

_SCALES = ((1e12, 1e12, "T"), (1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e5, 1e3, "k"))
"""From which size on, what is divided by, and its letter: `12,345`, but `250 k`."""


def value_words(value: FactorValue, percent: bool = False, digits: int = 6) -> str:
    """A factor's value to so many digits: numbers in percent where ``percent``, and no others."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    scale, unit = _scale(value, percent)
    number = value / scale
    text = f"{number:,.{digits}g}"
    return f"{text if 'e+' not in text else f'{number:,.0f}'}{unit}"


def value_words_within(value: float, within: float, percent: bool = False) -> str:
    """A number to no more digits than it was looked for: `2.3 %` within 0.1 %, `8.35 M` within 50 k."""
    scale, unit = _scale(value, percent)
    decimals = math.ceil(-math.log10(within / scale) - 1e-9) if within > 0 else 6
    decimals = min(max(decimals, 0), 9)
    text = f"{round(value / scale, decimals) + 0.0:,.{decimals}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"


def _scale(value: float, percent: bool) -> tuple[float, str]:
    if percent:
        return 0.01, " %"
    return next(((by, f" {unit}") for size, by, unit in _SCALES if abs(value) >= size), (1.0, ""))
