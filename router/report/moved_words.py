"""What moved in values over time whose lowest and highest are the same as before: a date, or a level in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from router.report import numbers

_MOST = 2
"""Differences that are told; the others are counted."""

Number = Callable[[float], str]


def moved_words(old: Mapping[date, float], new: Mapping[date, float], number: Number, at: str = "from") -> str:
    """`8000 from 2028-10-01 -> from 2029-04-01` where only dates moved, `from 2029-01-01: 5000 -> 6000` where levels
    did; empty where nothing differs.

    ``old``, ``new``: values by the date from which, or ``at="on"`` which, they are so. ``number``: how one is written.
    """
    if list(old) != list(new) and list(old.values()) == list(new.values()):
        moved = (
            f"{number(level)} {at} {numbers.day(was)} -> {at} {numbers.day(now)}"
            for level, was, now in zip(old.values(), old, new, strict=True)
            if was != now
        )
        return _first_of(list(moved))
    told = (f"{at} {numbers.day(day)}: {number(was)} -> {number(now)}" for day, was, now in _differences(old, new))
    return _first_of(list(told))


def moved_window_words(old: Sequence[float], new: Sequence[float], number: Number) -> str:
    """`3rd window: $5.90 B -> $6.49 B`; empty where nothing differs or there are more windows than before, or fewer."""
    if len(old) != len(new):
        return ""
    pairs = enumerate(zip(old, new, strict=True))
    return _first_of([f"{window_words(at)}: {number(was)} -> {number(now)}" for at, (was, now) in pairs if was != now])


def window_words(index: int) -> str:
    """A commitment's window by its index: `1st window`, `12th window`."""
    place = index + 1
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending} window"


def _differences(old: Mapping[date, float], new: Mapping[date, float]) -> Iterator[tuple[date, float, float]]:
    """The dates from which values differ, or differ otherwise than before; 0 before the first date of each."""
    was = now = 0.0
    told = (was, now)
    for day in sorted({*old, *new}):
        was, now = old.get(day, was), new.get(day, now)
        if was != now and (was, now) != told:
            yield day, was, now
        told = (was, now)


def _first_of(told: list[str]) -> str:
    more = len(told) - _MOST
    return "; ".join(told[:_MOST]) + (f"; and {more} more" if more > 0 else "")
