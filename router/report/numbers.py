"""Numbers that a person can read: `$38.0 B`, `12.4 k`, `83 %`.

Every function gives at most three significant digits unless it says otherwise, never `-0`, and rolls over
where rounding reaches the next unit (999_999 is `1.00 M`). Amounts are in US dollars.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

SUFFIXES = ("", "k", "M", "B", "T")
SUFFIX_WIDTH = 2
"""What a suffix and its blank take; `aligned` gives numbers without one as much room."""


def count(value: float) -> str:
    """A quantity: `830`, `12.4 k`, `1.00 M`, `-3.5`; `<0.01` and `>-0.01` for what is nearly nothing."""
    if value == 0:
        return "0"
    if abs(value) < 0.01:
        return "<0.01" if value > 0 else ">-0.01"
    sign = "-" if value < 0 else ""
    return sign + _scaled(abs(value), least_digits=False)


def quantity(value: float, unit: str) -> str:
    """A quantity with its unit: `12.4 k agents`, and `1,750 k agents` where the unit has a scale already."""
    scaled = len(unit) > 1 and unit[0] in SUFFIXES and unit[1] == " "
    number = f"{value:,.0f}" if scaled and abs(value) >= 999.5 else count(value)
    return f"{number} {unit}".rstrip()


def money(value: float) -> str:
    """US dollars: `$38.0 B`, `$830`, `$12.50`, `-$4.20 M`; `$0` for less than half a cent."""
    if abs(value) < 0.005:
        return "$0"
    sign = "-" if value < 0 else ""
    if abs(value) < 99.995:
        cents = f"{abs(value):.2f}"
        return f"{sign}${cents.removesuffix('.00')}"
    return f"{sign}${_scaled(abs(value), least_digits=True)}"


def price(value: float) -> str:
    """US dollars for one unit, where cents may be too coarse: `$2.12`, `$0.0045`."""
    if 0 < abs(value) < 0.1:
        sign = "-" if value < 0 else ""
        digits = min(9, 1 - math.floor(math.log10(abs(value))))
        return f"{sign}${abs(value):.{digits}f}"
    if 0.1 <= abs(value) < 99.995:
        return f"{'-' if value < 0 else ''}${abs(value):.2f}"
    return money(value)


def money_in_full(value: float) -> str:
    """US dollars to the dollar: `$411,982,345,678`; to the cent below $1000."""
    text = f"{abs(value):.2f}".removesuffix(".00") if abs(value) < 999.995 else f"{abs(value):,.0f}"
    sign = "-" if value < 0 and float(text.replace(",", "")) else ""
    return f"{sign}${text}"


def whole(value: int) -> str:
    """A whole number to the last digit: `24,318`."""
    return f"{value:,}"


def share(value: float) -> str:
    """A share of one: `83 %`, `4.2 %`, `<0.1 %`; `100 %` and `0 %` only where that is so."""
    percent = value * 100.0
    if percent == 0:
        return "0 %"
    if 0 < percent < 0.1:
        return "<0.1 %"
    if 99.5 <= percent < 100 and not math.isclose(percent, 100.0, rel_tol=1e-9):
        return f"{math.floor(percent * 10) / 10:.1f} %"
    if abs(percent) < 9.95:
        return f"{percent:.1f} %".replace("-0.0 %", "0 %")
    return f"{percent:,.0f} %"


def at_most_share(value: float) -> str:
    """A share rounded up to two significant digits, for a claim such as a gap: `0.0041 %`."""
    percent = max(0.0, value) * 100.0
    if percent == 0:
        return "0 %"
    if percent < 0.0001:
        return "0.0001 %"
    digits = 1 - math.floor(math.log10(percent))
    # A value that is a short decimal already must not be pushed up by its last bit.
    raised = math.ceil(round(percent * 10.0**digits, 6)) / 10.0**digits
    text = f"{raised:.{max(0, digits)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + " %"


def hours(value: float) -> str:
    """Hours, or days from two days on: `36 h`, `14.5 days`."""
    if abs(value) < 48:
        return f"{count(round(value, 1))} h"
    return f"{count(value / 24)} days"


def day(value: date) -> str:
    """A day, as ISO 8601 has it: `2027-03-14`."""
    return value.isoformat()


def last_day(end: date) -> str:
    """The last day of what ends before `end`, the first day after it."""
    return end.isoformat() if end == date.min else (end - timedelta(days=1)).isoformat()


def aligned(text: str) -> str:
    """A count or an amount with room for a suffix, so that digits stand under digits when set to the right."""
    has_suffix = len(text) > 2 and text[-2] == " " and text[-1] in "kMBT"
    return text if has_suffix or not text else text + " " * SUFFIX_WIDTH


def _scaled(value: float, *, least_digits: bool) -> str:
    """A number above 0 in three significant digits with its suffix."""
    for power, suffix in enumerate(SUFFIXES):
        scaled = value / 1000.0**power
        decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
        if scaled >= 999.5 and suffix != SUFFIXES[-1]:
            continue
        if scaled >= 999.5:
            return f"{scaled:,.0f} {suffix}"
        text = f"{scaled:.{decimals}f}"
        if not suffix:
            # Without a suffix, zeros after the point say nothing: 7 machines, not 7.00.
            return text.rstrip("0").rstrip(".") if "." in text and not least_digits else text
        return f"{text} {suffix}"
    raise AssertionError("the last suffix takes every number")
