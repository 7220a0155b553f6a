"""Values over time, changed between two dates only: demand by periods, steps by days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from router.change.change import Change, Dates, Operation
from router.change.error import refusal
from router.change.tree import value_at
from router.problem.calendar import Calendar
from router.problem.values import series
from router.reading.expectation import counted
from router.reading.key_path import KeyPath
from router.reading.position import Position
from router.reading.type_walk import Typed, discriminator_of, typed_field, unwrapped
from router.scenario.base import FIRST_DAY, LAST_DAY, Part
from router.scenario.scenario import Scenario
from router.scenario.series import Series, Steps, Values

Rule = Callable[[float], float]
"""A new number from an old one."""


def over_time(scenario: Scenario, path: KeyPath, at: Position) -> Literal["series", "steps"] | None:
    """Whether a path leads to a demand series or to steps."""
    holder = value_at(scenario, path[:-1], at)
    if not isinstance(holder, Part):
        return None
    form = discriminator_of(unwrapped(typed_field(type(holder).model_fields[str(path[-1])])))
    if form is None:
        return None
    if form == discriminator_of(unwrapped(Typed(Series))):
        return "series"
    return "steps" if form == discriminator_of(unwrapped(Typed(Steps))) else None


def limited_series(
    demand: Any, rule: Rule, dates: Dates, calendar: Calendar, path: KeyPath, at: Position
) -> dict[str, Any]:
    """A demand series with the rule applied in the periods that start within the dates, as values by period."""
    # What stays is the very same numbers, so that many versions of a series take little memory.
    values = list(demand.values) if isinstance(demand, Values) else series(demand, calendar).tolist()
    if len(values) != calendar.periods:
        found, expected = f"a list of {counted(len(values), 'entry')}", f"{calendar.periods}, one for each period"
        raise refusal(at, (*path, "values"), found, expected)
    within = [period for period, start in enumerate(calendar.starts) if dates.start <= start < dates.end]
    if not within:
        raise refusal(
            at,
            path,
            f"dates from {dates.start} to {dates.end}, within which no period starts",
            f"dates that hold the start of a period, such as {calendar.starts[0]} to {calendar.ends[0]}",
        )
    for period in within:
        values[period] = rule(values[period])
    return {"values": values}


def limited_steps(steps: Any, rule: Rule, change: Change, dates: Dates, at: Position) -> dict[date, float]:
    """Steps with the rule applied from the first date on, and from the second on what was there before.

    Where there is nothing yet, a capacity is 0 and a price is none, which no number says.
    """
    price = change.path[0] == "offers" and change.path[-1] == "usd_per_hour"
    # A plain number holds from the beginning: on this day it is not moved by a shift, nor passed by the horizon.
    levels = dict(steps) if isinstance(steps, Mapping) else {FIRST_DAY: float(steps)}
    first = min(levels)
    starts_anything = change.operation is Operation.SET or (change.operation is Operation.INCREASE and not price)
    begin = dates.start if starts_anything else max(dates.start, first)
    if begin >= dates.end or (price and dates.end <= first):
        raise refusal(
            at,
            change.path,
            f"dates from {dates.start} to {dates.end}",
            f"an end after {first}, as there is nothing before that day",
        )
    days = [begin]
    if change.operation is not Operation.SET:
        days += [day for day in sorted(levels) if begin < day < dates.end]
    result = {day: level for day, level in levels.items() if not begin <= day < dates.end}
    result |= {day: rule(_level(levels, day)) for day in days}
    if dates.end <= LAST_DAY:
        result.setdefault(dates.end, _level(levels, dates.end))
    return dict(sorted(result.items()))


def _level(levels: Mapping[date, float], day: date) -> float:
    """The level in force on a day, 0 before the first."""
    past = [start for start in levels if start <= day]
    return levels[max(past)] if past else 0.0
