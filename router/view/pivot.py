"""Which rows a plan's amounts are gathered in: workloads above places, or places above workloads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from router.arrays import Ids
from router.report.pool_facts import PoolBook
from router.scenario.scenario import Scenario
from router.view.plan_amounts import UNSERVED, Amounts

Member = tuple[str, ...]
"""What a row is about: a workload, a workload and its stream, a pool, a provider, a provider and region, a kind."""

LEFT_OUT: Member = ()
"""The place of demand that is left out."""

RowKey = tuple[Member, ...]
"""The group of a row; and, below it, the member of the group."""


class Place(StrEnum):
    """What pools are gathered by."""

    POOL = "pool"
    PROVIDER = "provider"
    REGION = "region"
    ACCELERATOR = "accelerator"


@dataclass(frozen=True)
class Pivot:
    """Rows: workloads (or, ``by_stream``, their streams) above the places that serve them; ``places_first``: the other
    way round."""

    place: Place = Place.POOL
    by_stream: bool = False
    places_first: bool = False

    @property
    def words(self) -> str:
        """Such as ``workload > pool``."""
        demand = "stream" if self.by_stream else "workload"
        return f"{self.place} > {demand}" if self.places_first else f"{demand} > {self.place}"


@dataclass(frozen=True)
class Layout:
    """R rows: every group, and below it those of its members that have an amount, in the scenario's order.

    ``group_row``, ``member_row`` (B,): the two rows that each amount counts in.
    """

    keys: tuple[RowKey, ...]
    group_row: Ids
    member_row: Ids


def label_of(member: Member) -> str:
    """A member in words."""
    return "/".join(member) if member else "unserved"


def lay_out(pivot: Pivot, amounts: Amounts, scenario: Scenario) -> Layout:
    """The rows of a pivot. Workloads and places that the scenario does not know come after those it knows."""
    book = PoolBook(scenario)
    place_of = {pool: _place(pivot.place, pool, book) for pool in (*scenario.pools, *amounts.pools)}
    places = _ranks([place_of[pool] for pool in scenario.pools], [place_of[pool] for pool in amounts.pools])
    demand = [
        _demand(pivot, workload, stream) for workload, stream in zip(amounts.workloads, amounts.streams, strict=True)
    ]
    demands = _ranks(_all_demands(pivot, scenario), demand)
    outer, inner = (places, demands) if pivot.places_first else (demands, places)
    pairs = [
        (place_of[pool], own) if pivot.places_first else (own, place_of[pool])
        for own, pool in zip(demand, amounts.pools, strict=True)
    ]
    found: dict[Member, set[Member]] = {group: set() for group in sorted(outer, key=outer.__getitem__)}
    for group, member in pairs:
        found[group].add(member)
    keys: list[RowKey] = []
    for group, members in found.items():
        if group != LEFT_OUT or members:
            keys.append((group,))
            keys += [(group, member) for member in sorted(members, key=inner.__getitem__)]
    row = {key: at for at, key in enumerate(keys)}
    return Layout(
        keys=tuple(keys),
        group_row=np.array([row[(group,)] for group, _ in pairs], dtype=np.int64),
        member_row=np.array([row[pair] for pair in pairs], dtype=np.int64),
    )


def place_members(place: Place, scenario: Scenario) -> list[Member]:
    """The place of each pool of the scenario, in its order."""
    book = PoolBook(scenario)
    return [_place(place, pool, book) for pool in scenario.pools]


def _place(place: Place, pool: str, book: PoolBook) -> Member:
    if pool == UNSERVED:
        return LEFT_OUT
    facts = book[pool]
    match place:
        case Place.POOL:
            return (pool,)
        case Place.PROVIDER:
            return (facts.provider,)
        case Place.REGION:
            return facts.provider, facts.region
        case Place.ACCELERATOR:
            return (facts.kind,)


def _demand(pivot: Pivot, workload: str, stream: str | None) -> Member:
    return (workload, stream) if pivot.by_stream and stream is not None else (workload,)


def _all_demands(pivot: Pivot, scenario: Scenario) -> list[Member]:
    members: list[Member] = []
    for name, workload in scenario.workloads.items():
        streams: list[str | None] = [None] if workload.kind == "training" else list(workload.streams)
        members += [_demand(pivot, name, stream) for stream in streams]
    return members


def _ranks(known: list[Member], found: list[Member]) -> dict[Member, int]:
    """The order of members: as the scenario has them, then others by name, then what is left out."""
    others = sorted({member for member in found if member != LEFT_OUT}.difference(known))
    return {member: rank for rank, member in enumerate(dict.fromkeys((*known, *others, LEFT_OUT)))}
