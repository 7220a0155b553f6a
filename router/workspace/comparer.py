"""How a plan differs from the one before and from that of the saved scenario, each plan read once."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from router.difference.difference import difference
from router.difference.digest import PlanDigest, digest
from router.difference.document import PlanDifference
from router.difference.failure import DifferenceError
from router.plan.document import Plan
from router.workspace.shown import Shown

_KEPT = 4


@dataclass(frozen=True)
class Differences:
    """Of ``plan`` to the plan before the last change and to that of the saved scenario; None where there is none."""

    plan: Plan
    to_before: PlanDifference | None
    to_saved: PlanDifference | None


class Comparer:
    """Keeps the last few plans as arrays. Threads wait for one another."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._digests: dict[int, PlanDigest] = {}

    def compare(self, shown: Shown) -> Differences | None:
        """The differences of the plan shown; None without a plan."""
        plan = shown.plan
        if plan is None:
            return None
        with self._one_at_a_time:
            return Differences(plan, self._to(shown.before_plan, plan), self._to(shown.saved_plan, plan))

    def _to(self, other: Plan | None, plan: Plan) -> PlanDifference | None:
        if other is None or other is plan:
            return None
        try:
            return difference(self._digest(other), self._digest(plan))
        except DifferenceError:
            return None

    def _digest(self, plan: Plan) -> PlanDigest:
        known = self._digests.pop(id(plan), None)
        found = known if known is not None and known.plan is plan else digest(plan)
        self._digests[id(plan)] = found
        while len(self._digests) > _KEPT:
            self._digests.pop(next(iter(self._digests)))
        return found
