"""The best plan so far and the best bound proven so far, shared by all stages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from router.engine.check import WORST_VIOLATION, largest_violation
from router.engine.progress import Progress, ProgressCallback
from router.engine.solution import relative_gap
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer
from router.model.linear_program import LinearProgram


class Incumbent:
    """Keeps the cheapest plan that holds, and the highest bound; tells of each change."""

    def __init__(
        self,
        program: LinearProgram,
        asked_gap: float,
        stop: StopSignal,
        progress: ProgressCallback | None = None,
        on_better: Callable[[Incumbent], None] | None = None,
    ) -> None:
        self._program = program
        self._asked_gap = asked_gap
        self._stop = stop
        self._progress = progress
        self._on_better = on_better
        self.plan: LinearAnswer | None = None
        self.found_by = ""
        self.violation = 0.0
        self.refused = ""
        """Why the last refused plan was refused."""
        self.lower_bound = -np.inf

    @property
    def objective(self) -> float:
        """Of the best plan, infinite without one."""
        return np.inf if self.plan is None else self.plan.objective

    @property
    def gap(self) -> float:
        """Relative gap between plan and bound."""
        return relative_gap(self.objective, self.lower_bound)

    def gap_to(self, bound: float) -> float:
        """Relative gap between plan and some bound."""
        return relative_gap(self.objective, bound)

    @property
    def closed(self) -> bool:
        """Whether the plan is within the asked gap."""
        return self.gap <= self._asked_gap

    @property
    def cutoff(self) -> float:
        """What a subproblem's bound must stay below to be worth a look, infinite without a plan."""
        if self.plan is None:
            return np.inf
        return self.objective - 0.9 * self._asked_gap * max(1e-9, abs(self.objective))

    def begin_with(self, plan: LinearAnswer | None, lower_bound: float, stage: str) -> None:
        """A plan and a bound that are there already: taken without a word."""
        self.lower_bound = lower_bound
        if plan is not None and largest_violation(self._program, plan.values) <= WORST_VIOLATION:
            self.plan, self.found_by = plan, stage
            self.violation = largest_violation(self._program, plan.values)

    def offer(self, plan: LinearAnswer | None, stage: str) -> bool:
        """Take the plan if it is cheaper and holds in the original rows."""
        if plan is None or plan.objective >= self.objective:
            return False
        violation = largest_violation(self._program, plan.values)
        if violation > WORST_VIOLATION:
            self.refused = f"{stage}: a plan misses a row or bound by {violation:.1e} of its size"
            return False
        self.plan, self.found_by, self.violation = plan, stage, violation
        self._changed(stage)
        return True

    def raise_bound(self, bound: float, stage: str) -> None:
        """Take a proven bound if it is higher."""
        if bound > self.lower_bound:
            self.lower_bound = bound
            self._changed(stage)

    def _changed(self, stage: str) -> None:
        self.tell(stage)
        if self._on_better is not None:
            self._on_better(self)

    def tell(self, stage: str) -> None:
        """Report where things stand."""
        if self._progress is not None:
            self._progress(Progress(stage, self._stop.elapsed_seconds, self.lower_bound, self.objective, self.gap))
