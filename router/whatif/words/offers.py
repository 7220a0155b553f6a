"""Which offers an entry is about: `oracle/on_demand`, `aws/H100/spot`, `azure/*/reserved`, or a selector."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator

from router.change.offer_names import offer_name, offer_parts
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.scenario.offer import ANY_REGION, Offer
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector
from router.whatif.filters import accelerator_of, geography_of
from router.whatif.patterns import fit_in_order
from router.whatif.words.choice import check_selector

EXPECTED = (
    "parts of an offer's name such as oracle/on_demand or aws/H100/spot, or a mapping such as {providers: [oracle]}"
)


def _name_or_selector(value: Any) -> Any:
    if not (isinstance(value, str | dict) and value) and not isinstance(value, Selector):
        raise Mistake(EXPECTED)
    return value


OfferChoice = Annotated[str | Selector, BeforeValidator(_name_or_selector, json_schema_input_type=str | Selector)]
"""Parts of the name, which may be globs, or a selector with at least one key, purchase options among them."""


def chosen_offers(choice: str | Selector, scenario: Scenario, key: str) -> tuple[int, ...]:
    """Indices of the offers that are meant, at least one. Raises Mistake at ``key``.

    A selector's regions, geographies and pools choose an offer for region `any` where all pools that it is the price
    of are among them; where only some are, its price cannot be changed for those alone, which is a mistake.
    """
    if isinstance(choice, str):
        return _by_name(choice, scenario, key)
    check_selector(choice, scenario, key, options=True, regions=(ANY_REGION,))
    indices = tuple(index for index, offer in enumerate(scenario.offers) if _is_meant(choice, offer, scenario, key))
    if not indices:
        raise Mistake("a selection with at least one offer", found="no offer that all of it matches", path=(key,))
    return indices


def _by_name(text: str, scenario: Scenario, key: str) -> tuple[int, ...]:
    wanted = [part.strip() for part in text.split("/")]
    parts = [_parts(offer, scenario) for offer in scenario.offers]
    indices = tuple(index for index, held in enumerate(parts) if fit_in_order(wanted, held))
    if indices:
        return indices
    known = sorted({part for held in parts for part in held})
    corrected = [part if part in known else nearest(part, known) or part for part in wanted]
    suggestion = "/".join(corrected) if any(fit_in_order(corrected, held) for held in parts) else None
    raise Mistake(EXPECTED, found=f"no offer that {quoted(text)} names", suggestion=suggestion, path=(key,))


def _parts(offer: Offer, scenario: Scenario) -> list[str]:
    provider, region, *rest = offer_parts(offer)
    return [provider, region, accelerator_of(offer, scenario), *rest]


def _is_meant(selector: Selector, offer: Offer, scenario: Scenario, key: str) -> bool:
    for names, value in (
        (selector.providers, offer.provider),
        (selector.accelerators, accelerator_of(offer, scenario)),
        (selector.instance_types, offer.instance_type),
        (selector.purchase_options, offer.purchase_option),
    ):
        if names is not None and value not in names:
            return False
    for names, places in (
        (selector.regions, _regions(offer, scenario)),
        (selector.geographies, _geographies(offer, scenario)),
        (selector.pools, _pools(offer, scenario)),
    ):
        if names is not None and not (offer.region in names or _all_or_none(names, places, offer, key)):
            return False
    return selector.exclude is None or not _is_meant(selector.exclude, offer, scenario, key)


def _all_or_none(names: Iterable[str], places: list[str], offer: Offer, key: str) -> bool:
    """Whether all places of an offer are among the names. Raises Mistake where some are and others are not."""
    inside = [place for place in places if place in names]
    outside = [place for place in places if place not in names]
    if inside and outside and offer.region == ANY_REGION:
        raise Mistake(
            "all that have this price, or an offer for each region in the scenario",
            found=f"{inside[0]} without {outside[0]}, which has the same offer {offer_name(offer)}",
            path=(key,),
        )
    return bool(inside)


def _pools(offer: Offer, scenario: Scenario) -> list[str]:
    """Names of the pools that have the offer's price: those of its region, or without an offer for their own."""
    return [
        name
        for name, pool in scenario.pools.items()
        if (pool.provider, pool.instance_type) == (offer.provider, offer.instance_type)
        and (
            pool.region == offer.region
            or (
                offer.region == ANY_REGION
                and not any(_stands_before(other, offer, pool.region) for other in scenario.offers)
            )
        )
    ]


def _stands_before(other: Offer, offer: Offer, region: str) -> bool:
    """Whether another offer is the one for a region, which an offer for any region then does not price."""
    same = (offer.provider, offer.instance_type, offer.purchase_option, offer.term_months, offer.contract)
    return other.region == region and same == (
        other.provider,
        other.instance_type,
        other.purchase_option,
        other.term_months,
        other.contract,
    )


def _regions(offer: Offer, scenario: Scenario) -> list[str]:
    return list(dict.fromkeys(scenario.pools[name].region for name in _pools(offer, scenario)))


def _geographies(offer: Offer, scenario: Scenario) -> list[str]:
    if offer.region != ANY_REGION:
        return [geography_of(offer, scenario)]
    return list(dict.fromkeys(geography_of(scenario.pools[name], scenario) for name in _pools(offer, scenario)))
