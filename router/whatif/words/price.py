"""`price: oracle/on_demand` `by: 120 %`, or `per_year: -15 %`: prices that are other than the scenario has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from router.change.change import Change, Dates, Operation
from router.change.numbers import rounded
from router.problem.calendar import build_calendar
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.scenario.base import Factor, Rate
from router.scenario.scenario import Scenario
from router.whatif.words.dates import DatesText, Moment, stretch
from router.whatif.words.offers import OfferChoice, chosen_offers
from router.whatif.words.steps import dated, level
from router.whatif.words.word import Held, Word, check_one_rule


class Price(Word):
    """Prices per hour of the chosen offers, times a factor, or along an index.

    ``by``: times the factor, on all days or those of ``during`` or ``from`` on.

    ``per_year``: each 1 January after the horizon's start (or ``from``, or the start of ``during``) all prices are that
    part higher or lower than they would be, up to the end of ``during`` or of the horizon; what has been reached by
    then stays. An offer that begins later begins at the index of its day.

    A reservation keeps the price of the period in which it is bought. An offer whose price begins after the dates is
    left as it is.
    """

    price: OfferChoice = Field(description="Parts of an offer's name, or a selector of offers.")
    by: Factor | None = Field(default=None, description="What prices are multiplied with: 1.2 or 120 %.")
    per_year: Annotated[Rate, Field(ge=-0.99)] | None = Field(default=None, description="Change at each 1 January.")
    during: DatesText | None = Field(default=None, description="Only on these dates.")
    from_: Moment | None = Field(default=None, alias="from", description="Only from this date on.")

    @model_validator(mode="after")
    def _check(self) -> Price:
        check_one_rule(self.by, self.per_year)
        return self

    def places(self, scenario: Scenario) -> tuple[KeyPath, ...]:
        return tuple(("offers", index, "usd_per_hour") for index in chosen_offers(self.price, scenario, "price"))

    def changes(self, places: Sequence[KeyPath], held: Held) -> tuple[Change, ...]:
        if self.by is not None and self.during is None and self.from_ is None:
            return tuple(Change(path, Operation.SCALE, self.by) for path in places)
        scenario = held.at(places)
        dates = stretch(self.during, self.from_, build_calendar(scenario.horizon))
        prices = {path: dated(scenario.offers[int(str(path[1]))].usd_per_hour) for path in places}
        if self.per_year is not None:
            return _indexed(prices, self.per_year, _januaries(scenario, dates))
        assert dates is not None
        begun = [path for path, steps in prices.items() if min(steps) < dates.end]
        if not begun:
            found = f"no price that begins before {dates.end}"
            raise Mistake("prices that hold on some of the dates", found=found, path=("price",))
        return tuple(Change(path, Operation.SCALE, self.by, dates) for path in begun)


def _indexed(
    prices: Mapping[KeyPath, Mapping[date, float]], per_year: float, januaries: Sequence[date]
) -> tuple[Change, ...]:
    if not januaries:
        expected = "dates, and a horizon, with a 1 January after their start"
        raise Mistake(expected, found="no new year at which prices change", path=("per_year",))
    if not per_year:
        return ()
    return tuple(
        Change(path, Operation.SET, _along_index(steps, per_year, januaries)) for path, steps in prices.items()
    )


def _januaries(scenario: Scenario, dates: Dates | None) -> list[date]:
    """The first days of years after the start, up to the end."""
    calendar = build_calendar(scenario.horizon)
    start = max(dates.start, calendar.horizon_start) if dates is not None else calendar.horizon_start
    last = calendar.horizon_end - timedelta(days=1)
    end = min(dates.end, last) if dates is not None else last
    return [date(year, 1, 1) for year in range(start.year + 1, end.year + 1)]


def _along_index(steps: Mapping[date, float], per_year: float, januaries: Sequence[date]) -> dict[date, float]:
    first = min(steps)
    days = sorted({*steps, *(day for day in januaries if day > first)})
    return {
        day: rounded(level(steps, day) * (1.0 + per_year) ** sum(january <= day for january in januaries))
        for day in days
    }
