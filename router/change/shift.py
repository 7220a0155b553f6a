"""Dates that a change moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from router.change.change import Change, Operation, Span
from router.change.error import refusal
from router.change.tree import plain, value_at
from router.reading.found import found_text
from router.reading.key_path import KeyPath
from router.reading.position import Position
from router.scenario.base import FIRST_DAY, LAST_DAY, Part
from router.scenario.dates import add_months
from router.scenario.scenario import Scenario

_ORIGIN = ("as_of", "retrieved")
"""Dates of where a figure comes from: they stay where the plan's dates move, unless the path leads to one."""


def shifted(scenario: Scenario, change: Change, at: Position) -> tuple[Change, ...]:
    """SET changes that a SHIFT comes to, one for each value that holds dates. Raises ChangeError."""
    span = change.value
    if not isinstance(span, Span):
        raise refusal(at, change.path, f"{found_text(span)} to shift by", "a span of time, such as 2 quarters")
    value = value_at(scenario, change.path, at)
    moved = tuple(_moved(value, change.path, span, at))
    if not moved:
        raise refusal(at, change.path, found_text(plain(value)), "something that holds a date to shift")
    return moved


def _moved(value: Any, path: KeyPath, span: Span, at: Position) -> Iterator[Change]:
    if isinstance(value, date):
        yield Change(path, Operation.SET, _later(value, span, path, at))
    elif isinstance(value, Part):
        for name, held in value:
            if name not in _ORIGIN:
                yield from _moved(held, (*path, name), span, at)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _moved(item, (*path, index), span, at)
    elif isinstance(value, Mapping) and any(isinstance(key, date) for key in value):
        if any(day != FIRST_DAY for day in value):
            yield Change(path, Operation.SET, _moved_keys(value, path, span, at))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _moved(item, (*path, key), span, at)


def _moved_keys(dated: Mapping[date, Any], path: KeyPath, span: Span, at: Position) -> dict[date, Any]:
    moved: dict[date, Any] = {}
    came_from: dict[date, date] = {}
    for day, item in dated.items():
        # What holds from the beginning has no day on which it came.
        later = day if day == FIRST_DAY else _later(day, span, path, at)
        if later in moved:
            raise refusal(
                at,
                (*path, day),
                f"a date that moves to {later}, where {came_from[later]} is then too",
                "a span that keeps the dates apart",
            )
        moved[later] = item
        came_from[later] = day
    return moved


def _later(day: date, span: Span, path: KeyPath, at: Position) -> date:
    try:
        moved = add_months(day, span.months) + timedelta(days=span.days)
    except (ValueError, OverflowError):
        moved = date.max
    if not FIRST_DAY <= moved <= LAST_DAY:
        expected = f"a span that keeps {day} within {FIRST_DAY} to {LAST_DAY}"
        raise refusal(at, path, f"a shift by {span.months} months and {span.days} days", expected)
    return moved
