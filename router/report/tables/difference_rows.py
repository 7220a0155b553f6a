"""What the tables of a difference share: how long lists are cut and how amounts change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from router.report import numbers
from router.report.difference_words import signed_money
from router.report.table import Cell

Item = TypeVar("Item")

DISCOUNTED, NOT_DISCOUNTED = "discounted", "not discounted"
"""Which of the two money is in: every title says it, since the same amount reads differently in both."""


def cut(items: Sequence[Item], most_rows: int, noun: str) -> tuple[Sequence[Item], tuple[str, ...]]:
    """The first items, and a footnote on how many are left out."""
    left = len(items) - most_rows
    if left <= 0:
        return items, ()
    return items[:most_rows], (f"{left} smaller {noun}{'' if left == 1 else 's'} not shown.",)


def money_change(before_usd: float, after_usd: float) -> Cell:
    """The change of an amount with its sign, None where there is none."""
    change = after_usd - before_usd
    return numbers.aligned(signed_money(change)) if abs(change) >= 0.005 else None
