"""`delay: GB300` `by: 2 quarters`: deliveries that come later than planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from pydantic import Field

from router.change.change import Change, Operation, Span
from router.change.span_text import EXPECTED as SPAN_EXPECTED
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.scenario.base import FIRST_DAY, LAST_DAY
from router.scenario.dates import add_months
from router.scenario.scenario import Scenario
from router.whatif.words.dates import Moment, SpanOfTime
from router.whatif.words.pools import PoolChoice, chosen_pools
from router.whatif.words.steps import dated, lower_of, with_rises_moved
from router.whatif.words.word import Held, Word


class Delay(Word):
    """Every rise of capacity and of spot capacity after the horizon's start comes later by a span of time.

    What is there when the horizon starts stays, and so do falls: a retirement keeps its date. A fall of what has not
    come yet takes it away when it comes, so that capacity is never below 0 and in the end what it was. A negative span
    brings deliveries forward. Spot capacity that the delay leaves above all of a pool's capacity is cut to it, which
    the model does on every day anyway.

    Coming back after an outage is a rise too: a delay that stands behind an outage of the same pool moves its end.

    The model counts what arrives within a period from the next one on: of monthly periods, a delay by two weeks is
    often one of a month.
    """

    expected = {"by": SPAN_EXPECTED}

    delay: PoolChoice = Field(description="Provider, region, pool or accelerator, or a selector of pools.")
    by: SpanOfTime = Field(description="How much later: 2 quarters, 6 weeks.")
    from_: Moment | None = Field(
        default=None, alias="from", description="Only rises on or after this date; left out: after the horizon's start."
    )

    def places(self, scenario: Scenario) -> tuple[KeyPath, ...]:
        return tuple(("pools", name) for name in chosen_pools(self.delay, scenario, "delay"))

    def changes(self, places: Sequence[KeyPath], held: Held) -> tuple[Change, ...]:
        scenario = held.at(places)
        first = self.from_ if self.from_ is not None else scenario.horizon.start + timedelta(days=1)
        later = cache(self._later)
        changes: list[Change] = []
        rises = 0
        for path in places:
            pool = scenario.pools[str(path[1])]
            steps = {name: dated(getattr(pool, name)) for name in ("capacity", "spot_capacity")}
            rises += sum(_rises(held_steps, first) for held_steps in steps.values())
            moved = {
                name: with_rises_moved(held_steps, lambda day: day >= first, later)
                for name, held_steps in steps.items()
            }
            if max(moved["spot_capacity"].values()) > max(moved["capacity"].values()):
                moved["spot_capacity"] = lower_of(moved["spot_capacity"], moved["capacity"])
            changes += [Change((*path, name), Operation.SET, new) for name, new in moved.items() if new != steps[name]]
        if not rises:
            names = ", ".join(str(path[1]) for path in places[:3]) + (" and others" if len(places) > 3 else "")
            raise Mistake(
                "pools that grow then", found=f"no rise of capacity of {names} from {first} on", path=("delay",)
            )
        return tuple(changes)

    def _later(self, day: date) -> date:
        span: Span = self.by
        try:
            moved = add_months(day, span.months) + timedelta(days=span.days)
        except (ValueError, OverflowError):
            moved = date.max
        if not FIRST_DAY <= moved <= LAST_DAY:
            raise Mistake(f"a span that keeps {day} within {FIRST_DAY} to {LAST_DAY}", path=("by",))
        return moved


def _rises(steps: dict[date, float], first: date) -> int:
    before, rises = 0.0, 0
    for day, value in steps.items():
        rises += value > before and day >= first
        before = value
    return rises
