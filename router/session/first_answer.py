"""The first answer to a change: the plan with the runs held, from a warm linear program, with a bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.engine.check import largest_violation
from router.engine.held_program import HeldProgram
from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus, relative_gap
from router.engine.solve import HELD
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, WarmLinearProgram
from router.kept.kept_start import KeptStart
from router.model.alignment import align
from router.model.model import Model
from router.scenario.scenario import Scenario
from router.scenario.workload import Training


@dataclass(frozen=True)
class _Standing:
    """Where the held program stands."""

    scenario: Scenario
    model: Model


class FirstAnswer:
    """Keeps the plan's runs held from change to change. For one thread."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._held: HeldProgram | None = None
        self._standing: _Standing | None = None
        self._is_kept = False

    @property
    def is_ready(self) -> bool:
        """Whether there is a plan to start from."""
        return self._held is not None

    @property
    def warm(self) -> WarmLinearProgram | None:
        """The linear program with the runs held."""
        return None if self._held is None else self._held.warm

    def hold(self, scenario: Scenario, model: Model, values: FloatArray, like: WarmLinearProgram | None) -> None:
        """Start from the decisions of these values (n,) of a model. ``like``: a relaxation solved near them.

        Too late where another model followed that one already: the plans of that are held by then.
        """
        if self._held is not None and self._standing is not None:
            if self._standing.model is model:
                self._held.hold(values)
            return
        self._held = HeldProgram(model.program, job_of_column(model), values, self._settings)
        if like is not None:
            self._held.warm.start_like(like)
        self._standing = _Standing(scenario, model)

    def begin(self, scenario: Scenario, model: Model, start: KeptStart) -> None:
        """Start from a kept plan of the scenario: the first answer to it is that plan."""
        self._held = HeldProgram(model.program, job_of_column(model), start.values, self._settings)
        self._held.start_from(start.held, start.empty_promise)
        self._standing = _Standing(scenario, model)
        self._is_kept = True

    def plan(self, scenario: Scenario, model: Model, stop: StopSignal) -> LinearAnswer | None:
        """The plan of a changed scenario with the runs held, or None where there is none."""
        held, standing = self._held, self._standing
        if held is None or standing is None:
            return None
        if standing.model is not model:
            alignment = align(standing.model, model)
            free = changed_jobs(standing.scenario, scenario, model)
            held.become(model.program, job_of_column(model), alignment.columns, alignment.rows, free)
            self._standing = _Standing(scenario, model)
            self._is_kept = False
        kept = held.stand(stop) if self._is_kept else None
        self._is_kept = False
        return kept if kept is not None else held.plan(stop)


def job_of_column(model: Model) -> Ids:
    """The training job of each run's column, -1 for all other columns, shape (n,)."""
    jobs = np.full(model.program.columns, -1, dtype=np.int64)
    jobs[model.columns.ids("run")] = model.problem.runs.job
    return jobs


def changed_jobs(before: Scenario, after: Scenario, model: Model) -> BoolArray:
    """Jobs that are new or were themselves changed (jobs,): they choose their run anew."""
    names = [name for name, workload in after.workloads.items() if isinstance(workload, Training)]
    changed = {name for name in names if before.workloads.get(name) != after.workloads[name]}
    return np.array([name in changed for name in model.problem.jobs.names], dtype=np.bool_)


def as_solution(
    model: Model, answer: LinearAnswer, lower_bound: float, settings: EngineSettings, found_by: str = HELD
) -> Solution:
    """The engine's words for a plan that is not the end of its search."""
    bound = min(lower_bound, answer.objective)
    gap = relative_gap(answer.objective, bound)
    closed = gap <= settings.relative_gap
    return Solution(
        SolutionStatus.OPTIMAL if closed else SolutionStatus.FEASIBLE,
        values=answer.values,
        row_duals=answer.row_duals,
        reduced_costs=answer.reduced_costs,
        objective=answer.objective,
        lower_bound=bound,
        gap=gap,
        violation=largest_violation(model.program, answer.values),
        closed_by=found_by,
    )
