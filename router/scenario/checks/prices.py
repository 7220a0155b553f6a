"""Checks of offers: what they name, their purchase option, their origin, and whether pools have a price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import Names
from router.scenario.checks.span import Span
from router.scenario.offer import ANY_REGION, Offer, Pool
from router.scenario.scenario import Scenario


def price_findings(scenario: Scenario, names: Names, span: Span | None) -> Iterator[Finding]:
    """Mistakes in what rented instances cost."""
    seen: dict[tuple[object, ...], int] = {}
    for index, offer in enumerate(scenario.offers):
        path = ("offers", index)
        yield from unknown((*path, "provider"), offer.provider, names.providers, "provider")
        if offer.provider in names.regions:
            known = (*names.regions[offer.provider], ANY_REGION)
            yield from unknown((*path, "region"), offer.region, known, f"region of {offer.provider}")
        yield from unknown((*path, "instance_type"), offer.instance_type, names.instance_types, "instance type")
        kind = scenario.instance_types.get(offer.instance_type)
        if (
            kind is not None
            and kind.provider != offer.provider
            and {offer.provider, kind.provider} <= set(names.providers)
        ):
            yield Finding(
                (*path, "instance_type"),
                found=f"{offer.instance_type!r} of provider {kind.provider!r}",
                expected=f"an instance type of {offer.provider!r}",
            )
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
    yield from _pools_without_price(scenario, names, span)


def _purchase_option(scenario: Scenario, offer: Offer, index: int, names: Names) -> Iterator[Finding]:
    option = offer.purchase_option
    path = ("offers", index)
    if (option == "reserved") != (offer.term_months is not None):
        if option == "reserved":
            found, expected = "a reserved offer without a term", "`term_months`"
        else:
            found, expected = f"a term on purchase option {option}", "none: only `reserved` has a term"
        yield Finding((*path, "term_months"), found=found, expected=expected)
    if offer.interruption_rate > 0 and option != "spot":
        yield Finding(
            (*path, "interruption_rate"),
            found=f"an interruption rate on purchase option {option}",
            expected="none: only `spot` is interrupted",
        )
    if (option == "contract") != (offer.contract is not None):
        if option == "contract":
            found, expected = "a contract offer without its contract", "`contract`, the name of the contract"
        else:
            found, expected = f"a contract on purchase option {option}", "none: only `contract` offers name one"
        yield Finding((*path, "contract"), found=found, expected=expected)
    elif offer.contract is not None:
        yield from unknown((*path, "contract"), offer.contract, names.contracts, "contract")
        contract = scenario.contracts.get(offer.contract)
        if contract is not None and contract.provider != offer.provider:
            yield Finding(
                (*path, "contract"),
                found=f"a contract with {contract.provider!r}",
                expected=f"a contract with {offer.provider!r}",
            )


def offers_of(pool: Pool, scenario: Scenario) -> list[Offer]:
    """Offers for a pool's region and for any region of its provider."""
    return [
        offer
        for offer in scenario.offers
        if offer.provider == pool.provider
        and offer.instance_type == pool.instance_type
        and offer.region in (pool.region, ANY_REGION)
    ]


def _is_known(provider: str, region: str, instance_type: str, names: Names) -> bool:
    return region in (*names.regions.get(provider, ()), ANY_REGION) and instance_type in names.instance_types


def _providers_of_offers_that_name_unknowns(scenario: Scenario, names: Names) -> Iterator[str]:
    # One mistyped name in an offer is one mistake, not also that a pool has no price.
    for offer in scenario.offers:
        if offer.provider not in names.providers:
            yield from names.providers
        elif not _is_known(offer.provider, offer.region, offer.instance_type, names):
            yield offer.provider


def _pools_without_price(scenario: Scenario, names: Names, span: Span | None) -> Iterator[Finding]:
    doubtful = set(_providers_of_offers_that_name_unknowns(scenario, names))
    for name, pool in scenario.pools.items():
        if pool.provider in doubtful or not _is_known(pool.provider, pool.region, pool.instance_type, names):
            continue
        places = {(pool.provider, region, pool.instance_type) for region in (pool.region, ANY_REGION)}
        if not places & names.priced:
            yield Finding(
                ("pools", name),
                found=f"no offer for {pool.instance_type} in {pool.region}",
                expected="at least one offer with its price",
                at="key",
            )
        elif span is not None:
            offers = offers_of(pool, scenario)
            first = [min(offer.usd_per_hour) for offer in offers if isinstance(offer.usd_per_hour, Mapping)]
            if offers and len(first) == len(offers) and min(first) > span.last_start:
                yield Finding(
                    ("pools", name),
                    found=f"no price of {pool.instance_type} in {pool.region} before {min(first)}",
                    expected=f"one from the start of a period on, {span.last_start} at the latest",
                    at="key",
                )
