"""Offers of pools, contracts that bill them, and what an instance-hour costs (docs/model.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from router.audit import values
from router.audit.calendar import Calendar
from router.audit.matching import selects
from router.scenario.contract import Contract
from router.scenario.offer import ANY_REGION, Offer
from router.scenario.scenario import Scenario

Option = str
OfferKey = tuple[Option, int | None, str | None]
"""Purchase option, term in months, contract: a pool has at most one offer for each."""


def offers_of(scenario: Scenario, pool_name: str) -> dict[OfferKey, Offer]:
    """A pool's offers; one for its region comes before one for any region."""
    pool = scenario.pools[pool_name]
    found: dict[OfferKey, Offer] = {}
    for offer in scenario.offers:
        if (offer.provider, offer.instance_type) != (pool.provider, pool.instance_type):
            continue
        key = (offer.purchase_option, offer.term_months, offer.contract)
        if offer.region == pool.region or (offer.region == ANY_REGION and key not in found):
            found[key] = offer
    return found


@dataclass(frozen=True)
class PriceBook:
    """Prices of all lines of a scenario, worked out once each."""

    scenario: Scenario
    calendar: Calendar
    offers: dict[str, dict[OfferKey, Offer]]
    _list_prices: dict[tuple[str, OfferKey], NDArray[np.float64]] = field(default_factory=dict)
    _qualifying: dict[tuple[str, Option, int], tuple[str, ...]] = field(default_factory=dict)
    _discounts: dict[tuple[str, Option, str], NDArray[np.float64]] = field(default_factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, calendar: Calendar) -> PriceBook:
        """The prices of a scenario."""
        return cls(scenario, calendar, {name: offers_of(scenario, name) for name in scenario.pools})

    def spot_offer(self, pool: str) -> Offer | None:
        """The pool's spot offer."""
        return self.offers[pool].get(("spot", None, None))

    def list_price(self, pool: str, key: OfferKey) -> NDArray[np.float64] | None:
        """The offer's own USD per hour in each period (not a number: none), None without an offer."""
        offer = self.offers[pool].get(key)
        if offer is None:
            return None
        if (pool, key) not in self._list_prices:
            self._list_prices[pool, key] = values.price(offer.usd_per_hour, self.calendar)
        return self._list_prices[pool, key]

    def qualifying(self, pool: str, option: Option, period: int) -> tuple[str, ...]:
        """Contracts under which an offer that is not of a contract may be billed in a period."""
        key = (pool, option, period)
        if key not in self._qualifying:
            provider = self.scenario.pools[pool].provider
            self._qualifying[key] = tuple(
                name
                for name, contract in self.scenario.contracts.items()
                if contract.provider == provider
                and contract.start < self.calendar.bounds[period + 1]
                and contract.end > self.calendar.bounds[period]
                and selects(self.scenario, contract.eligible, pool, option)
            )
        return self._qualifying[key]

    def discount_factor(self, pool: str, option: Option, contract: str | None) -> NDArray[np.float64]:
        """What a contract leaves of an offer's price in each period."""
        if contract is None or option == "contract":
            return np.ones(self.calendar.count)
        key = (pool, option, contract)
        if key not in self._discounts:
            terms = self.scenario.contracts[contract]
            overlap = self.calendar.overlap_share(terms.start, terms.end)
            self._discounts[key] = 1.0 - first_discount(self.scenario, terms, pool, option) * overlap
        return self._discounts[key]

    def rental_price(self, pool: str, option: Option, contract: str | None) -> NDArray[np.float64] | None:
        """USD per instance-hour of a rental line in each period, None where the pool has no such offer."""
        listed = self.list_price(pool, (option, None, contract if option == "contract" else None))
        return None if listed is None else listed * self.discount_factor(pool, option, contract)

    def rental_fault(self, pool: str, option: Option, contract: str | None, period: int) -> str | None:
        """Why an instance cannot be rented on a line in a period, None where it can."""
        if option == "reserved":
            return "on_demand, contract or spot: reserved instances stand in reservations"
        if option == "contract":
            if contract is None or contract not in self.scenario.contracts:
                return "the contract that fixes the price"
            terms = self.scenario.contracts[contract]
            if not self.calendar.wholly_within(terms.start, terms.end)[period]:
                return f"a period wholly within {contract}'s term"
        price = self.rental_price(pool, option, contract)
        if price is None:
            return "an offer of this pool"
        if np.isnan(price[period]):
            return "an offer with a price in this period"
        return None if option == "contract" else self.contract_fault(pool, option, contract, period)

    def contract_fault(self, pool: str, option: Option, contract: str | None, period: int) -> str | None:
        """Which contracts a purchase must be billed under, None where it is under one of them."""
        qualifying = self.qualifying(pool, option, period)
        if contract in qualifying or (contract is None and not qualifying):
            return None
        return "billed under " + (" or ".join(qualifying) if qualifying else "no contract")


def first_discount(scenario: Scenario, contract: Contract, pool: str, option: Option) -> float:
    """The discount of the first rule that matches, 0 where none does."""
    for rule in contract.discounts:
        if selects(scenario, rule.applies_to, pool, option):
            return rule.discount
    return 0.0
