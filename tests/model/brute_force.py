"""The best plan of a tiny scenario by trying everything: written from docs/model.md, without problem and model.

Three days, nodes of 4 chips at two providers in whole instances, one service, some training jobs, and at north a
contract with a commitment over the horizon, a price tier for all units and a reservation, sold on the first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from tests.scenarios import contract, horizon, job, offer, pool, service

DAYS = 3
HOURS = 24.0
PROVIDERS = ("north", "south")


@dataclass(frozen=True)
class TinyJob:
    """Chip-hours, a gang in nodes, first day it may start and last day it may end on, and its value."""

    work: float
    nodes: int
    earliest: int
    latest: int
    value_usd: float


@dataclass(frozen=True)
class Tiny:
    """capacity, price: by provider and day. The contract is at north."""

    capacity: tuple[tuple[int, ...], tuple[int, ...]]
    price: tuple[tuple[float, ...], tuple[float, ...]]
    demand: tuple[float, ...]
    unserved_usd: float
    jobs: tuple[TinyJob, ...]
    promise_usd: float
    shortfall_rate: float
    threshold_usd: float
    discount: float
    reserved_usd_per_hour: float


def as_parts(tiny: Tiny) -> dict[str, Any]:
    """The same as a scenario."""
    days = [f"2026-01-0{day + 1}" for day in range(DAYS)]
    pools, offers = {}, []
    for provider, capacity, price in zip(PROVIDERS, tiny.capacity, tiny.price, strict=True):
        pools[provider] = pool(provider, dict(zip(days, capacity, strict=True)), whole_instances=True)
        offers.append(offer(provider, dict(zip(days, price, strict=True))))
    # The price of the later days is out of reach: the reservation is a matter of the first day.
    offers.append(
        offer(usd_per_hour={days[0]: tiny.reserved_usd_per_hour, days[1]: 1e3}, option="reserved", term_months=1)
    )
    workloads: dict[str, Any] = {
        "chat": {
            **service({"values": list(tiny.demand)}),
            "value_of_unserved_usd_per_unit_hour": tiny.unserved_usd,
        }
    }
    for number, one in enumerate(tiny.jobs):
        workloads[f"job-{number}"] = {
            **job(work=one.work, gangs=(4 * one.nodes,)),
            "earliest_start": days[one.earliest],
            "deadline": f"2026-01-0{one.latest + 2}",
            "value_of_unserved_usd": one.value_usd,
        }
    tiers = {
        "method": "all_units",
        "window": "term",
        "levels": [{"from_usd": tiny.threshold_usd, "discount": tiny.discount}],
    }
    commitment = {"window": "term", "amount_usd": tiny.promise_usd, "shortfall_rate": tiny.shortfall_rate}
    return {
        "horizon": horizon(count=DAYS, reservation_payments_after_horizon=0),
        "pools": pools,
        "offers": offers,
        "workloads": workloads,
        "contracts": {"deal": contract(end="2026-01-04", tiers=tiers, commitments={"spend": commitment})},
    }


def _places(one: TinyJob) -> Iterator[tuple[int, int] | None]:
    """Provider and first day of each run in time; None for a job left out."""
    yield None
    for provider, first in product(range(2), range(one.earliest, DAYS)):
        if first + one.work / (one.nodes * 4) / HOURS <= one.latest + 1 + 1e-9:
            yield provider, first


def cheapest(tiny: Tiny) -> float:
    """Cost of the best plan in USD."""
    best = np.inf
    for chosen in product(*(list(_places(one)) for one in tiny.jobs)):
        held, paid = np.zeros((2, DAYS)), np.zeros((2, DAYS))
        left_out = 0.0
        for one, place in zip(tiny.jobs, chosen, strict=True):
            if place is None:
                left_out += one.value_usd
                continue
            provider, first = place
            hours = one.work / (one.nodes * 4)
            for day in range(first, DAYS):
                share = min(1.0, hours / HOURS - (day - first))
                if share > 1e-9:
                    held[provider, day] += one.nodes
                    paid[provider, day] += share * one.nodes
        if (held <= np.array(tiny.capacity)).all() and left_out < best:
            best = min(best, left_out + _cheapest_rentals(tiny, held, paid))
    return best


def _cheapest_rentals(tiny: Tiny, held: np.ndarray, paid: np.ndarray) -> float:
    best = np.inf
    capacity = np.array(tiny.capacity)
    for reserved in range(int(capacity[0].min()) + 1):
        # Each day on its own: spend at north, and all other cost, for each number of instances rented.
        days: list[list[tuple[float, float]]] = []
        for day in range(DAYS):
            options = []
            for rented in product(*(range(capacity[provider, day] + 1) for provider in range(2))):
                have = [rented[0] + reserved, rented[1]]
                free = [have[provider] - paid[provider, day] for provider in range(2)]
                if have[0] > capacity[0, day] or min(free) < -1e-9:
                    continue
                served = sum(
                    4 * min(free[provider], capacity[provider, day] - held[provider, day]) for provider in range(2)
                )
                missing = max(0.0, tiny.demand[day] - served)
                options.append(
                    (
                        HOURS * tiny.price[0][day] * rented[0],
                        HOURS * (tiny.price[1][day] * rented[1] + tiny.unserved_usd * missing),
                    )
                )
            days.append(options)
        if not all(days):
            continue
        for combination in product(*days):
            spend = sum(north for north, _ in combination) + DAYS * HOURS * tiny.reserved_usd_per_hour * reserved
            credit = tiny.discount * spend if spend >= tiny.threshold_usd * (1 - 1e-9) else 0.0
            shortfall = max(0.0, tiny.promise_usd - (spend - credit))
            total = spend + sum(other for _, other in combination) - credit + tiny.shortfall_rate * shortfall
            best = min(best, total)
    return best
