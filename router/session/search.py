"""The second and third answer: better plans from the whole search, on one warm relaxation, until the gap is closed."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray
from router.audit.audit import AuditStoppedError
from router.audit.audited import audited
from router.engine.basis import Basis
from router.engine.incumbent import Incumbent
from router.engine.settings import EngineSettings
from router.engine.solution import Solution
from router.engine.solve import improve
from router.engine.warm_linear_program import LinearAnswer, WarmLinearProgram
from router.kept.kept_start import KeptStart
from router.model.alignment import align
from router.model.model import Model
from router.plan.pipeline import plan_from
from router.scenario.scenario import Scenario
from router.session.bound import RowPrices
from router.session.events import Listener, NoPlan, PlanFound, SearchEnded
from router.session.first_answer import as_solution


@dataclass(frozen=True)
class SearchTask:
    """A scenario with its model and the first answer to it, if there is one; ``outdated`` is set by the next version.

    ``lower_bound`` in money units.
    """

    version: int
    scenario: Scenario
    model: Model
    outdated: threading.Event
    answer: LinearAnswer | None
    lower_bound: float
    found: PlanFound | None


@dataclass(frozen=True)
class Better:
    """Decisions (n,) of the best plan found, for first answers to start from."""

    scenario: Scenario
    model: Model
    values: FloatArray


@dataclass(frozen=True)
class Root:
    """A basis of the relaxation of a model, or one near it."""

    model: Model
    basis: Basis


class Search:
    """Holds the relaxation of the model searched last. For one thread; ``prices``, ``better``, ``root`` are for any."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._model: Model | None = None
        self.warm: WarmLinearProgram | None = None
        """The relaxation, once there is one."""
        self.prices: RowPrices | None = None
        self.better: Better | None = None
        self.root: Root | None = None

    def begin(self, model: Model, start: KeptStart) -> None:
        """Start from a kept plan of the model; before the first task."""
        self._relaxation_of(model).start_from(start.relaxation)
        self.prices = RowPrices(model, start.prices)
        self.root = Root(model, start.relaxation)

    @property
    def cold_starts(self) -> int:
        """Linear programs solved from nothing."""
        return 0 if self.warm is None else self.warm.cold_starts

    def run(self, task: SearchTask, tell: Listener) -> None:
        """Search until the gap is closed, time is up or the task is outdated, telling what is found."""
        model = task.model
        warm = self._relaxation_of(model)
        telling = _Telling(task, self._settings, tell)

        def on_better(best: Incumbent) -> None:
            # The first word is of the relaxation's bound, when nothing else has been solved yet.
            if (self.root is None or self.root.model is not model) and (basis := warm.basis()) is not None:
                self.root = Root(model, basis)
            if best.plan is not None and best.plan is not task.answer:
                self.better = Better(task.scenario, model, best.plan.values)
            telling.of(best)

        solution = improve(
            warm, model.program, task.answer, task.lower_bound, self._settings, on_better, task.outdated, model.blocks
        )
        if len(solution.relaxation_duals):
            self.prices = RowPrices(model, solution.relaxation_duals)
        telling.end(solution)

    def _relaxation_of(self, model: Model) -> WarmLinearProgram:
        if self.warm is None or self._model is None:
            settings = self._settings
            self.warm = WarmLinearProgram(model.program, settings.linear_backend, settings.threads, scaled=False)
        elif self._model is not model:
            alignment = align(self._model, model)
            self.warm.become(model.program, alignment.columns, alignment.rows)
        self._model = model
        return self.warm


class _Telling:
    """Makes plans of what a search finds, audits and tells them."""

    _WORTH = 0.9
    """A bound is told of before the end where it draws the gap to this share of what was told."""

    def __init__(self, task: SearchTask, settings: EngineSettings, tell: Listener) -> None:
        self._task = task
        self._settings = settings
        self._tell = tell
        self._told_answer: LinearAnswer | None = None
        self._told_gap = np.inf if task.found is None else task.found.plan.solve.gap

    def of(self, best: Incumbent) -> None:
        """Tell the best plan with its bound, unless little changed since the last one."""
        answer = best.plan
        if answer is None or self._task.outdated.is_set():
            return
        same_plan = answer is self._told_answer
        if same_plan and not best.closed and best.gap > self._WORTH * self._told_gap:
            return
        solution = as_solution(self._task.model, answer, best.lower_bound, self._settings, best.found_by)
        self._tell_plan(solution, answer)

    def end(self, solution: Solution) -> None:
        """Tell the last plan, if it was not told, and how the search ended."""
        task = self._task
        if task.outdated.is_set():
            return
        if not solution.has_plan:
            self._tell(NoPlan(task.version, solution.message or solution.status.value))
            return
        if self._told_answer is None or solution.gap < self._told_gap:
            answer = self._told_answer if self._told_answer is not None else task.answer
            self._tell_plan(solution, answer)
        closed = solution.gap <= self._settings.relative_gap
        self._tell(SearchEnded(task.version, closed, solution.gap, solution.closed_by))

    def _tell_plan(self, solution: Solution, answer: LinearAnswer | None) -> None:
        task = self._task
        plan = plan_from(task.scenario, task.model, solution, self._settings)
        try:
            plan = audited(task.scenario, plan, lambda: not task.outdated.is_set())
        except AuditStoppedError:
            return
        self._told_answer, self._told_gap = answer, solution.gap
        self._tell(PlanFound(task.version, task.scenario, plan, task.model, solution, is_first=False))
