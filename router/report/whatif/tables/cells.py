"""Cells and columns that the tables of an answer share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from router.answer.answer import Answer
from router.answer.comparison import Amount
from router.answer.proof import Proof
from router.outcome.outcome import Outcome
from router.report import numbers
from router.report.difference_words import signed_money
from router.report.table import Cell, Column, RowRole
from router.report.whatif.words import LEAST_USD
from router.whatif.case import BASE

Item = TypeVar("Item")

OPEN_MARK = "~"
"""Stands after a difference that is within the gaps."""

WHATIF = Column("What-if", least_width=12)
"""The column that names the what-if of a row."""


def planned(answer: Answer) -> list[tuple[str, Outcome]]:
    """Names and figures of the what-ifs that have a plan, the base first."""
    return [(case.name, found) for case in answer.whatifs if (found := answer.outcome(case.name)) is not None]


def role_of(name: str) -> RowRole:
    """The base stands out among what-ifs."""
    return "subtotal" if name == BASE else "plain"


def signed(usd: float, *, always: bool = False) -> Cell:
    """A change as a cell: with its sign, digits under digits; empty where there is none unless `always`."""
    if abs(usd) < 0.005 and not always:
        return None
    return numbers.aligned(signed_money(usd))


def difference_cell(proof: Proof) -> Cell:
    """A difference in cost with its sign, and `~` where it is within the gaps."""
    return f"{numbers.aligned(signed_money(proof.difference_usd))} {OPEN_MARK if is_marked(proof) else ' '}"


def is_marked(proof: Proof) -> bool:
    """Whether the difference is marked; one of nothing is not, wherever it comes from."""
    return not proof.proved and abs(proof.difference_usd) >= LEAST_USD


def from_to(amount: Amount) -> Cell:
    """`1.20 k to 4.20 k`, one of them where they read the same; empty where there is nothing."""
    before, after = numbers.count(amount.before), numbers.count(amount.after)
    if before == after:
        return after if amount.after else None
    return f"{before} to {after}"


def changes(amount: Amount) -> bool:
    """Whether a reader sees a change."""
    return numbers.count(amount.before) != numbers.count(amount.after)


def largest(items: Sequence[Item], weight: Callable[[Item], float], most: int) -> tuple[list[Item], list[Item]]:
    """The heaviest in their order, and the rest where there are more than ``most`` (which then takes a column)."""
    if len(items) <= most:
        return list(items), []
    kept = sorted(items, key=lambda item: -weight(item))[: max(1, most - 1)]
    return [item for item in items if item in kept], [item for item in items if item not in kept]
