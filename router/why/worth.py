"""What a limit or a commitment is worth, in money that a planner reads."""

from __future__ import annotations

from dataclasses import dataclass

from router.why.fixed_program import FixedProgram
from router.why.limit import Limit, LimitKind
from router.why.plan_book import PlanBook
from router.why.ranging import RangeEnd, side

_AT_LEAST = {LimitKind.DEMAND, LimitKind.STANDBY, LimitKind.COMMITMENT}
"""Limits that ask for something: more of them costs. Of the others, more saves."""


@dataclass(frozen=True)
class Direction:
    """What one unit changes in total cost (USD of the limit's period, below 0 where it saves), for how many units that
    holds (``until``), and why no further; the two are None where no range was asked for."""

    cost_usd: float
    until: float | None
    ends: RangeEnd | None


@dataclass(frozen=True)
class Worth:
    """A limit with what one more unit and what one fewer would change; None where there is no plan that way.

    ``discount``: what a dollar of the limit's period counts for at the start of the horizon.
    """

    limit: Limit
    more: Direction | None
    fewer: Direction | None
    discount: float

    @property
    def asks(self) -> bool:
        """Whether the limit asks for something (demand, N-1, a promise) rather than allowing it."""
        return self.limit.kind in _AT_LEAST

    @property
    def one_value(self) -> bool:
        """Whether one more costs what one fewer saves: where it does not, the plan stands at a corner."""
        if self.more is None or self.fewer is None:
            return False
        size = max(abs(self.more.cost_usd), abs(self.fewer.cost_usd))
        return abs(self.more.cost_usd + self.fewer.cost_usd) <= 1e-6 * max(size, 1e-9)


def worth_of(limit: Limit, book: PlanBook, fixed: FixedProgram, *, ranges: bool = True) -> Worth:
    """Both directions of a limit, by warm re-solves: one for a value, ten or so more for how far it holds.

    ``ranges``: whether that is sought, up to twice the limit and down to nothing.
    """
    discount = float(book.problem.calendar.discount[limit.period])
    usd = book.model.program.usd_per_unit / discount
    size = abs(limit.size)

    def direction(sign: int) -> Direction | None:
        found = side(fixed, limit.shift, sign, size, max(size, 1.0) if ranges else 0.0, limit.frame)
        if found is None:
            return None
        cost = sign * found.slope * usd
        return Direction(cost, found.until, found.ends) if ranges else Direction(cost, None, None)

    return Worth(limit, direction(1), direction(-1) if size > 0 else None, discount)
