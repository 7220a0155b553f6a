"""Billing lines: every way to rent in a pool, each under one contract (docs/model.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolKinds, matches
from router.problem.reuse import Reuse
from router.problem.values import average, offered, smallest
from router.scenario.contract import Contract, DiscountRule
from router.scenario.dates import add_months
from router.scenario.offer import ANY_REGION, Offer
from router.scenario.selector import PurchaseOption
from router.scenario.series import Steps

NO_CONTRACT = -1
Kind = TypeVar("Kind", bound=np.generic)


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
class _Under:
    """A contract under which an offer may be billed in a pool, with the share of each period (T,) within its term."""

    contract: int
    discount: float
    overlap: FloatArray


@dataclass(frozen=True)
class _Lives:
    """Reservations of one term bought at the start of each period: covers, hours (T, T); after_horizon_hours (T,)."""

    covers: BoolArray
    hours: FloatArray
    after_horizon_hours: FloatArray


def offers_by_pool(offers: Sequence[Offer], pools: PoolKinds) -> Iterator[tuple[int, int, Offer]]:
    """Each pool's offers with their number in the scenario: for its region, else for any region of its provider."""
    by_place: dict[tuple[str, str, str], list[tuple[int, Offer]]] = {}
    for number, offer in enumerate(offers):
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


def build_lines(
    reuse: Reuse, offers: Sequence[Offer], contracts: Mapping[str, Contract], pools: PoolKinds, calendar: Calendar
) -> tuple[RentalLines, ReservationCohorts]:
    """All billing lines of a scenario."""
    rentals: list[RentalLines] = []
    cohorts: list[ReservationCohorts] = []
    names = list(contracts)
    for pool, number, offer in offers_by_pool(offers, pools):
        key, option = ("lines", pools.names[pool], number), offer.purchase_option
        price = reuse.take(("price", number), average, offer.usd_per_hour, calendar)
        exists = reuse.take(("offered", number), offered, offer.usd_per_hour, calendar)
        limit = reuse.take(("limit", number), _limit, offer.max_instances, calendar)
        if option == "contract":
            name = offer.contract or ""
            within = reuse.take(
                ("within", name), Calendar.lies_within, calendar, contracts[name].start, contracts[name].end
            )
            line = reuse.take(key, _contract_line, pool, names.index(name), number, price, exists, within, limit)
            rentals.append(line)
            continue
        under = _under(reuse, pool, offer, contracts, pools, calendar)
        if option == "reserved":
            months = offer.term_months or 0
            lives = reuse.take(("lives", months), _lives, months, calendar)
            cohorts.append(reuse.take(key, _cohorts, pool, number, months, price, exists, limit, under, lives))
        else:
            rentals.append(reuse.take(key, _rentals, pool, number, option, price, exists, limit, under))
    return (
        reuse.take("rentals", _all_rentals, tuple(rentals), calendar.periods),
        reuse.take("cohorts", _all_cohorts, tuple(cohorts), calendar.periods),
    )


def _limit(max_instances: Steps | None, calendar: Calendar) -> FloatArray:
    return np.full(calendar.periods, np.inf) if max_instances is None else smallest(max_instances, calendar)


def _under(
    reuse: Reuse, pool: int, offer: Offer, contracts: Mapping[str, Contract], pools: PoolKinds, calendar: Calendar
) -> tuple[_Under, ...]:
    """Contracts of the pool's provider whose eligible selector matches pool and option."""
    found = []
    option = offer.purchase_option
    for index, (name, contract) in enumerate(contracts.items()):
        if contract.provider != offer.provider:
            continue
        if not reuse.take(("eligible", name, option), matches, contract.eligible, pools, option)[pool]:
            continue
        overlap = reuse.take(("overlap", name), Calendar.overlap_share, calendar, contract.start, contract.end)
        discounts = reuse.take(("discounts", name, option), _discounts, contract.discounts, pools, option)
        found.append(reuse.take(("under", name, pool, option), _Under, index, float(discounts[pool]), overlap))
    return tuple(found)


def _discounts(rules: Sequence[DiscountRule], pools: PoolKinds, option: PurchaseOption) -> FloatArray:
    """Discount of the first rule that matches each pool, else 0, shape (P,)."""
    values = np.zeros(pools.count)
    for rule in reversed(rules):
        values[matches(rule.applies_to, pools, option)] = rule.discount
    return values


def _contract_line(
    pool: int,
    contract: int,
    number: int,
    price: FloatArray,
    exists: BoolArray,
    within: BoolArray,
    limit: FloatArray,
) -> RentalLines:
    return _rental_lines(pool, number, "contract", limit, [(contract, price, exists & within)])


def _rentals(
    pool: int,
    number: int,
    option: PurchaseOption,
    price: FloatArray,
    exists: BoolArray,
    limit: FloatArray,
    under: tuple[_Under, ...],
) -> RentalLines:
    lines = []
    uncovered = exists.copy()
    for contract in under:
        qualifies = exists & (contract.overlap > 0)
        if qualifies.any():
            lines.append((contract.contract, price * (1.0 - contract.discount * contract.overlap), qualifies))
            uncovered &= ~qualifies
    if uncovered.any():
        lines.append((NO_CONTRACT, price, uncovered))
    return _rental_lines(pool, number, option, limit, lines)


def _rental_lines(
    pool: int,
    number: int,
    option: PurchaseOption,
    limit: FloatArray,
    lines: Sequence[tuple[int, FloatArray, BoolArray]],
) -> RentalLines:
    """Lines of an offer in a pool: contract, price (T,) and where available (T,)."""
    size, shape = len(lines), (len(lines), len(limit))
    return RentalLines(
        pool=np.full(size, pool, dtype=np.int64),
        contract=np.array([line[0] for line in lines], dtype=np.int64),
        offer=np.full(size, number, dtype=np.int64),
        option=(option,) * size,
        spot=np.full(size, option == "spot", dtype=bool),
        price_usd_per_hour=np.array([line[1] for line in lines]).reshape(shape),
        available=np.array([line[2] for line in lines], dtype=bool).reshape(shape),
        max_instances=np.tile(limit, (size, 1)),
    )


def _lives(months: int, calendar: Calendar) -> _Lives:
    ends = [add_months(start, months) for start in calendar.starts]
    return _Lives(
        covers=np.array([calendar.lies_within(*life) for life in zip(calendar.starts, ends, strict=True)]),
        hours=np.array([calendar.overlap_share(*life) for life in zip(calendar.starts, ends, strict=True)])
        * calendar.hours,
        after_horizon_hours=np.array([max(0, (end - calendar.horizon_end).days) * 24.0 for end in ends]),
    )


def _cohorts(
    pool: int,
    number: int,
    months: int,
    price: FloatArray,
    exists: BoolArray,
    limit: FloatArray,
    under: tuple[_Under, ...],
    lives: _Lives,
) -> ReservationCohorts:
    """A cohort for each period of purchase under each contract that runs then, without one where none does."""
    periods = len(price)
    overlap = np.array([contract.overlap for contract in under]).reshape(len(under), periods)
    runs = (overlap > 0).T
    # The last column stands for no contract.
    chosen = np.column_stack([runs, ~runs.any(axis=1)]) & exists[:, None]
    first, column = np.nonzero(chosen)
    overlaps = np.vstack([overlap, np.zeros((1, periods))])[column]
    discounts = np.array([*(contract.discount for contract in under), 0.0])[column]
    at_purchase = price[first]
    payment = lives.hours[first] * at_purchase[:, None] * (1.0 - discounts[:, None] * overlaps)
    after_hours = lives.after_horizon_hours[first]
    size = len(first)
    return ReservationCohorts(
        pool=np.full(size, pool, dtype=np.int64),
        contract=np.array([*(contract.contract for contract in under), NO_CONTRACT], dtype=np.int64)[column],
        offer=np.full(size, number, dtype=np.int64),
        first_period=first.astype(np.int64),
        term_months=np.full(size, months, dtype=np.int64),
        price_usd_per_hour=at_purchase,
        covers=lives.covers[first],
        life_hours=lives.hours[first],
        payment_usd=payment,
        after_horizon_hours=after_hours,
        after_horizon_usd=after_hours * at_purchase,
        max_instances=np.tile(limit, (size, 1)),
    )


def _all_rentals(parts: tuple[RentalLines, ...], periods: int) -> RentalLines:
    return RentalLines(
        pool=_end_to_end([part.pool for part in parts], np.zeros(0, dtype=np.int64)),
        contract=_end_to_end([part.contract for part in parts], np.zeros(0, dtype=np.int64)),
        offer=_end_to_end([part.offer for part in parts], np.zeros(0, dtype=np.int64)),
        option=tuple(option for part in parts for option in part.option),
        spot=_end_to_end([part.spot for part in parts], np.zeros(0, dtype=bool)),
        price_usd_per_hour=_end_to_end([part.price_usd_per_hour for part in parts], np.zeros((0, periods))),
        available=_end_to_end([part.available for part in parts], np.zeros((0, periods), dtype=bool)),
        max_instances=_end_to_end([part.max_instances for part in parts], np.zeros((0, periods))),
    )


def _all_cohorts(parts: tuple[ReservationCohorts, ...], periods: int) -> ReservationCohorts:
    def whole(name: str) -> NDArray[np.int64]:
        return _end_to_end([getattr(part, name) for part in parts], np.zeros(0, dtype=np.int64))

    def real(name: str, *shape: int) -> FloatArray:
        return _end_to_end([getattr(part, name) for part in parts], np.zeros((0, *shape)))

    return ReservationCohorts(
        pool=whole("pool"),
        contract=whole("contract"),
        offer=whole("offer"),
        first_period=whole("first_period"),
        term_months=whole("term_months"),
        price_usd_per_hour=real("price_usd_per_hour"),
        covers=_end_to_end([part.covers for part in parts], np.zeros((0, periods), dtype=bool)),
        life_hours=real("life_hours", periods),
        payment_usd=real("payment_usd", periods),
        after_horizon_hours=real("after_horizon_hours"),
        after_horizon_usd=real("after_horizon_usd"),
        max_instances=real("max_instances", periods),
    )


def _end_to_end(parts: Sequence[NDArray[Kind]], empty: NDArray[Kind]) -> NDArray[Kind]:
    return np.concatenate(parts) if parts else empty
