"""Why a workload is where it is: places and candidate runs side by side, their cost by part, what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite

from router.plan.notes import disabled_words as disabled_note
from router.report import numbers
from router.report.table import Column, Row, Table, Unit
from router.report.tables.why_parts import parts_table
from router.why.cost_split import Block
from router.why.limit import LimitKind
from router.why.serving import Place, WhyServed

_MOST_LIMITS = 12
_MOVING_WORDS = (
    "In order of Moving a unit: what the whole plan pays more an hour when one unit moves from here to there and all "
    "else adapts. Unit-hour: what a place costs by itself, the last unit here or one more there. The one need "
    "not be the difference of the other."
)
_MORE_WORDS = "Moving a unit: what the whole plan pays more an hour when one moves to the next best."
_SHOWN_IN_FULL = "router explain --workload NAME shows one of them in full."
_SAME = 1e-3
"""Share of a price within which another reads the same."""


def disabled_words(workloads: Sequence[str], *, alone: bool) -> str:
    """Why there is nothing to explain of workloads; ``alone``: of the one that was asked about."""
    if not alone:
        return disabled_note(workloads)
    (name,) = workloads
    return f"{name} is disabled (workloads.{name}.enabled is false): it is not planned, and so runs nowhere."


def served_words(why: WhyServed) -> str:
    """The answer in a sentence or two."""
    here = why.here
    share = here.units / why.demand if why.demand > 0 else 1.0
    where = "is left out" if here.pool is None else f"runs in {here.name}"
    if 0 < share < 1 - _SAME:
        where += f" ({numbers.share(share)} of it)"
    start = f"{why.stream} {where} at {numbers.price(here.marginal_usd)} per unit-hour"
    if here.marginal_usd < 0:
        start += " (below nothing: as standby it saves more than it costs)"
    pools = [place for place in why.others if place.pool is not None]
    if not pools:
        return f"{start}; no other pool is eligible."
    cheaper = _cheaper_but_blocked(why)
    if cheaper is not None:
        place, block = cheaper
        saved = numbers.price(-place.paid_move_usd)
        return f"{start}; moving a unit to {place.name} would save {saved} an hour but {in_theway(block)}."
    nearest = pools[0]
    if not isfinite(nearest.move_usd):
        return f"{start}; {nearest.name} has no room: {nearest.note}."
    if nearest.move_usd <= _little(why.here, nearest):
        return f"{start}; moving a unit to {nearest.name} would cost the plan nothing more."
    more = numbers.price(nearest.move_usd)
    return f"{start}; moving a unit to {nearest.name}, the next best, would cost the plan {more} an hour more."


def _cheaper_but_blocked(why: WhyServed) -> tuple[Place, Block] | None:
    """The place that would be cheapest if no limit were in the way, where that is cheaper than here, and the limit."""
    found = []
    for place in why.others:
        scarce = [block for block in place.blocks if block.limit.kind is not LimitKind.STANDBY]
        if place.pool is not None and scarce and place.paid_move_usd < -_little(why.here, place):
            found.append((place, scarce[0]))
    return min(found, key=lambda each: each[0].paid_move_usd, default=None)


def _little(here: Place, there: Place) -> float:
    sizes = [cost.size_usd for cost in (here.cost, there.cost or there.without) if cost is not None]
    return _SAME * max(sizes, default=0.0)


def in_theway(block: Block) -> str:
    """``the capacity of X in 2026-07 is full (0 of 4,000 left, worth $10.9 per instance-hour)``."""
    limit = block.limit
    left = max(0.0, limit.left) if abs(limit.left) > 1e-6 * max(1.0, abs(limit.total)) else 0.0
    worth = f", worth {numbers.price(block.worth_usd)} per {limit.unit}{'-hour' if limit.hours else ''}"
    full = "full" if limit.kind in (LimitKind.CAPACITY, LimitKind.SPOT_CAPACITY) else "reached"
    state = f"is {full}" if left == 0 else f"is nearly {full}"
    room = f"{numbers.count(left)} of {numbers.count(limit.total)} left"
    return f"the {limit.name} {state} ({room}{worth if isfinite(block.worth_usd) else ''})"


def served_tables(why: WhyServed, unit: str, ineligible: Sequence[tuple[str, str]]) -> list[Table]:
    """Places, parts, limits, and pools that cannot serve the stream."""
    title = f"{why.stream} in {why.period_name} {why.slice}: where one more unit could be served"
    places = (why.here, *why.others)
    rows = [
        Row(
            (
                place.name,
                place.units if place.units > 1e-6 * max(1.0, why.demand) else None,
                _or_none(place.marginal_usd),
                _or_none(place.marginal_usd * place.throughput) if place.pool is not None else None,
                "here" if place is why.here else _moved(place),
                way(place.blocks, place.note),
            ),
            "total" if place is why.here else "plain",
        )
        for place in places
    ]
    footnotes = [
        f"Unit: {unit}. Demand {numbers.count(why.demand)}. Money of the period; today it counts {why.discount:.4f}.",
        _MOVING_WORDS,
    ]
    table = Table(
        key="why-places",
        title=title,
        columns=(
            Column("Place", least_width=16),
            Column("Serves", Unit.COUNT),
            Column("Unit-hour", Unit.USD_PER_UNIT),
            Column("Instance-hour", Unit.USD_PER_UNIT, drop_order=2),
            Column("Moving a unit", Unit.USD_PER_UNIT),
            Column("In the way", drop_order=1, least_width=20),
        ),
        rows=tuple(rows),
        footnotes=tuple(footnotes),
    )
    parts = [(place.name, place.cost or place.without) for place in places]
    blocked = [block for place in places for block in place.blocks]
    return [
        table,
        parts_table("Parts of a unit-hour", parts, "Unit-hour"),
        limits_table(blocked),
        ineligible_table(ineligible),
    ]


def overview_table(asked: Sequence[WhyServed]) -> Table:
    """A row for each allocation: where it is, what comes next, what is in the way of what would be cheaper."""
    rows = []
    for why in asked:
        pools = [place for place in why.others if place.pool is not None]
        cheaper = _cheaper_but_blocked(why)
        following = next((place for place in pools if isfinite(place.move_usd)), None)
        rows.append(
            Row(
                (
                    why.stream,
                    f"{why.period_name} {why.slice}",
                    why.here.name,
                    _or_none(why.here.marginal_usd),
                    None if following is None else following.name,
                    None if following is None else following.move_usd,
                    None if cheaper is None else cheaper[1].limit.name,
                )
            )
        )
    return Table(
        key="why-overview",
        title="The biggest allocation of each stream, and where its next unit could go",
        columns=(
            Column("Stream", least_width=12),
            Column("When", drop_order=1, least_width=9),
            Column("Runs in", least_width=14),
            Column("Unit-hour", Unit.USD_PER_UNIT),
            Column("Next best", least_width=14),
            Column("Moving a unit", Unit.USD_PER_UNIT),
            Column("In the way of the cheapest", drop_order=2, least_width=18),
        ),
        rows=tuple(rows),
        footnotes=(
            _SHOWN_IN_FULL,
            "Moving a unit: what the whole plan pays more an hour when one moves to the next best.",
        ),
        when_empty="Nothing is served.",
    )


def limits_table(blocked: Iterable[Block]) -> Table:
    """Limits in the way, each once, the one that is worth most first."""
    found: dict[str, Block] = {}
    for block in blocked:
        before = found.get(block.limit.name)
        # The worth in a direction where the limit can yield says more than that it cannot.
        known = block.worth_usd if isfinite(block.worth_usd) else -1.0
        if before is None or not isfinite(before.worth_usd) or known > before.worth_usd:
            found[block.limit.name] = block
    rows = []
    ordered = sorted(found.values(), key=lambda block: -block.worth_usd)
    for block in ordered[:_MOST_LIMITS]:
        limit = block.limit
        hourly = limit.hours is not None and isfinite(block.worth_usd)
        left = 0.0 if abs(limit.left) <= 1e-6 * max(1.0, abs(limit.total)) else limit.left
        rows.append(
            Row(
                (
                    limit.name,
                    left,
                    numbers.share(limit.total) if limit.kind.value == "provider share" else limit.total,
                    block.worth_usd if isfinite(block.worth_usd) else "cannot yield",
                    block.worth_usd * (limit.hours or 1.0) if hourly else None,
                    f"{limit.unit}{'-hour' if limit.hours else ''}",
                )
            )
        )
    return Table(
        key="why-limits",
        title="Limits in the way",
        columns=(
            Column("Limit", least_width=24),
            Column("Left", Unit.COUNT),
            Column("Of", Unit.COUNT, drop_order=2),
            Column("One more saves", Unit.USD_PER_UNIT),
            Column("In the period", Unit.USD, drop_order=1),
            Column("Per", drop_order=3, least_width=10),
        ),
        rows=tuple(rows),
        footnotes=(f"{len(ordered) - _MOST_LIMITS} more: see --json.",) if len(ordered) > _MOST_LIMITS else (),
        when_empty="No limit is in the way.",
    )


def ineligible_table(ineligible: Sequence[tuple[str, str]]) -> Table:
    """Pools out of question, grouped by reason."""
    by_reason: dict[str, list[str]] = {}
    for pool, reason in ineligible:
        by_reason.setdefault(reason, []).append(pool)
    return Table(
        key="why-ineligible",
        title="Pools out of question",
        columns=(Column("Because", least_width=20), Column("Pools", least_width=24)),
        rows=tuple(Row((reason, ", ".join(pools))) for reason, pools in by_reason.items()),
        when_empty="Every pool is eligible.",
    )


def _moved(place: Place) -> str:
    return numbers.price(place.move_usd) if isfinite(place.move_usd) else "no room"


def way(blocks: Sequence[Block], note: str) -> str | None:
    """The limit that adds most, how many more there are, and the note."""
    if not blocks:
        return note or None
    more = f" and {len(blocks) - 1} more" if len(blocks) > 1 else ""
    return f"{blocks[0].limit.name}{more}" + (f"; {note}" if note else "")


def _or_none(value: float) -> float | None:
    return value if isfinite(value) else None
