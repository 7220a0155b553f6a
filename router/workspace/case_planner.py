"""Who plans what-ifs while the app goes on: what the screen asks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.sweep.answered import Answered
from router.whatif.case import Case


class CasePlannerError(Exception):
    """No more answers come; `str()` is one line with the reason."""


@dataclass(frozen=True, slots=True)
class PlannerSettings:
    """``folder``: of kept plans, None for none. ``gap``: a plan this near to the bound is good enough."""

    folder: Path | None
    gap: float
    time_limit_seconds: float | None
    threads: int


class CasePlanner(Protocol):
    """Plans cases of one scenario. Both ways of asking block and tell in words how far they are: for a thread."""

    def outcomes(self, cases: Sequence[Case], search_seconds: float) -> Iterator[str | Answered]:
        """What comes of each case, in order. ``search_seconds``: for better plans than the quick one; 0: quick only.

        Raises CasePlannerError where it can no longer answer, and after `stop`.
        """

    def plan(self, case: Case, search_seconds: float) -> Iterator[str | Plan]:
        """The plan of a case, after words on how far it is. Raises CasePlannerError, also where there is no plan."""

    def stop(self) -> None:
        """End all work at once; from any thread."""


class MakePlanner(Protocol):
    """Makes a planner of a scenario's cases."""

    def __call__(self, scenario: Scenario, settings: PlannerSettings) -> CasePlanner:
        """Costs nothing until something is asked of it."""
