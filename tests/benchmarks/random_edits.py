"""The edits of a planner at work, at random: mostly demand, some prices and capacity, now and then a job."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from router.change.change import Change, Dates, Operation, Span
from router.problem.calendar import build_calendar
from router.scenario.scenario import Scenario
from router.scenario.workload import Training

Edit = Callable[["EditMaker"], Sequence[Change]]


class EditMaker:
    """Makes edits of a scenario; the same seed gives the same edits."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.random = random.Random(seed)
        self.base = self.scenario = scenario
        self.starts = build_calendar(scenario.horizon).starts

    def next(self) -> tuple[str, Sequence[Change]]:
        """A kind of edit and its changes. The caller applies them and says so by ``scenario``."""
        kinds, weights = zip(*((kind, weight) for kind, weight in KINDS.items()), strict=True)
        kind = self.random.choices(kinds, weights)[0]
        return kind.__name__.replace("_", " "), kind(self)

    def factor(self) -> float:
        """A few percent up or down."""
        return self.random.choice([0.9, 0.95, 0.98, 1.02, 1.05, 1.1])

    def stream(self) -> tuple[str, ...]:
        """Path of a demand series."""
        found = [
            ("workloads", name, "streams", stream, "demand")
            for name, workload in self.scenario.workloads.items()
            if not isinstance(workload, Training)
            for stream in workload.streams
        ]
        return self.random.choice(found)

    def job(self) -> str:
        """Name of a training job."""
        return self.random.choice(
            [n for n, workload in self.scenario.workloads.items() if isinstance(workload, Training)]
        )

    def months(self, most: int) -> Dates:
        """Up to so many periods in a row."""
        first = self.random.randrange(len(self.starts))
        last = min(len(self.starts), first + self.random.randint(1, most))
        return Dates(self.starts[first], self.starts[last] if last < len(self.starts) else date(2100, 1, 1))


def one_cell(maker: EditMaker) -> Sequence[Change]:
    """Demand of a stream in a period."""
    return [Change(maker.stream(), Operation.SCALE, maker.factor(), maker.months(1))]


def a_range_of_cells(maker: EditMaker) -> Sequence[Change]:
    """Demand of a stream over up to a year."""
    return [Change(maker.stream(), Operation.SCALE, maker.factor(), maker.months(12))]


def a_whole_series(maker: EditMaker) -> Sequence[Change]:
    """Demand of a stream over the horizon."""
    return [Change(maker.stream(), Operation.SCALE, maker.factor())]


def a_price(maker: EditMaker) -> Sequence[Change]:
    """Price of an offer."""
    offer = maker.random.randrange(len(maker.scenario.offers))
    return [Change(("offers", offer, "usd_per_hour"), Operation.SCALE, maker.factor())]


def a_capacity(maker: EditMaker) -> Sequence[Change]:
    """Capacity of a pool."""
    return [Change(("pools", _key(maker, "pools"), "capacity"), Operation.SCALE, maker.factor())]


def a_delivery_date(maker: EditMaker) -> Sequence[Change]:
    """All deliveries to a pool a month or a quarter later or earlier."""
    ramps = [name for name, pool in maker.scenario.pools.items() if isinstance(pool.capacity, dict)]
    span = Span(months=maker.random.choice([-3, -1, 1, 3]))
    return [Change(("pools", maker.random.choice(ramps), "capacity"), Operation.SHIFT, span)] if ramps else []


def a_promise(maker: EditMaker) -> Sequence[Change]:
    """Size of a commitment."""
    found = [
        ("contracts", name, "commitments", promise, *where)
        for name, contract in maker.scenario.contracts.items()
        for promise, commitment in contract.commitments.items()
        for where in (
            [("amount_usd",)]
            if commitment.windows is None
            else [("windows", index, "amount_usd") for index in range(len(commitment.windows))]
        )
    ]
    return [Change(maker.random.choice(found), Operation.SCALE, maker.factor())] if found else []


def a_discount(maker: EditMaker) -> Sequence[Change]:
    """A discount of a contract."""
    found = [
        ("contracts", name, "discounts", index, "discount")
        for name, contract in maker.scenario.contracts.items()
        for index in range(len(contract.discounts))
    ]
    change = maker.random.choice([-0.02, -0.01, 0.01, 0.02])
    return [Change(maker.random.choice(found), Operation.INCREASE, change)] if found else []


def a_deadline(maker: EditMaker) -> Sequence[Change]:
    """Deadline of a training job."""
    span = Span(months=maker.random.choice([-2, -1, 1, 2]))
    return [Change(("workloads", maker.job(), "deadline"), Operation.SHIFT, span)]


def a_gang(maker: EditMaker) -> Sequence[Change]:
    """Size of a training job's gang."""
    name = maker.job()
    gangs: Any = maker.scenario.workloads[name]
    index = maker.random.randrange(len(gangs.gangs))
    size = max(1, round(gangs.gangs[index].accelerators * maker.random.choice([0.8, 1.25])))
    return [Change(("workloads", name, "gangs", index, "accelerators"), Operation.SET, size)]


def a_workload_gone_or_back(maker: EditMaker) -> Sequence[Change]:
    """A workload that no other one calls is removed, or one that was removed comes back."""
    now = maker.scenario.workloads
    gone = [name for name in maker.base.workloads if name not in now]
    if len(gone) >= MOST_GONE or (gone and maker.random.random() < 0.5):
        name = maker.random.choice(gone)
        value = maker.base.workloads[name].model_dump(exclude_unset=True)
        return [Change(("workloads", name), Operation.ADD, value)]
    called = {call.workload for workload in now.values() for call in getattr(workload, "calls", [])}
    names = [name for name in now if name not in called]
    return [Change(("workloads", maker.random.choice(names)), Operation.REMOVE)]


def _key(maker: EditMaker, collection: str) -> str:
    name: str = maker.random.choice(list(getattr(maker.scenario, collection)))
    return name


MOST_GONE = 3
"""Workloads that may be away at a time: a long session still has something to plan."""

KINDS: dict[Edit, float] = {
    one_cell: 30,
    a_range_of_cells: 18,
    a_whole_series: 10,
    a_price: 10,
    a_capacity: 8,
    a_delivery_date: 5,
    a_promise: 7,
    a_discount: 3,
    a_deadline: 5,
    a_gang: 2,
    a_workload_gone_or_back: 2,
}
"""How often each kind comes, in percent."""

DEMAND = ("one cell", "a range of cells", "a whole series")
"""The kinds that edit demand."""
