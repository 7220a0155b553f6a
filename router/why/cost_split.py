"""Charges gathered by part, in the money a planner reads, with the limits that make some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from router.engine.warm_linear_program import LinearAnswer
from router.why.charges import LIMITING, SCARCITY, Charge, Part
from router.why.limit import Limit, LimitKind
from router.why.limit_of_row import limit_of_row
from router.why.limits import Limits
from router.why.plan_book import PlanBook

_LEAST = 1e-9
"""Share of the largest part below which a part is rounding."""
_CANCELLED = 1e-8
"""The same for a sum of parts."""


@dataclass(frozen=True)
class CostSplit:
    """A marginal cost in USD: ``parts`` sum to ``marginal_usd``. ``scarcity_usd``: what limits add that nobody is paid;
    ``paid_usd``: the rest."""

    parts: Mapping[Part, float]

    @property
    def marginal_usd(self) -> float:
        """All parts."""
        return self._sum(self.parts)

    @property
    def scarcity_usd(self) -> float:
        """Shadow prices of limits."""
        return self._sum(part for part in self.parts if part in SCARCITY)

    @property
    def paid_usd(self) -> float:
        """What the unit would cost if no limit were in the way."""
        return self._sum(part for part in self.parts if part not in SCARCITY)

    @property
    def size_usd(self) -> float:
        """The largest part, which tells what is little."""
        return max((abs(amount) for amount in self.parts.values()), default=0.0)

    def _sum(self, parts: Iterable[Part]) -> float:
        total = float(sum(self.parts[part] for part in parts))
        # Parts that cancel leave rounding.
        return 0.0 if abs(total) <= _CANCELLED * self.size_usd else total

    def times(self, factor: float) -> CostSplit:
        """The split of that many units."""
        return CostSplit({part: factor * amount for part, amount in self.parts.items()})


@dataclass(frozen=True)
class Block:
    """A limit that makes a unit dearer: ``adds_usd`` to the marginal cost; ``worth_usd``: what one more of the limit is
    worth, per unit of the limit and hour (per unit where the limit has no hours), in money of the limit's period."""

    limit: Limit
    adds_usd: float
    worth_usd: float


def split(charges: Sequence[Charge], usd: float) -> CostSplit:
    """Charges by part, each times ``usd``; parts that are rounding are left out."""
    parts: dict[Part, float] = {}
    for charge in charges:
        parts[charge.part] = parts.get(charge.part, 0.0) + charge.amount * usd
    largest = CostSplit(parts).size_usd
    return CostSplit({part: parts[part] for part in Part if abs(parts.get(part, 0.0)) > _LEAST * max(1e-9, largest)})


def blocks(
    charges: Sequence[Charge],
    usd: float,
    book: PlanBook,
    limits: Limits,
    answer: LinearAnswer,
    *,
    whole_periods: bool = False,
) -> list[Block]:
    """The limits among the charges, the one that adds most first. ``usd``: as for ``split``; ``whole_periods``: slices
    of a period are one limit."""
    found: dict[str, tuple[Limit, float, float]] = {}
    counted: set[tuple[int, int]] = set()
    for charge in charges:
        if charge.part not in LIMITING:
            continue
        limit = _limit_of(charge, book, limits, whole_periods)
        if limit is None:
            continue
        dual = float(answer.row_duals[charge.row] if charge.row >= 0 else answer.reduced_costs[charge.column])
        key = (charge.row, charge.column if charge.row < 0 else -1)
        worth = 0.0 if key in counted else abs(dual)
        counted.add(key)
        before = found.get(limit.name, (limit, 0.0, 0.0))
        found[limit.name] = (limit, before[1] + charge.amount * usd, before[2] + worth)
    result = [Block(limit, adds, worth_usd(limit, dual, book)) for limit, adds, dual in found.values()]
    most = max((abs(block.adds_usd) for block in result), default=0.0)
    kept = [block for block in result if block.adds_usd > 1e-6 * most and block.adds_usd > 1e-9]
    return sorted(kept, key=lambda block: -block.adds_usd)


def worth_usd(limit: Limit, dual: float, book: PlanBook) -> float:
    """A dual in USD of the limit's period, per unit of the limit, and per hour where it has hours."""
    program, discount = book.model.program, book.problem.calendar.discount
    # Limits on money have rows in the program's money, so that its unit falls out.
    unit = 1.0 if limit.kind in (LimitKind.CASH, LimitKind.COMMITMENT) else program.usd_per_unit
    return dual * unit / float(discount[limit.period]) / (limit.hours or 1.0)


def _limit_of(charge: Charge, book: PlanBook, limits: Limits, whole_periods: bool) -> Limit | None:
    if charge.row >= 0:
        return limit_of_row(limits, book.rows, charge.row, whole_period=whole_periods)
    if charge.part not in (Part.CAPACITY, Part.SPOT_CAPACITY):
        return None
    place = (book.model.columns.ids("rent") == charge.column).nonzero()
    line, period, part = (int(axis[0]) for axis in place)
    pool = int(book.problem.lines.pool[line])
    make = limits.spot_capacity if charge.part is Part.SPOT_CAPACITY else limits.capacity
    return make(pool, period, None if whole_periods else part)
