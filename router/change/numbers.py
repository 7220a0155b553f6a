"""Numbers that a change scales, increases or sets for a time, worked out from what the scenario holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from router.change.change import Change, Dates, Operation
from router.change.error import refusal
from router.change.limited import Rule, limited_series, limited_steps, over_time
from router.change.percent import is_percent, takes_percent
from router.change.tree import plain, value_at
from router.problem.calendar import build_calendar
from router.problem.values import series
from router.reading.expectation import listed
from router.reading.found import found_text
from router.reading.key_path import KeyPath
from router.reading.position import Position
from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity, parse_share
from router.scenario.base import Part
from router.scenario.scenario import Scenario
from router.scenario.series import Growth, Points, Stairs, Values

_DIGITS, _SAVED = 14, 4
"""A number is short where so many digits do and spare so many letters."""
_SERIES = (Points, Growth, Values, Stairs)
_DOES = {Operation.SCALE: " to scale by", Operation.INCREASE: " to increase by"}
"""What is done with a number that does not itself stand at the path."""


def new_value(scenario: Scenario, change: Change, at: Position) -> Any:
    """Plain data for what a SCALE, an INCREASE or any change with dates puts at its path. Raises ChangeError."""
    old = value_at(scenario, change.path, at)
    rule = _rule(scenario, change, at)
    if change.dates is not None:
        return _limited(scenario, change, old, rule, change.dates, at)
    if isinstance(old, Growth) and change.operation is Operation.INCREASE:
        # Growth and a constant do not add up to growth.
        return {"values": [rule(value) for value in series(old, build_calendar(scenario.horizon)).tolist()]}
    return _every(old, rule, change.path, at)


def _rule(scenario: Scenario, change: Change, at: Position) -> Rule:
    number = _number(scenario, change, at)
    if change.operation is Operation.SET:
        return lambda _: number
    if change.operation is Operation.SCALE:
        return lambda old: rounded(old * number)
    return lambda old: rounded(old + number)


def rounded(number: float) -> float:
    """Without the last bits that arithmetic added to a short number: 5.9 B by 1.1 is 6490000000 and no bit more."""
    if isinstance(number, int) or not math.isfinite(number):
        return number
    short = float(f"{number:.{_DIGITS}g}")
    return short if len(repr(short)) <= len(repr(number)) - _SAVED else number


def _number(scenario: Scenario, change: Change, at: Position) -> float:
    value = change.value
    in_percent = is_percent(value)
    try:
        if in_percent and (change.operation is Operation.SCALE or takes_percent(scenario, change.path, at)):
            return parse_share(value)
        number = parse_quantity(value)
        # A whole number stays one, so that a count increased by it does.
        return value if isinstance(value, int) else number
    except Mistake as mistake:
        raise refusal(
            at,
            change.path,
            found_text(value) + _DOES.get(change.operation, ""),
            mistake.expected,
            suggestion=mistake.suggestion,
            note=_scaling(value.strip(), change.operation) if in_percent else None,
        ) from None


def _scaling(percentage: str, operation: Operation) -> str | None:
    """What to do where a percentage of what is there was meant."""
    try:
        share = parse_share(percentage)
    except Mistake:
        return None
    increases = operation is Operation.INCREASE
    factor = round(1 + share, 12) if increases else share
    aim = f"to add {percentage} of what is there" if increases else f"for {percentage} of what is there"
    return f"{aim}, scale by {factor:.12g}" if factor >= 0 else None


def _limited(scenario: Scenario, change: Change, old: Any, rule: Rule, dates: Dates, at: Position) -> Any:
    if dates.end <= dates.start:
        raise refusal(
            at, change.path, f"dates from {dates.start} to {dates.end}", f"an end after the start, {dates.start}"
        )
    kind = over_time(scenario, change.path, at)
    if kind is None:
        raise refusal(
            at,
            change.path,
            f"dates to {change.operation.value} {found_text(plain(old))}",
            "no dates: only demand series, and steps such as capacity and prices, change over time",
        )
    if old is None:
        raise refusal(at, change.path, "nothing", "steps that are there")
    calendar = build_calendar(scenario.horizon)
    if dates.end <= calendar.horizon_start or dates.start >= calendar.horizon_end:
        raise refusal(
            at,
            change.path,
            f"dates from {dates.start} to {dates.end}",
            f"dates within the horizon, {calendar.horizon_start} to {calendar.horizon_end}",
        )
    if kind == "series":
        return limited_series(old, rule, dates, calendar, change.path, at)
    return limited_steps(old, rule, change, dates, at)


def _every(value: Any, rule: Rule, path: KeyPath, at: Position) -> Any:
    """The value with the rule applied to every number in it."""
    if isinstance(value, Growth):
        return {"start": rule(value.start), "growth_per_year": value.growth_per_year}
    if isinstance(value, _SERIES):
        return {name: _every(held, rule, (*path, name), at) for name, held in value}
    if isinstance(value, Mapping) and value:
        return {key: _every(item, rule, (*path, key), at) for key, item in value.items()}
    if isinstance(value, list) and value:
        return [_every(item, rule, (*path, index), at) for index, item in enumerate(value)]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _exact(rule(value), value)
    note = None
    if isinstance(value, Part):
        note = f"say which of its keys: {listed(list(type(value).model_fields))}"
    raise refusal(at, path, found_text(plain(value)), "a number, or numbers by date", note=note)


def _exact(new: float, old: float) -> float:
    """A count scaled to a whole number but for rounding is that number."""
    if isinstance(old, int) and isinstance(new, float) and math.isfinite(new) and math.isclose(new, round(new)):
        return round(new)
    return new
