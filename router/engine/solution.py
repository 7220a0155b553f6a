"""What the engine hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from router.arrays import FloatArray


class SolutionStatus(StrEnum):
    """How the solve ended."""

    OPTIMAL = "optimal"
    """A plan within the asked gap of the proven bound."""
    FEASIBLE = "feasible"
    """A plan, but the gap is wider than asked: time ran out, or it was interrupted."""
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    NO_SOLUTION = "no solution"
    """Stopped before a first plan was found; the bound is what was proven so far."""
    FAILED = "failed"
    """The program is not valid, or every solver gave up on it; ``message`` says why."""


@dataclass(frozen=True)
class Solution:
    """The best plan found and what is proven about it.

    Shapes: values, reduced_costs (n,); row_duals (m,); all empty when there is no plan. Duals and
    reduced costs are those of the linear program with integer columns fixed at the plan: the change of
    the objective per unit of a row's bound or a column's value. relaxation_duals (m,): those of the relaxation, empty
    where it was not solved to the end. ``objective`` and ``lower_bound``
    include the program's offset and are in its money unit; without a plan ``objective`` and ``gap``
    are infinite. ``violation``: the largest by which a row or a bound is missed, over 1 + |bound|.
    """

    status: SolutionStatus
    message: str = ""
    values: FloatArray = field(default_factory=lambda: np.zeros(0))
    row_duals: FloatArray = field(default_factory=lambda: np.zeros(0))
    reduced_costs: FloatArray = field(default_factory=lambda: np.zeros(0))
    relaxation_duals: FloatArray = field(default_factory=lambda: np.zeros(0))
    objective: float = np.inf
    lower_bound: float = -np.inf
    gap: float = np.inf
    violation: float = 0.0
    closed_by: str = ""
    stage_seconds: Mapping[str, float] = field(default_factory=dict)
    linear_iterations: int = 0

    @property
    def has_plan(self) -> bool:
        """Whether ``values`` hold a plan."""
        return self.status in (SolutionStatus.OPTIMAL, SolutionStatus.FEASIBLE)


def relative_gap(objective: float, lower_bound: float) -> float:
    """(objective - bound) / max(1e-9, |objective|), never negative; infinite without a plan or bound."""
    if not np.isfinite(objective) or not np.isfinite(lower_bound):
        return float("inf")
    return max(0.0, (objective - lower_bound) / max(1e-9, abs(objective)))
