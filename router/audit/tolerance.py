"""How far a plan may be off: one constant for quantities, one rule for money."""

from __future__ import annotations

QUANTITY = 1e-6
"""Quantities, limits and shares: relative to the larger of 1 and the scale of the row."""

CENT_USD = 0.01
"""A bill line, and a sum of bill lines, must match within this."""

MONEY_RELATIVE = 1e-9
"""Allowed besides for the float arithmetic of large amounts."""

HALF_CENT_USD = 0.005
"""What rounding to cents may add for each bill line; lines smaller than this may be left out."""


def same_quantity(found: float, expected: float, scale: float = 1.0) -> bool:
    """Whether two quantities are the same, on a row of the given scale."""
    return abs(found - expected) <= QUANTITY * max(1.0, abs(scale), abs(expected))


def same_ratio(found: float, expected: float) -> bool:
    """Whether two quantities are the same relative to their own size, however small it is."""
    return abs(found - expected) <= QUANTITY * abs(expected) + 1e-12


def money_tolerance(scale_usd: float, lines: int = 0) -> float:
    """USD that an amount may be off: a cent, float error at this scale, rounding of `lines` bill lines."""
    return CENT_USD * 1.0001 + MONEY_RELATIVE * abs(scale_usd) + HALF_CENT_USD * lines


def same_money(found_usd: float, expected_usd: float, lines: int = 0, scale_usd: float = 0.0) -> bool:
    """Whether two amounts are the same within `money_tolerance`."""
    scale = max(abs(expected_usd), abs(scale_usd))
    return abs(found_usd - expected_usd) <= money_tolerance(scale, lines)
