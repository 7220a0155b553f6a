"""Offers by what they are, since nobody knows their position in the list: `aws/us-east-1/p5.48xlarge/on_demand`."""

from __future__ import annotations

from collections.abc import Sequence

from router.reading.expectation import listed
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.scenario.offer import Offer

_SEPARATOR = "/"
_NEAR = 5
"""Names listed where many match."""


def offer_name(offer: Offer) -> str:
    """Provider, region, instance type and purchase option; then the term of a reservation, or the contract.

    `azure/eastus2/ND_H200/reserved/36-months`, `oracle/us-abilene/gb200/contract/oracle`.
    """
    return _SEPARATOR.join(offer_parts(offer))


def unique_offer_name(offers: Sequence[Offer], index: int) -> str | None:
    """The name of an offer; None where another has the same."""
    name = offer_name(offers[index])
    return name if sum(offer_name(offer) == name for offer in offers) == 1 else None


def offer_index(offers: Sequence[Offer], text: str) -> int:
    """The index of the offer that a text means: its whole name, or enough parts of it in their order.

    Raises Mistake where none is meant, or more than one.
    """
    names = [offer_name(offer) for offer in offers]
    whole = [index for index, name in enumerate(names) if name == text]
    wanted = [part.strip() for part in text.split(_SEPARATOR)]
    found = whole or [index for index, offer in enumerate(offers) if _in_order(wanted, offer_parts(offer))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown(offers, names, wanted, text)
    shown = [names[index] for index in found[:_NEAR]]
    if len(whole) > 1:
        indices = [str(index) for index in whole]
        raise Mistake(
            f"one offer; {len(whole)} have this name, tell them by index: {listed(indices)}", found=quoted(text)
        )
    more = f" and {len(found) - _NEAR} more" if len(found) > _NEAR else ""
    raise Mistake(f"one offer; {len(found)} match: {listed(shown)}{more}", found=quoted(text))


def offer_parts(offer: Offer) -> list[str]:
    """The parts of an offer's name in their order."""
    parts = [offer.provider, offer.region, offer.instance_type, offer.purchase_option]
    if offer.term_months is not None:
        parts.append(f"{offer.term_months}-months")
    if offer.contract is not None:
        parts.append(offer.contract)
    return parts


def _in_order(wanted: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether the wanted parts are among an offer's, in the same order."""
    rest = iter(parts)
    return all(part in rest for part in wanted)


def _unknown(offers: Sequence[Offer], names: Sequence[str], wanted: Sequence[str], text: str) -> Mistake:
    expected = "an offer as provider/region/instance type/purchase option, or its index"
    known = {part for offer in offers for part in offer_parts(offer)}
    corrected = [part if part in known else nearest(part, sorted(known)) or part for part in wanted]
    matching = [name for offer, name in zip(offers, names, strict=True) if _in_order(corrected, offer_parts(offer))]
    # A name that differs in one part is nearer than one that merely looks alike.
    suggestion = _SEPARATOR.join(corrected) if corrected != list(wanted) and matching else nearest(text, names)
    return Mistake(expected, found=f"the unknown offer {quoted(text)}", suggestion=suggestion)
