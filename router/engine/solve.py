"""The engine: from a mixed-integer linear program to the best plan found and a proven bound."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from router.arrays import FloatArray
from router.engine.branching import OpenNode, branch
from router.engine.check import INTEGRALITY, WORST_VIOLATION, contradiction_of, fault_of
from router.engine.dive import BOLD, CAREFUL, UPWARD, dive, floor_plan, solve_with_integers_fixed
from router.engine.dual_bound import dual_bound, most_of_columns
from router.engine.incumbent import Incumbent
from router.engine.large import about_optimal, fits, plan_by_period
from router.engine.neighbourhoods import best_within, neighbourhoods
from router.engine.progress import ProgressCallback
from router.engine.reduced_cost import tightened
from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus
from router.engine.solver_process import IntegerAnswer, IntegerRequest, solve_integer_program
from router.engine.stop_signal import StopSignal
from router.engine.tiers import tiers_reached
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.blocks import Blocks
from router.model.linear_program import ColumnKind, LinearProgram

LINEAR, DIVE, NEIGHBOURHOODS, PERIODS = "linear program", "dive", "neighbourhoods", "period by period"
HELD = "runs held"
MOST_NODES = 400
"""Nodes solved by branching."""
MOST_DIVES = 8
"""Dives from nodes of the tree."""


def solve(
    program: LinearProgram,
    settings: EngineSettings | None = None,
    progress: ProgressCallback | None = None,
    interrupt: threading.Event | None = None,
    blocks: Blocks | None = None,
) -> Solution:
    """The best plan within the settings' gap and time, with a proven lower bound.

    ``blocks``: the periods of rows and columns, for large programs (large.py) and better plans near the best one.
    Setting ``interrupt``, or Ctrl-C in the calling thread, ends the solve with the best plan so far.
    Never raises for a bad program or a solver's failure: see ``Solution.status`` and ``message``.
    """
    if fault := fault_of(program):
        return Solution(SolutionStatus.FAILED, fault)
    if contradiction := contradiction_of(program):
        return Solution(SolutionStatus.INFEASIBLE, contradiction)
    return _Solve(program, settings or EngineSettings(), progress, interrupt, blocks).run()


def improve(
    warm: WarmLinearProgram,
    program: LinearProgram,
    start: LinearAnswer | None,
    lower_bound: float,
    settings: EngineSettings,
    on_better: Callable[[Incumbent], None],
    interrupt: threading.Event,
    blocks: Blocks | None = None,
) -> Solution:
    """As ``solve``, from a plan already found and a linear program already warm.

    ``warm`` holds the relaxation of ``program``; its bounds are the program's again on return. ``lower_bound`` is
    proven already, -inf if nothing is. ``on_better`` is called for each better plan or bound.
    """
    if contradiction := contradiction_of(program):
        return Solution(SolutionStatus.INFEASIBLE, contradiction)
    search = _Solve(program, settings, None, interrupt, blocks, warm, on_better)
    search.begin_with(start, lower_bound)
    return search.run()


def denies(answer: IntegerAnswer, cost: float) -> bool:
    """Whether an integer solver proves, wrongly, that there is no plan of a cost of which one is at hand."""
    return answer.infeasible or answer.lower_bound > cost + WORST_VIOLATION * (1.0 + abs(cost))


class _Solve:
    def __init__(
        self,
        program: LinearProgram,
        settings: EngineSettings,
        progress: ProgressCallback | None,
        interrupt: threading.Event | None,
        blocks: Blocks | None = None,
        warm: WarmLinearProgram | None = None,
        on_better: Callable[[Incumbent], None] | None = None,
    ) -> None:
        self._program = program
        self._blocks = blocks
        self._settings = settings
        self._stop = StopSignal(settings.time_limit_seconds, interrupt)
        self._best = Incumbent(program, settings.relative_gap, self._stop, progress, on_better)
        self._warm = warm or WarmLinearProgram(program, settings.linear_backend, settings.threads)
        self._is_warm = warm is not None and warm.has_basis
        self._seconds: dict[str, float] = {}
        self._message = ""
        self._ended_by = ""
        self._dives = 0
        self._root_duals = np.zeros(0)

    def begin_with(self, plan: LinearAnswer | None, lower_bound: float) -> None:
        """A plan and a bound that are there already."""
        self._best.begin_with(plan, lower_bound, HELD)

    def run(self) -> Solution:
        if self._best.closed:
            return self._finished()
        if not self._is_warm and self._blocks is not None and fits(self._program, self._blocks):
            with self._stage(PERIODS):
                self._solve_by_period(self._blocks)
            if self._best.closed or (self._best.plan is not None and self._stop.reason):
                return self._finished()
        with self._stage(LINEAR):
            root = self._warm.solve(self._stop)
        if self._best.plan is not None and root.status is not LinearStatus.OPTIMAL:
            return self._finished()
        if root.status is LinearStatus.INFEASIBLE:
            return self._without_plan(SolutionStatus.INFEASIBLE, "no values satisfy all rows and bounds")
        if root.status is LinearStatus.UNBOUNDED:
            return self._without_plan(SolutionStatus.UNBOUNDED, "the objective falls without limit")
        if root.status is LinearStatus.FAILED:
            return self._without_plan(SolutionStatus.FAILED, f"linear program: {root.message}")
        if root.status is LinearStatus.STOPPED:
            return self._without_plan(SolutionStatus.NO_SOLUTION, self._stop.reason)
        self._root_duals = root.row_duals
        self._best.raise_bound(root.objective, LINEAR)
        if self._is_whole(root):
            self._best.offer(self._fixed_at(root), LINEAR)
        if self._best.closed:
            return self._finished()
        if self._settings.dive:
            with self._stage(DIVE):
                self._first_dives(root)
        if not self._best.closed and not self._stop.reason:
            with self._stage(str(self._settings.integer_backend)):
                self._prove(root)
        return self._finished()

    def _solve_by_period(self, blocks: Blocks) -> None:
        upper = most_of_columns(self._program)
        near = about_optimal(self._program, upper, self._stop)
        if near is None:
            return
        values, prices = near
        self._best.raise_bound(dual_bound(self._program, prices, upper), PERIODS)
        self._best.offer(plan_by_period(self._program, blocks, values, prices, upper, self._stop), PERIODS)

    def _first_dives(self, root: LinearAnswer) -> None:
        """A plan early: whatever happens later, there is something to hand back."""
        start, fixed = self._with_tiers_reached(root)
        # The flavours differ in how they round instances; runs and tiers are left to branching.
        flavours = (BOLD, UPWARD, CAREFUL) if (self._program.kind == ColumnKind.WHOLE).any() else (BOLD,)
        for flavour in flavours:
            if self._stop.reason or self._best.closed:
                return
            plan = dive(
                self._warm, self._program, start, flavour, self._best.objective, self._stop, self._settings, fixed
            )
            self._best.offer(plan, flavour.name)
        if self._best.plan is None and not self._stop.reason:
            self._best.offer(floor_plan(self._warm, self._program, self._settings, self._stop), DIVE)

    def _prove(self, root: LinearAnswer) -> None:
        """The integer solver on the whole program; beside it, plans near the best one, or branching on runs.

        Whole instances hold a gap that only HiGHS's cuts close (scale-up: 0.01 % after 70 s of it, where branching
        first still stood at 4 % after 150 s). Where nothing but runs is whole, branching often closes sooner.
        """
        stage = str(self._settings.integer_backend)
        has_whole = bool((self._program.kind == ColumnKind.WHOLE).any())
        enough = threading.Event()
        with ThreadPoolExecutor(max_workers=1) as workers:
            proof = workers.submit(self._solve_integer, root, self._stop.or_when(enough.is_set))
            try:
                if has_whole:
                    self._look_around(proof.done)
                elif self._settings.dive:
                    self._branch(root, self._stop.or_when(proof.done))
                if not self._best.closed:
                    self._stop.wait_for(proof.done, 0.02)
            finally:
                enough.set()
            answer = proof.result()
        if self._best.closed:
            return
        if answer.values is not None:
            self._best.offer(self._fixed_at_values(answer.values), stage)
        if answer.time_ran_out:
            self._ended_by = "time limit"
        self._message = answer.message or self._message
        bound = self._best.objective if answer.infeasible else answer.lower_bound
        self._best.raise_bound(min(bound, self._best.objective), stage)
        if not self._best.closed and not self._stop.reason and not has_whole and self._settings.dive:
            # HiGHS's tolerances may leave more than a very small gap asked for; branching has none.
            self._branch(root, self._stop)

    def _look_around(self, is_enough: Callable[[], bool]) -> None:
        """Better plans near the best one, period by period."""
        if self._blocks is None:
            return
        for free in neighbourhoods(self._program, self._blocks):
            if self._stop.reason or self._best.closed or self._best.plan is None or is_enough():
                return
            values = best_within(self._program, self._best.plan.values, free, self._settings, self._stop)
            if values is not None:
                self._best.offer(self._fixed_at_values(values), NEIGHBOURHOODS)

    def _with_tiers_reached(self, root: LinearAnswer) -> tuple[LinearAnswer, dict[int, float]]:
        """The answer with every tier as its spend reaches it, and those tiers; the root where that fails."""
        switches = np.flatnonzero(self._program.kind == ColumnKind.SWITCH)
        if not len(switches) or np.abs(root.values[switches] - np.round(root.values[switches])).max() <= INTEGRALITY:
            return root, {}
        reached = tiers_reached(self._program, root.values, self._settings, self._stop)
        if reached is None:
            return root, {}
        self._warm.set_column_bounds(switches, reached, reached)
        self._warm.start_afresh()
        answer = self._warm.solve(self._stop)
        self._warm.set_column_bounds(switches, self._program.lower[switches], self._program.upper[switches])
        if answer.status is not LinearStatus.OPTIMAL:
            return root, {}
        return answer, dict(zip(switches.tolist(), reached.tolist(), strict=True))

    def _branch(self, root: LinearAnswer, stop: StopSignal) -> None:
        branch(self._warm, self._program, root, self._best, self._dive_from, MOST_NODES, stop)

    def _dive_from(self, node: OpenNode) -> None:
        if self._dives >= MOST_DIVES or self._best.gap_to(node.bound) <= self._settings.relative_gap:
            return
        self._dives += 1
        plan = dive(
            self._warm, self._program, node.answer, BOLD, self._best.objective, self._stop, self._settings, node.fixed
        )
        self._best.offer(plan, BOLD.name)

    def _solve_integer(self, root: LinearAnswer, stop: StopSignal) -> IntegerAnswer:
        plan = self._best.plan
        request = IntegerRequest(
            tightened(self._program, root, self._best.objective),
            self._settings.integer_backend,
            0.9 * self._settings.relative_gap,
            stop.remaining_seconds,
            self._settings.threads,
            hint=None if plan is None else plan.values,
        )
        answer = solve_integer_program(request, stop)
        if plan is not None and denies(answer, plan.objective) and not stop.reason:
            answer = solve_integer_program(
                replace(request, no_presolve=True, time_limit_seconds=stop.remaining_seconds), stop
            )
            if denies(answer, plan.objective):
                return IntegerAnswer(message=f"{request.backend} denies a plan that holds; its bound is not used")
        return answer

    def _is_whole(self, answer: LinearAnswer) -> bool:
        values = answer.values[self._program.is_integer]
        return bool(np.abs(values - np.round(values)).max(initial=0.0) <= INTEGRALITY)

    def _fixed_at(self, answer: LinearAnswer) -> LinearAnswer | None:
        if not self._program.is_integer.any():
            return answer
        return self._fixed_at_values(answer.values)

    def _fixed_at_values(self, values: FloatArray) -> LinearAnswer | None:
        try:
            return solve_with_integers_fixed(self._warm, self._program, values, self._stop)
        finally:
            whole = np.flatnonzero(self._program.is_integer)
            self._warm.set_column_bounds(whole, self._program.lower[whole], self._program.upper[whole])

    def _finished(self) -> Solution:
        best = self._best
        if best.plan is None:
            if best.refused:
                return self._without_plan(SolutionStatus.FAILED, best.refused)
            if self._stop.reason:
                return self._without_plan(SolutionStatus.NO_SOLUTION, self._stop.reason)
            if best.lower_bound == np.inf:
                return self._without_plan(SolutionStatus.INFEASIBLE, "no whole values satisfy all rows")
            return self._without_plan(SolutionStatus.FAILED, self._message or "no plan was found")
        return Solution(
            status=SolutionStatus.OPTIMAL if best.closed else SolutionStatus.FEASIBLE,
            message=self._message,
            values=best.plan.values,
            row_duals=best.plan.row_duals,
            reduced_costs=best.plan.reduced_costs,
            relaxation_duals=self._root_duals,
            objective=best.objective,
            lower_bound=min(best.lower_bound, best.objective),
            gap=best.gap,
            violation=best.violation,
            closed_by=best.found_by if best.closed else self._stop.reason or self._ended_by or best.found_by,
            stage_seconds=self._seconds,
            linear_iterations=self._warm.iterations,
        )

    def _without_plan(self, status: SolutionStatus, message: str) -> Solution:
        return Solution(
            status,
            message,
            relaxation_duals=self._root_duals,
            lower_bound=self._best.lower_bound,
            closed_by=self._stop.reason,
            stage_seconds=self._seconds,
            linear_iterations=self._warm.iterations,
        )

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        begun = self._stop.elapsed_seconds
        self._best.tell(name)
        yield
        self._seconds[name] = self._stop.elapsed_seconds - begun
