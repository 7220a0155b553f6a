"""A plan as keyed arrays, ready to be compared. Made once for each plan and used for many differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from router.difference.charges import Charges, charges_of
from router.difference.failure import DifferenceError
from router.difference.uses import Uses, uses_of
from router.plan.document import Plan


@dataclass(frozen=True)
class PlanDigest:
    """A plan of T periods with its uses of pools and its bill as arrays. boundaries: T + 1 dates."""

    plan: Plan
    boundaries: tuple[date, ...]
    uses: Uses
    charges: Charges


def digest(plan: Plan) -> PlanDigest:
    """A plan as arrays. Raises DifferenceError where its records name periods or slices that there are not."""
    if not plan.periods:
        raise DifferenceError(f"plan {plan.scenario.name!r}: periods: found none, expected at least one")
    uses = uses_of(plan)
    boundaries = (*(period.start for period in plan.periods), plan.periods[-1].end)
    return PlanDigest(plan, boundaries, uses, charges_of(plan, uses))
