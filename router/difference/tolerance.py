"""What counts as a difference between two plans, and what is the solver's rounding."""

from __future__ import annotations

QUANTITY = 1e-6
"""Quantities differ when they are further apart than this share of the stream's whole quantity in that time (the larger
of the two plans). It is the solver's tolerance on a row; alternative placements of equal cost are real differences."""

USD = 1e-9
"""Amounts of contracts differ when they are further apart than this share of the larger, and than a cent."""

CENT = 0.01


def amounts_differ(before_usd: float, after_usd: float) -> bool:
    """Whether two amounts in USD differ by more than rounding."""
    return abs(after_usd - before_usd) > max(CENT * 1.001, USD * max(abs(before_usd), abs(after_usd)))


def quantities_differ(before: float, after: float) -> bool:
    """Whether two quantities differ by more than the solver's noise, relative to the larger."""
    return abs(after - before) > QUANTITY * max(abs(before), abs(after))


def cents(usd: float) -> float:
    """An amount rounded to cents."""
    return float(round(usd, 2)) + 0.0
