"""A change to a scenario: where, what, with which value. The one type for the app, `--set` and what-if files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from router.reading.key_path import Key, KeyPath


class Operation(StrEnum):
    """What a change does to the value at its path."""

    SET = "set"
    """The value takes the place of what is there; an optional key that the scenario leaves out may be set too."""
    ADD = "add"
    """A new key of a mapping (``before``: the key it comes before, left out: last), or a new entry of a list: at the
    index that ends the path, or last where the path leads to the list itself; also an optional key that is left out."""
    REMOVE = "remove"
    """The key or list entry goes; an optional key goes back to what leaving it out means."""
    SCALE = "scale"
    """Every number at the path is multiplied by the value."""
    INCREASE = "increase"
    """The value, which may be negative, is added to every number at the path."""
    SHIFT = "shift"
    """Every date at the path moves by the value, a `Span`: later, or earlier where it is negative. Steps at 1970-01-01,
    the first day there is, hold from the beginning and stay."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of calendar time: whole months and days, either may be negative. Written such as `2 quarters`."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Dates:
    """From one day up to, not including, another: what of a value over time a change is about."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``path`` leads through keys and list indices of the scenario as a file has it.

    ``value`` is what the operation takes: plain data as YAML gives it (numbers, texts, dates, lists, mappings) for SET
    and ADD, a number for SCALE and INCREASE, a Span for SHIFT, None for REMOVE. ``dates`` limits SET, SCALE, INCREASE
    to a part of a series (demand) or of steps (capacity, prices, limits): the periods of the horizon that start within
    it for a series, the days for steps. ``before``: for ADD to a mapping, the key that the new one comes before, None
    for last.

    Lists and mappings in ``value`` must not be changed: what takes a change back shares them with the scenario.
    """

    path: KeyPath
    operation: Operation
    value: Any = None
    dates: Dates | None = None
    before: Key | None = None
