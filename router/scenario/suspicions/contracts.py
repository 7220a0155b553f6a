"""Suspicions about contracts, limits and the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from router.reading.key_path import KeyPath
from router.scenario.base import FIRST_DAY, LAST_DAY
from router.scenario.contract import Contract
from router.scenario.selector import PurchaseOption
from router.scenario.suspicions.facts import Facts

Suspicion = tuple[KeyPath, str]


def contract_suspicions(facts: Facts) -> Iterator[Suspicion]:
    """One for each contract that looks wrong."""
    for name, contract in facts.scenario.contracts.items():
        path: KeyPath = ("contracts", name)
        if not facts.overlaps(contract.start, contract.end):
            yield path, f"its term, {contract.start} to {contract.end}, has no day within the horizon"
            continue
        billed = list(_billed(facts, name, contract))
        if not billed:
            effect = "its commitment is paid as shortfall" if contract.commitments else "it is without effect"
            yield path, f"no pool of {contract.provider} has an offer that it bills: {effect}"
        for index, rule in enumerate(contract.discounts):
            where = (*path, "discounts", index)
            if rule.applies_to.purchase_options == ["contract"]:
                yield where, "discounts do not apply to `contract` offers: their price is final"
            elif billed and not any(facts.matches(rule.applies_to, pool, option) for pool, option in billed):
                yield where, "applies to nothing that the contract bills"


def _billed(facts: Facts, name: str, contract: Contract) -> Iterator[tuple[str, PurchaseOption]]:
    for pool_name, pool in facts.scenario.pools.items():
        if pool.provider != contract.provider:
            continue
        for offer in facts.offers[pool_name]:
            option = offer.purchase_option
            if offer.contract == name or (option != "contract" and facts.matches(contract.eligible, pool_name, option)):
                yield pool_name, option


def limit_suspicions(facts: Facts) -> Iterator[Suspicion]:
    """One for each limit without effect, and for rates that were probably meant in percent."""
    scenario = facts.scenario
    if scenario.horizon.discount_rate > 1:
        rate = scenario.horizon.discount_rate
        yield ("horizon", "discount_rate"), f"is {rate:.0%} a year; percent are written '{rate:g} %'"
    for index, ceiling in enumerate(scenario.limits.cash):
        if not facts.overlaps(date(ceiling.year, 1, 1), date(ceiling.year + 1, 1, 1)):
            yield ("limits", "cash", index), f"{ceiling.year} has no day within the horizon"
    for name, limit in scenario.limits.provider_shares.items():
        if not facts.overlaps(limit.start or FIRST_DAY, limit.end or LAST_DAY):
            yield ("limits", "provider_shares", name), "its dates have no day within the horizon"


def origin_suspicions(facts: Facts) -> Iterator[Suspicion]:
    """Contracts, workloads and pools that say nowhere where their figures come from."""
    for collection in ("contracts", "workloads", "pools"):
        parts = getattr(facts.scenario, collection)
        silent = [name for name, part in parts.items() if part.source is None and part.assumption is None]
        if silent:
            shown = ", ".join(silent[:8]) + (f" and {len(silent) - 8} more" if len(silent) > 8 else "")
            yield (collection,), f"neither `source` nor `assumption` in {shown}"
