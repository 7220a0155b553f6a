"""What two plans' bounds prove of the difference in cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from router.outcome.outcome import Outcome

SOLVER_TOLERANCE = 1e-9
"""Costs agree to this share of themselves, whatever way they were reached."""
_CENT = 0.01


class Verdict(StrEnum):
    """What is proved of the second against the first."""

    DEARER = "dearer"
    CHEAPER = "cheaper"
    SAME = "same"
    """To the solver's tolerance."""
    OPEN = "within the gaps"
    """The gaps of the plans are as large as their difference: it may be nothing, or the other way round."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The cheapest possible plans differ by ``least_usd`` to ``most_usd``; the plans found by ``difference_usd``."""

    difference_usd: float
    least_usd: float
    most_usd: float
    tolerance_usd: float

    @property
    def verdict(self) -> Verdict:
        """What is proved."""
        if max(abs(self.least_usd), abs(self.most_usd)) <= self.tolerance_usd:
            return Verdict.SAME
        if self.least_usd > self.tolerance_usd:
            return Verdict.DEARER
        if self.most_usd < -self.tolerance_usd:
            return Verdict.CHEAPER
        return Verdict.OPEN

    @property
    def proved(self) -> bool:
        """Whether the bounds tell which of the two costs less, or that they cost the same."""
        return self.verdict != Verdict.OPEN

    @property
    def exact(self) -> bool:
        """Whether the difference is known to the solver's tolerance."""
        return self.most_usd - self.least_usd <= 2 * self.tolerance_usd


def tolerance_usd(*costs_usd: float) -> float:
    """Within what costs are the same: a cent, or the solver's tolerance where that is more."""
    return max(_CENT, SOLVER_TOLERANCE * max((abs(cost) for cost in costs_usd), default=0.0))


def proof(before: Outcome, after: Outcome) -> Proof:
    """What the bounds prove: the true difference lies in [bound after - cost before, cost after - bound before].

    Outcomes that are equal in every figure are of one and the same plan and bound: no difference, none left open.
    """
    if before == after:
        return Proof(0.0, 0.0, 0.0, tolerance_usd(before.cost_usd))
    difference = after.cost_usd - before.cost_usd
    return Proof(
        difference_usd=difference,
        # A bound may lie above its cost by the last bits only; the difference found is always possible.
        least_usd=min(difference, after.lower_bound_usd - before.cost_usd),
        most_usd=max(difference, after.cost_usd - before.lower_bound_usd),
        tolerance_usd=tolerance_usd(before.cost_usd, after.cost_usd),
    )
