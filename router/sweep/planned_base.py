"""What every worker starts from: the base scenario and the plan of it that cases are planned from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from router.engine.settings import EngineSettings
from router.kept.kept_start import KeptStart
from router.outcome.effort import Effort
from router.outcome.outcome import Outcome
from router.outcome.warm_planner import WarmPlanner
from router.scenario.scenario import Scenario
from router.whatif.case import Case


class Planner(Protocol):
    """Plans one case after another, each warm from the one before. For one thread."""

    def outcome(self, case: Case, effort: Effort, interrupt: threading.Event | None = None) -> Outcome:
        """Raises ScenarioError where the case cannot be made, NoPlanError where it has no plan or was interrupted."""


MakePlanner = Callable[[Scenario, KeptStart, EngineSettings], Planner]
"""Must be found by its module and name: it is pickled."""


@dataclass(frozen=True)
class PlannedBase:
    """The base scenario, the plan of it and how to plan. Goes to each worker once, and not with every case."""

    scenario: Scenario
    start: KeptStart
    settings: EngineSettings
    make_planner: MakePlanner = WarmPlanner

    def planner(self) -> Planner:
        """A planner at the base."""
        return self.make_planner(self.scenario, self.start, self.settings)
