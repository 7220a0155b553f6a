"""Billing lines: every way to rent in a pool, each under one contract (docs/model.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolTable, matches
from router.problem.values import average, offered, smallest
from router.scenario.contract import Contract
from router.scenario.dates import add_months
from router.scenario.offer import ANY_REGION, Offer
from router.scenario.scenario import Scenario
from router.scenario.selector import PurchaseOption

NO_CONTRACT = -1


@dataclass(frozen=True)
class RentalLines:
    """L lines for on demand, contract and spot. pool, contract, offer (L,) indices; spot (L,) bool;
    price_usd_per_hour (L, T); available (L, T) bool; max_instances (L, T), inf where there is no limit.
    ``offer`` is the offer's number in the scenario: all lines of an offer share its limit.
    """

    pool: NDArray[np.int64]
    contract: NDArray[np.int64]
    offer: NDArray[np.int64]
    option: tuple[PurchaseOption, ...]
    spot: BoolArray
    price_usd_per_hour: FloatArray
    available: BoolArray
    max_instances: FloatArray


@dataclass(frozen=True)
class ReservationCohorts:
    """R cohorts: a reservation line bought at the start of a period.

    pool, contract, offer, first_period, term_months (R,); covers (R, T) bool: periods wholly within the life;
    life_hours (R, T): hours of each period within the life; payment_usd (R, T) per instance;
    after_horizon_hours (R,); after_horizon_usd (R,) per instance, still to pay after the horizon, in full;
    max_instances (R, T).
    """

    pool: NDArray[np.int64]
    contract: NDArray[np.int64]
    offer: NDArray[np.int64]
    first_period: NDArray[np.int64]
    term_months: NDArray[np.int64]
    price_usd_per_hour: FloatArray
    covers: BoolArray
    life_hours: FloatArray
    payment_usd: FloatArray
    after_horizon_hours: FloatArray
    after_horizon_usd: FloatArray
    max_instances: FloatArray


@dataclass(frozen=True)
class _Rental:
    pool: int
    contract: int
    offer: int
    option: PurchaseOption
    price: FloatArray
    available: BoolArray
    limit: FloatArray


@dataclass(frozen=True)
class _Cohort:
    pool: int
    contract: int
    offer: int
    first_period: int
    term_months: int
    price: float
    covers: BoolArray
    life: FloatArray
    payment: FloatArray
    after_hours: float
    limit: FloatArray


def offers_by_pool(scenario: Scenario, pools: PoolTable) -> Iterator[tuple[int, int, Offer]]:
    """Each pool's offers with their number in the scenario: for its region, else for any region of its provider."""
    by_place: dict[tuple[str, str, str], list[tuple[int, Offer]]] = {}
    for number, offer in enumerate(scenario.offers):
        by_place.setdefault((offer.provider, offer.region, offer.instance_type), []).append((number, offer))
    for pool in range(pools.count):
        provider, kind = str(pools.provider_name[pool]), str(pools.instance_type[pool])
        own = by_place.get((provider, str(pools.region[pool]), kind), [])
        taken = {(offer.purchase_option, offer.term_months, offer.contract) for _, offer in own}
        anywhere = by_place.get((provider, ANY_REGION, kind), [])
        for number, offer in own:
            yield pool, number, offer
        for number, offer in anywhere:
            if (offer.purchase_option, offer.term_months, offer.contract) not in taken:
                yield pool, number, offer


class Discounts:
    """Each contract's eligibility and discount by pool and purchase option, looked up once."""

    def __init__(self, scenario: Scenario, pools: PoolTable, calendar: Calendar) -> None:
        self.contracts = list(scenario.contracts.values())
        self.names = list(scenario.contracts)
        self.overlap = np.array(
            [calendar.overlap_share(contract.start, contract.end) for contract in self.contracts]
        ).reshape(len(self.contracts), calendar.periods)
        self._pools = pools
        self._eligible: dict[tuple[int, str], BoolArray] = {}
        self._discount: dict[tuple[int, str], FloatArray] = {}

    def candidates(self, pool: int, offer: Offer) -> Iterator[tuple[int, Contract]]:
        """Contracts of the pool's provider whose eligible selector matches pool and option."""
        for index, contract in enumerate(self.contracts):
            if contract.provider == offer.provider and self._is_eligible(index, offer)[pool]:
                yield index, contract

    def _is_eligible(self, index: int, offer: Offer) -> BoolArray:
        key = (index, offer.purchase_option)
        if key not in self._eligible:
            self._eligible[key] = matches(self.contracts[index].eligible, self._pools, offer.purchase_option)
        return self._eligible[key]

    def discount(self, index: int, pool: int, offer: Offer) -> float:
        """Discount of the first rule that matches, else 0."""
        key = (index, offer.purchase_option)
        if key not in self._discount:
            values = np.zeros(self._pools.count)
            for rule in reversed(self.contracts[index].discounts):
                mask = matches(rule.applies_to, self._pools, offer.purchase_option)
                values[mask] = rule.discount
            self._discount[key] = values
        return float(self._discount[key][pool])


def build_lines(scenario: Scenario, pools: PoolTable, calendar: Calendar) -> tuple[RentalLines, ReservationCohorts]:
    """All billing lines of a scenario."""
    discounts = Discounts(scenario, pools, calendar)
    rentals: list[_Rental] = []
    cohorts: list[_Cohort] = []
    for pool, number, offer in offers_by_pool(scenario, pools):
        price = average(offer.usd_per_hour, calendar)
        limit = (
            smallest(offer.max_instances, calendar)
            if offer.max_instances is not None
            else np.full(calendar.periods, np.inf)
        )
        if offer.purchase_option == "reserved":
            cohorts.extend(_cohorts(number, pool, offer, price, limit, discounts, calendar))
        else:
            rentals.extend(_rentals(number, pool, offer, price, limit, discounts, calendar))
    return _rental_table(rentals, calendar.periods), _cohort_table(cohorts, calendar.periods)


def _rentals(
    number: int,
    pool: int,
    offer: Offer,
    price: FloatArray,
    limit: FloatArray,
    discounts: Discounts,
    calendar: Calendar,
) -> Iterator[_Rental]:
    option = offer.purchase_option
    exists = offered(offer.usd_per_hour, calendar)
    if option == "contract":
        index = discounts.names.index(offer.contract or "")
        contract = discounts.contracts[index]
        within = exists & calendar.lies_within(contract.start, contract.end)
        yield _Rental(pool, index, number, option, price, within, limit)
        return
    uncovered = exists.copy()
    for index, _ in discounts.candidates(pool, offer):
        overlap = discounts.overlap[index]
        qualifies = exists & (overlap > 0)
        if qualifies.any():
            net = price * (1.0 - discounts.discount(index, pool, offer) * overlap)
            yield _Rental(pool, index, number, option, net, qualifies, limit)
            uncovered &= ~qualifies
    if uncovered.any():
        yield _Rental(pool, NO_CONTRACT, number, option, price, uncovered, limit)


def _cohorts(
    number: int,
    pool: int,
    offer: Offer,
    price: FloatArray,
    limit: FloatArray,
    discounts: Discounts,
    calendar: Calendar,
) -> Iterator[_Cohort]:
    exists = offered(offer.usd_per_hour, calendar)
    months = offer.term_months or 0
    for first in np.flatnonzero(exists):
        start = calendar.starts[first]
        end = add_months(start, months)
        life = calendar.overlap_share(start, end) * calendar.hours
        covers = calendar.lies_within(start, end)
        after_hours = max(0, (end - calendar.horizon_end).days) * 24.0
        under = [index for index, _ in discounts.candidates(pool, offer) if discounts.overlap[index][first] > 0] or [
            NO_CONTRACT
        ]
        for index in under:
            overlap = discounts.overlap[index] if index >= 0 else np.zeros(calendar.periods)
            discount = discounts.discount(index, pool, offer) if index >= 0 else 0.0
            payment = life * price[first] * (1.0 - discount * overlap)
            yield _Cohort(
                pool, index, number, int(first), months, float(price[first]), covers, life, payment, after_hours, limit
            )


def _rental_table(rows: list[_Rental], periods: int) -> RentalLines:
    shape = (len(rows), periods)
    return RentalLines(
        pool=_whole([row.pool for row in rows]),
        contract=_whole([row.contract for row in rows]),
        offer=_whole([row.offer for row in rows]),
        option=tuple(row.option for row in rows),
        spot=np.array([row.option == "spot" for row in rows], dtype=bool),
        price_usd_per_hour=np.array([row.price for row in rows]).reshape(shape),
        available=np.array([row.available for row in rows], dtype=bool).reshape(shape),
        max_instances=np.array([row.limit for row in rows]).reshape(shape),
    )


def _cohort_table(rows: list[_Cohort], periods: int) -> ReservationCohorts:
    shape = (len(rows), periods)
    price = np.array([row.price for row in rows], dtype=np.float64)
    after_hours = np.array([row.after_hours for row in rows], dtype=np.float64)
    return ReservationCohorts(
        pool=_whole([row.pool for row in rows]),
        contract=_whole([row.contract for row in rows]),
        offer=_whole([row.offer for row in rows]),
        first_period=_whole([row.first_period for row in rows]),
        term_months=_whole([row.term_months for row in rows]),
        price_usd_per_hour=price,
        covers=np.array([row.covers for row in rows], dtype=bool).reshape(shape),
        life_hours=np.array([row.life for row in rows]).reshape(shape),
        payment_usd=np.array([row.payment for row in rows]).reshape(shape),
        after_horizon_hours=after_hours,
        after_horizon_usd=after_hours * price,
        max_instances=np.array([row.limit for row in rows]).reshape(shape),
    )


def _whole(values: list[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)
