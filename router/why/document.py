"""Answers as one JSON document, ``router-why/1`` (docs/explain.md)."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from router.why.cost_split import Block, CostSplit
from router.why.limit import Limit
from router.why.serving import Place, WhyServed
from router.why.training import RunPlace, WhyTrained
from router.why.worth import Direction, Worth

FORMAT = "router-why/1"


def why_document(
    scenario: str,
    served: Sequence[tuple[WhyServed, str, Sequence[tuple[str, str]]]] = (),
    trained: Sequence[tuple[WhyTrained, Sequence[tuple[str, str]]]] = (),
    limits: Sequence[Worth] = (),
    contracts: Sequence[Worth] = (),
    disabled: Sequence[str] = (),
) -> dict[str, Any]:
    """All answers of one call; numbers that are infinite are null. ``disabled``: workloads that are not planned."""
    return {
        "format": FORMAT,
        "scenario": scenario,
        "served": [_served(why, unit, ineligible) for why, unit, ineligible in served],
        "trained": [_trained(why, ineligible) for why, ineligible in trained],
        "limits": [_worth(worth) for worth in limits],
        "commitments": [_worth(worth) for worth in contracts],
        "disabled": list(disabled),
    }


def _served(why: WhyServed, unit: str, ineligible: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "stream": why.stream,
        "unit": unit,
        "period": why.period_name,
        "slice": why.slice,
        "slice_hours": why.hours,
        "discount_factor": why.discount,
        "demand": why.demand,
        "here": _place(why.here),
        "others": [_place(place) for place in why.others],
        "ineligible": [{"pool": pool, "because": because} for pool, because in ineligible],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "pool": place.pool,
        "spot": place.spot,
        "units": place.units,
        "units_per_instance": place.throughput,
        "unit_hour_usd": _split(place.cost),
        "unit_hour_if_there_were_room_usd": _split(place.without),
        "instance_hour_usd": None if place.cost is None else _number(place.cost.marginal_usd * place.throughput),
        "move_usd": _split(place.move),
        "move_if_there_were_room_usd": _split(place.move_without),
        "in_the_way": [_block(block) for block in place.blocks],
        "note": place.note,
    }


def _trained(why: WhyTrained, ineligible: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "job": why.job,
        "here": _run(why.here),
        "others": [_run(place) for place in why.others],
        "ineligible": [{"pool": pool, "because": because} for pool, because in ineligible],
    }


def _run(place: RunPlace) -> dict[str, Any]:
    return {
        "pool": place.pool,
        "spot": place.spot,
        "start": place.start or None,
        "accelerators": place.accelerators,
        "instances": place.instances,
        "hours": place.hours,
        "fits": place.fits,
        "cost_usd": _split(place.cost),
        "at_least_more_usd": _number(place.estimate_usd),
        "exactly_more_usd": None if place.exact_usd is None else _number(place.exact_usd),
        "in_the_way": [_block(block) for block in place.blocks],
    }


def _split(cost: CostSplit | None) -> dict[str, Any] | None:
    if cost is None:
        return None
    return {
        "marginal": cost.marginal_usd,
        "paid": cost.paid_usd,
        "scarcity": cost.scarcity_usd,
        "parts": {part.value: amount for part, amount in cost.parts.items()},
    }


def _block(block: Block) -> dict[str, Any]:
    return {**_limit(block.limit), "adds_usd": _number(block.adds_usd), "worth_usd": _number(block.worth_usd)}


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "limit": limit.name,
        "kind": limit.kind.value,
        "unit": limit.unit,
        "total": _number(limit.total),
        "left": _number(limit.left),
        "hours": limit.hours,
    }


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        **_limit(worth.limit),
        "discount_factor": worth.discount,
        "one_more": _direction(worth.more),
        "one_fewer": _direction(worth.fewer),
        "one_value": worth.one_value,
    }


def _direction(direction: Direction | None) -> dict[str, Any] | None:
    if direction is None:
        return None
    ends = None if direction.ends is None else direction.ends.value
    return {"cost_usd": direction.cost_usd, "holds_for": direction.until, "ends": ends}


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
