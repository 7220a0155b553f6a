"""What limits and commitments are worth, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from router.report import numbers
from router.report.table import Column, Row, Table, Unit
from router.why.limit import LimitKind
from router.why.ranging import RangeEnd
from router.why.worth import Direction, Worth

_ENDS = {
    RangeEnd.CHANGES: "then another value",
    RangeEnd.IMPOSSIBLE: "then no plan with these runs",
    RangeEnd.NOT_FOUND: "as far as was looked",
}


def worth_words(worth: Worth) -> str:
    """The answer in a sentence or two."""
    limit, unit = worth.limit, "dollar" if worth.limit.unit == "USD" else worth.limit.unit
    start = f"{limit.name}: {_state(worth)}"
    if worth.more is None:
        return f"{start}; one more {unit} is not possible with the plan's runs."
    price = _price(worth.more.cost_usd)
    if worth.more.cost_usd == 0 or price == "$0":
        return f"{start}; one more {unit} changes nothing."
    does = "costs" if worth.more.cost_usd > 0 else "saves"
    if worth.more.until is not None and worth.more.until < 1:
        reach = _quantity(worth, worth.more.until)
        return f"{start}; more {does} at a rate of {price} per {unit}, but only for the first {reach}."
    text = f"{start}; one more {unit} {does} {price}"
    if not worth.one_value and worth.fewer is not None:
        back = "saves" if worth.fewer.cost_usd < 0 else "costs"
        text += f", one fewer {back} {_price(worth.fewer.cost_usd)}"
    return f"{text}." if worth.more.until is None else f"{text} (holds for {_quantity(worth, worth.more.until)} more)."


def worth_table(worths: Sequence[Worth], title: str = "What limits are worth") -> Table:
    """Two rows for each limit: one more and one fewer."""
    rows = []
    for worth in worths:
        for words, direction in (("one more", worth.more), ("one fewer", worth.fewer)):
            first = words == "one more"
            rows.append(
                Row(
                    (
                        worth.limit.name if first else None,
                        _left(worth) if first else None,
                        f"{words} {worth.limit.unit}",
                        "not possible" if direction is None else _change(worth, direction),
                        None if direction is None or worth.limit.hours is None else _hourly(worth, direction),
                        None if direction is None else _quantity(worth, direction.until),
                        None if direction is None or direction.ends is None else _ENDS[direction.ends],
                    )
                )
            )
    return Table(
        key="why-worth",
        title=title,
        columns=(
            Column("Limit", least_width=18),
            Column("Left", drop_order=2, least_width=10),
            Column("Change", least_width=12),
            Column("Total cost", least_width=12),
            Column("Per hour", drop_order=3, least_width=10),
            Column("Holds for", least_width=10),
            Column("And then", drop_order=4, least_width=12),
        ),
        rows=tuple(rows),
        footnotes=(
            "Total cost: its change in money of the period (for commitments: the one that pays the shortfall). Runs, "
            "whole instances and price tiers as in the plan. What holds for less than one is a rate, not the price of "
            "a whole one: solve with --set for that.",
        ),
        when_empty="There are none.",
    )


def contracts_table(worths: Sequence[Worth], title: str) -> Table:
    """A row for each commitment window: what the last dollar promised costs or saves."""
    rows = []
    for worth in worths:
        limit = worth.limit
        rows.append(
            Row(
                (
                    limit.name.removeprefix("commitment "),
                    limit.total,
                    _drawn(worth),
                    None if worth.more is None else _cents(worth.more.cost_usd),
                    None if worth.more is None else worth.more.until,
                    None if worth.fewer is None else _cents(worth.fewer.cost_usd),
                    None if worth.fewer is None else worth.fewer.until,
                )
            )
        )
    return Table(
        key="why-contracts",
        title=title,
        columns=(
            Column("Window", least_width=18),
            Column("Promise", Unit.USD),
            Column("Drawdown", least_width=12, drop_order=1),
            Column("A dollar more", least_width=10),
            Column("for up to", Unit.USD, drop_order=2),
            Column("A dollar less", least_width=10),
            Column("for up to", Unit.USD, drop_order=3),
        ),
        rows=tuple(rows),
        footnotes=(
            "A dollar more or less of the promise: its change of total cost, in money of the period that settles the "
            "window. Promise: the part within the horizon.",
        ),
        when_empty="No commitment window overlaps the horizon.",
    )


def _state(worth: Worth) -> str:
    limit = worth.limit
    if limit.kind is LimitKind.COMMITMENT:
        return f"{numbers.money(limit.total)} promised, {_drawn(worth)}"
    if limit.kind is LimitKind.DEMAND:
        return f"{numbers.count(limit.total)} asked for, {numbers.count(max(0.0, limit.left))} left out"
    return _left(worth)


def _drawn(worth: Worth) -> str:
    left = worth.limit.left
    if abs(left) <= 1e-9 * max(1.0, worth.limit.total):
        return "just met"
    return f"{numbers.money(left)} short" if left > 0 else f"{numbers.money(-left)} over"


def _left(worth: Worth) -> str:
    limit = worth.limit
    if not isfinite(limit.left) or not isfinite(limit.total):
        return "no limit"
    left = 0.0 if abs(limit.left) <= 1e-6 * max(1.0, abs(limit.total)) else limit.left
    if limit.kind is LimitKind.CASH:
        return f"{numbers.money(left)} of {numbers.money(limit.total)} left"
    if limit.kind is LimitKind.PROVIDER_SHARE:
        return f"{numbers.count(left)} {limit.unit}s left"
    return f"{numbers.count(left)} of {numbers.count(limit.total)} left"


def _change(worth: Worth, direction: Direction) -> str:
    amount = _price(direction.cost_usd)
    return amount if amount == "$0" else f"{'+' if direction.cost_usd > 0 else '-'}{amount}"


def _price(cost_usd: float) -> str:
    return numbers.price(abs(cost_usd)) if abs(cost_usd) >= 1e-9 else "$0"


def _hourly(worth: Worth, direction: Direction) -> str:
    return (
        numbers.price(abs(direction.cost_usd) / (worth.limit.hours or 1.0)) if abs(direction.cost_usd) >= 1e-9 else "$0"
    )


def _quantity(worth: Worth, amount: float | None) -> str | None:
    if amount is None:
        return None
    return numbers.money(amount) if worth.limit.unit == "USD" else numbers.count(amount)


def _cents(cost_usd: float) -> str:
    """A change of cost per dollar, in cents."""
    return "0 c" if abs(cost_usd) < 5e-5 else f"{'+' if cost_usd > 0 else '-'}{abs(cost_usd) * 100:.1f} c"
