"""Plans one case after another, each from the base's plan, on linear programs that stay warm."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from router.change.apply import apply_all
from router.engine.check import contradiction_of
from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus, relative_gap
from router.engine.solve import HELD
from router.engine.stop_signal import StopSignal
from router.kept.kept_start import KeptStart
from router.model.alignment import align
from router.model.model import Model
from router.outcome.bound import proven_bound
from router.outcome.effort import QUICK, Effort
from router.outcome.figures import outcome_of
from router.outcome.held_base import HeldBase
from router.outcome.outcome import Outcome
from router.outcome.relaxation import Relaxation
from router.plan.document import Plan
from router.plan.pipeline import NoPlanError, plan_from
from router.scenario.scenario import Scenario
from router.session.first_answer import as_solution
from router.session.models import model_after
from router.whatif.case import Case

HELD_RUNS, SEARCHED = "held", "searched"
"""How an outcome's plan was found."""

_SECONDS_FOR_ANY_PLAN = 10.0
"""What a search gets, whatever was asked, where there is no plan with the base's runs held."""


@dataclass(frozen=True)
class _Found:
    scenario: Scenario
    model: Model
    solution: Solution
    found_by: str


class WarmPlanner:
    """Holds the base and its plan; the answer to a case does not depend on what was asked before. For one thread."""

    def __init__(self, scenario: Scenario, start: KeptStart, settings: EngineSettings) -> None:
        """``start``: of this scenario and its model (prepare.py)."""
        self._scenario = scenario
        self._settings = settings
        self._model = model_after(scenario, None)
        self._prices = start.prices
        self._held = HeldBase(scenario, self._model, start, settings)
        self._relaxation = Relaxation(self._model, start, settings)

    @property
    def cold_starts(self) -> int:
        """Linear programs that were solved from nothing, of those with runs held."""
        return self._held.cold_starts

    def outcome(self, case: Case, effort: Effort = QUICK, interrupt: threading.Event | None = None) -> Outcome:
        """The figures of a case's plan.

        Raises ChangeError where its changes cannot be made, NoPlanError where there is no plan or it was interrupted.
        """
        begun = time.perf_counter()
        found = self._found(case, effort, interrupt)
        solution, unit = found.solution, found.model.program.usd_per_unit
        figures = outcome_of(found.model, solution.values, solution.lower_bound * unit, found.found_by)
        return replace(figures, seconds=time.perf_counter() - begun)

    def plan(
        self, case: Case, effort: Effort = QUICK, interrupt: threading.Event | None = None
    ) -> tuple[Scenario, Plan]:
        """The scenario of a case and the whole document of its plan, not audited. Raises as ``outcome`` does."""
        found = self._found(case, effort, interrupt)
        return found.scenario, plan_from(found.scenario, found.model, found.solution, self._settings)

    def _found(self, case: Case, effort: Effort, interrupt: threading.Event | None) -> _Found:
        scenario, model = self._model_of(case)
        if contradiction := contradiction_of(model.program):
            raise NoPlanError(SolutionStatus.INFEASIBLE, contradiction)
        stop = StopSignal(interrupt=interrupt)
        of_base = align(self._model, model)
        answer = self._held.plan(scenario, model, of_base, stop)
        if stop.reason:
            raise NoPlanError(SolutionStatus.NO_SOLUTION, stop.reason)
        bound = proven_bound(model, of_base, self._prices, answer, effort.gap)
        if answer is None:
            effort = replace(effort, search_seconds=max(effort.search_seconds, _SECONDS_FOR_ANY_PLAN))
        elif not effort.search_seconds or relative_gap(answer.objective, bound) <= effort.gap:
            return _Found(scenario, model, as_solution(model, answer, bound, self._settings, HELD), HELD_RUNS)
        solution = self._relaxation.search(model, answer, bound, effort, interrupt)
        if interrupt is not None and interrupt.is_set():
            raise NoPlanError(SolutionStatus.NO_SOLUTION, "interrupted")
        if not solution.has_plan:
            raise NoPlanError(solution.status, solution.message or solution.status.value)
        return _Found(scenario, model, solution, SEARCHED)

    def _model_of(self, case: Case) -> tuple[Scenario, Model]:
        if not case.changes:
            return self._scenario, self._model
        scenario = apply_all(self._scenario, case.changes, case.at or None).scenario
        # What the model of a case takes over is the base's alone, or it would depend on the case before.
        return scenario, model_after(scenario, self._model)
