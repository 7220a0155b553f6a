"""`outage: oracle` `during: 2027-Q1`: capacity that is lost for some time and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pydantic import Field

from router.change.change import Change, Operation
from router.change.range_text import EXPECTED as DATES_EXPECTED
from router.problem.calendar import build_calendar
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.scenario.base import Share
from router.scenario.scenario import Scenario
from router.whatif.words.dates import DatesText, stretch
from router.whatif.words.pools import PoolChoice, chosen_pools
from router.whatif.words.steps import dated
from router.whatif.words.word import Held, Word


class Outage(Word):
    """Capacity and spot capacity of the chosen pools, times ``to``, on every day of the dates; after them, all is back.

    What the model makes of it (docs/model.md):

    - A period has the smallest capacity of any of its days: where the horizon has quarters, an outage of a month
      takes the whole quarter.
    - The plan knows of the outage from the start. No training run is put where it would hold instances in a period of
      the outage: a run does not pause, so it is somewhere else, ends before, starts after, or is left out.
    - Reserved instances must exist in every period of the reservation's life. No reservation is bought whose life
      would cover a period of the outage, beyond what is left in it: the plan buys on demand before and after, or
      reserves when it is over. It does not pay for reserved instances that are out.
    - Contracts go on: a commitment promises the same, and what cannot be spent in the outage is spent at other times
      or is a shortfall. Demand goes on too, elsewhere or unserved.

    A pool that has no capacity until after the outage is left as it is.
    """

    expected = {"during": DATES_EXPECTED}

    outage: PoolChoice = Field(description="Provider, region, pool or accelerator, or a selector of pools.")
    during: DatesText = Field(description="When: 2027-Q1, 2027-03, 2027-01-10..2027-02-20.")
    to: Share = Field(default=0.0, description="The share of capacity that is left.")

    def places(self, scenario: Scenario) -> tuple[KeyPath, ...]:
        return tuple(("pools", name) for name in chosen_pools(self.outage, scenario, "outage"))

    def changes(self, places: Sequence[KeyPath], held: Held) -> tuple[Change, ...]:
        scenario = held.at(places)
        dates = stretch(self.during, None, build_calendar(scenario.horizon))
        assert dates is not None
        changes = []
        for path in places:
            pool = scenario.pools[str(path[1])]
            for name in ("capacity", "spot_capacity"):
                steps = dated(getattr(pool, name))
                if any(value > 0 and day < dates.end for day, value in steps.items()):
                    changes.append(Change((*path, name), Operation.SCALE, self.to, dates))
        if not changes:
            last = dates.end - timedelta(days=1)
            found = f"no capacity to lose in {', '.join(str(path[1]) for path in places[:3])} up to {last}"
            raise Mistake("pools that have some by then", found=found, path=("outage",))
        return tuple(changes)
