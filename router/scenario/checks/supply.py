"""Checks of instance types, pools and offers."""

from __future__ import annotations

from collections.abc import Iterator

from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import NO_ACCELERATOR, Names
from router.scenario.offer import ANY_REGION, Offer
from router.scenario.scenario import Scenario


def supply_findings(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Mistakes in what can be rented."""
    yield from _accelerators(scenario)
    yield from _instance_types(scenario, names)
    yield from _pools(scenario, names)
    yield from _offers(scenario, names)
    yield from _pools_without_offers(scenario)


def _accelerators(scenario: Scenario) -> Iterator[Finding]:
    for reserved in (NO_ACCELERATOR, "vcpu"):
        if reserved in scenario.accelerators:
            yield Finding(
                ("accelerators", reserved),
                found=f"the name {reserved!r}",
                expected="another name: it is a keyword",
                at="key",
            )
    for provider_name, provider in scenario.providers.items():
        if ANY_REGION in provider.regions:
            path = ("providers", provider_name, "regions", ANY_REGION)
            yield Finding(path, found=f"the name {ANY_REGION!r}", expected="another name: it is a keyword", at="key")


def _instance_types(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for name, kind in scenario.instance_types.items():
        path = ("instance_types", name)
        yield from unknown((*path, "provider"), kind.provider, names.providers, "provider")
        if kind.accelerator is not None:
            if scenario.accelerators:
                yield from unknown((*path, "accelerator"), kind.accelerator, scenario.accelerators, "accelerator")
            if kind.accelerators == 0:
                yield Finding(
                    (*path, "accelerators"), found="0 accelerators", expected=f"how many {kind.accelerator} it has"
                )
        elif kind.accelerators > 0:
            yield Finding(
                (*path, "accelerators"),
                found=f"{kind.accelerators} accelerators of no kind",
                expected="`accelerator` to say which kind",
            )


def _pools(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for name, pool in scenario.pools.items():
        path = ("pools", name)
        yield from unknown((*path, "provider"), pool.provider, names.providers, "provider")
        if pool.provider in names.regions:
            yield from unknown(
                (*path, "region"), pool.region, names.regions[pool.provider], f"region of {pool.provider}"
            )
        yield from unknown((*path, "instance_type"), pool.instance_type, names.instance_types, "instance type")
        kind = scenario.instance_types.get(pool.instance_type)
        if kind is not None and kind.provider != pool.provider:
            yield Finding(
                (*path, "instance_type"),
                found=f"{pool.instance_type!r} of provider {kind.provider!r}",
                expected=f"an instance type of {pool.provider!r}",
                candidates=tuple(
                    key for key, other in scenario.instance_types.items() if other.provider == pool.provider
                ),
            )


def _offers(scenario: Scenario, names: Names) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], int] = {}
    for index, offer in enumerate(scenario.offers):
        path = ("offers", index)
        yield from unknown((*path, "provider"), offer.provider, names.providers, "provider")
        if offer.provider in names.regions:
            known = (*names.regions[offer.provider], ANY_REGION)
            yield from unknown((*path, "region"), offer.region, known, f"region of {offer.provider}")
        yield from unknown((*path, "instance_type"), offer.instance_type, names.instance_types, "instance type")
        yield from _purchase_option(scenario, offer, index, names)
        key = (
            offer.provider,
            offer.region,
            offer.instance_type,
            offer.purchase_option,
            offer.term_months,
            offer.contract,
        )
        if key in seen:
            yield Finding(
                path,
                found=f"a second {offer.purchase_option} price of {offer.instance_type} in {offer.region}",
                expected=f"one price; the first is offers[{seen[key]}]",
            )
        seen.setdefault(key, index)
        if offer.assumption is None and (offer.source is None or offer.as_of is None):
            yield Finding(
                path,
                found="a price without its origin",
                expected="`source` and `as_of` (published), or `assumption` (with the reason)",
            )


def _purchase_option(scenario: Scenario, offer: Offer, index: int, names: Names) -> Iterator[Finding]:
    option = offer.purchase_option
    path = ("offers", index)
    if (option == "reserved") != (offer.term_months is not None):
        expected = "`term_months`" if option == "reserved" else "no `term_months`: only `reserved` has a term"
        yield Finding((*path, "term_months"), found=f"a {option} offer", expected=expected)
    if offer.interruption_rate > 0 and option != "spot":
        yield Finding(
            (*path, "interruption_rate"),
            found=f"a {option} offer",
            expected="no `interruption_rate`: only `spot` has one",
        )
    if (option == "contract") != (offer.contract is not None):
        expected = (
            "`contract`, the name of the contract"
            if option == "contract"
            else "no `contract`: only `contract` offers name one"
        )
        yield Finding((*path, "contract"), found=f"a {option} offer", expected=expected)
    elif offer.contract is not None:
        yield from unknown((*path, "contract"), offer.contract, names.contracts, "contract")
        contract = scenario.contracts.get(offer.contract)
        if contract is not None and contract.provider != offer.provider:
            yield Finding(
                (*path, "contract"),
                found=f"a contract with {contract.provider!r}",
                expected=f"a contract with {offer.provider!r}",
            )


def _pools_without_offers(scenario: Scenario) -> Iterator[Finding]:
    priced = {(offer.provider, offer.region, offer.instance_type) for offer in scenario.offers}
    for name, pool in scenario.pools.items():
        here = (pool.provider, pool.region, pool.instance_type)
        anywhere = (pool.provider, ANY_REGION, pool.instance_type)
        if here not in priced and anywhere not in priced:
            yield Finding(
                ("pools", name),
                found=f"no offer for {pool.instance_type} in {pool.region}",
                expected="at least one offer with its price",
                at="key",
            )
