"""What a session tells: plans, each with what it was made from, and how the search for better ones ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from router.engine.solution import Solution
from router.model.model import Model
from router.plan.document import Plan
from router.scenario.scenario import Scenario


@dataclass(frozen=True)
class PlanFound:
    """A plan of the session's scenario as it stands. ``version`` counts the scenarios since the session began.

    ``plan.audit`` is None in the first plan after a change; the same plan follows with its audit. ``solution`` and
    ``model`` are what the plan was read from, with the duals of the linear program whose runs are held at the plan.
    """

    version: int
    scenario: Scenario
    plan: Plan
    model: Model
    solution: Solution
    is_first: bool


@dataclass(frozen=True)
class SearchEnded:
    """No better plan will come for this version. ``gap_closed``: the last plan is within the gap asked of the bound.

    ``reason`` says which limit was reached otherwise.
    """

    version: int
    gap_closed: bool
    gap: float
    reason: str


@dataclass(frozen=True)
class NoPlan:
    """No plan was found for this version; ``reason`` says why. ``error``: a mistake of the router's own."""

    version: int
    reason: str
    error: Exception | None = None


Event = PlanFound | SearchEnded | NoPlan

Listener = Callable[[Event], None]
"""Called from a thread of the session's, one event at a time. It may change the scenario. It must come back soon, and
never wait for a thread that calls the session: that one may be waiting for it."""
