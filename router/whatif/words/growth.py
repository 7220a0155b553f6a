"""`growth: agents` `by: 3`, or `per_year: 30 %`: demand that is other than the scenario has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import numpy as np
from pydantic import Field, model_validator

from router.arrays import FloatArray
from router.change.change import Change, Dates, Operation
from router.problem.calendar import DAYS_PER_YEAR, Calendar
from router.reading.expectation import counted
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.scenario.base import Factor, Rate
from router.scenario.scenario import Scenario
from router.scenario.series import Series, Values
from router.scenario.workload import Serving
from router.whatif.words.dates import DatesText, Moment, stretch
from router.whatif.words.streams import StreamChoice, chosen_streams
from router.whatif.words.word import Held, Word, check_one_rule


class Growth(Word):
    """Demand of the chosen streams, times a factor, or growing beyond what is there.

    ``by``: times the factor, in all periods or in those that start within ``during`` or on and after ``from``.

    ``per_year``: compound growth on top of what is there, from the horizon's start (or ``from``, or the start of
    ``during``) to the middle of each period: times ``(1 + per_year) ** years``, years of 365.25 days. It ends with
    ``during``: what has grown by then stays. Demand becomes a list of values, one for each period.
    """

    growth: StreamChoice = Field(description="Workload, workload/stream, kind of workload, or a selector of streams.")
    by: Factor | None = Field(default=None, description="What demand is multiplied with: 3 or 300 %.")
    per_year: Annotated[Rate, Field(ge=-0.99)] | None = Field(
        default=None, description="Growth per year beyond what is there."
    )
    during: DatesText | None = Field(default=None, description="Only on these dates.")
    from_: Moment | None = Field(default=None, alias="from", description="Only from this date on.")

    @model_validator(mode="after")
    def _check(self) -> Growth:
        check_one_rule(self.by, self.per_year)
        return self

    def places(self, scenario: Scenario) -> tuple[KeyPath, ...]:
        return tuple(
            ("workloads", workload, "streams", stream, "demand")
            for workload, stream in chosen_streams(self.growth, scenario, "growth")
        )

    def changes(self, places: Sequence[KeyPath], held: Held) -> tuple[Change, ...]:
        if self.by is not None and self.during is None and self.from_ is None:
            return tuple(Change(path, Operation.SCALE, self.by) for path in places)
        calendar = held.calendar
        dates = stretch(self.during, self.from_, calendar)
        if self.per_year is None:
            _check_period_starts(dates, calendar, "from" if self.during is None else "during")
            return tuple(Change(path, Operation.SCALE, self.by, dates) for path in places)
        scenario = held.at(places)
        factors = (1.0 + self.per_year) ** _years(dates, calendar)
        demands = (_demand(scenario, path, calendar) for path in places)
        grown = ((held.series(demand, calendar) * factors).tolist() for demand in demands)
        return tuple(Change(path, Operation.SET, {"values": each}) for path, each in zip(places, grown, strict=True))


def _check_period_starts(dates: Dates | None, calendar: Calendar, key: str) -> None:
    if dates is not None and not any(dates.start <= start < dates.end for start in calendar.starts):
        found = f"dates from {dates.start} to {dates.end}, within which no period starts"
        near = max((start for start in calendar.starts if start <= dates.start), default=calendar.starts[0])
        raise Mistake(f"dates that hold the start of a period, such as {near}", found=found, path=(key,))


def _years(dates: Dates | None, calendar: Calendar) -> FloatArray:
    """Years of growth up to the middle of each period. Shape (T,)."""
    midpoint = (calendar.first_day + calendar.last_day) / 2
    start = _day_number(dates.start) if dates is not None else calendar.first_day[0]
    end = _day_number(dates.end) if dates is not None else np.inf
    # Growth that is asked for from before the horizon starts with it: the demand at its start is what is there.
    start = max(start, calendar.first_day[0])
    return np.asarray(np.clip(np.minimum(midpoint, end) - start, 0.0, None) / DAYS_PER_YEAR)


def _day_number(day: date) -> float:
    return float(day.toordinal())


def _demand(scenario: Scenario, path: KeyPath, calendar: Calendar) -> Series:
    workload = scenario.workloads[str(path[1])]
    assert isinstance(workload, Serving)
    demand = workload.streams[str(path[3])].demand
    if isinstance(demand, Values) and len(demand.values) != calendar.periods:
        found = f"demand of {path[1]}/{path[3]} with {counted(len(demand.values), 'value')}"
        raise Mistake(f"{calendar.periods}, one for each period", found=found, path=("growth",))
    return demand
