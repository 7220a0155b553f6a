"""A plan in milliseconds: a program whose runs are held where they are, kept warm beside its relaxation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.engine.basis import Basis
from router.engine.check import INTEGRALITY
from router.engine.decided import Decided
from router.engine.dive import DiveFlavour, dive
from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.linear_program import ColumnKind, LinearProgram

AT_ONCE = DiveFlavour("held runs", share=1.0, round_up_from=0.01)
"""Everything that is left fractional is fixed in one step: instances go up, which every cover row allows."""

_MOST_STEPS = 40
"""Runs fixed one after the other for jobs that are free to choose."""

_WORTH_TURNING = 1e-5
"""Share of the plan's cost that turning switches must promise, beyond what proved empty before, to be tried."""


class HeldProgram:
    """The linear program in which each training job keeps the run that the last plan gave it.

    Where not all runs fit any more, those that do not are set free, so that no edit makes the program infeasible that
    leaves the relaxation feasible. Jobs in ``free_jobs``, jobs without a run and those whose run is gone choose anew.
    Switches (carry forward or not, which tier) stay as they are unless turning them promises to pay.
    """

    def __init__(
        self, program: LinearProgram, job_of_column: Ids, values: FloatArray, settings: EngineSettings
    ) -> None:
        self._program = program
        self._job = job_of_column
        self._settings = settings
        self._free_jobs = np.zeros(self._jobs, dtype=np.bool_)
        self._chosen, self._side, self._count = self._decided(values)
        self._empty_promise = 0.0
        self._may_drop = False
        self._warm = WarmLinearProgram(self._held(), settings.linear_backend, settings.threads, scaled=False)

    @property
    def warm(self) -> WarmLinearProgram:
        """The linear program itself, for questions about the plan (its runs held)."""
        return self._warm

    @property
    def program(self) -> LinearProgram:
        """The program with nothing held."""
        return self._program

    def hold(self, values: FloatArray) -> None:
        """From now on each job keeps the run, and each switch the side, that it has in these values (n,)."""
        self._free_jobs = np.zeros(self._jobs, dtype=np.bool_)
        self._chosen, self._side, self._count = self._decided(values)
        self._set_bounds()

    @property
    def decided(self) -> Decided:
        """What is held as it stands; a copy."""
        return Decided(self._chosen.copy(), self._side.copy(), self._count.copy(), self._empty_promise)

    def become(
        self,
        program: LinearProgram,
        job_of_column: Ids,
        column_origin: Ids,
        row_origin: Ids,
        free_jobs: BoolArray,
        decided: Decided | None = None,
    ) -> None:
        """Another program from here on. column_origin (n,), row_origin (m,): positions until now, -1 for new ones.

        job_of_column (n,): the job of each run's column, -1 for others; free_jobs (jobs,): those that choose anew.
        ``decided``: what the new program holds; left out, what was held until now.
        """
        held = self.decided.carried(program, column_origin) if decided is None else decided
        self._program, self._job = program, job_of_column
        self._chosen, self._side, self._count, self._empty_promise = (
            held.chosen,
            held.side,
            held.count,
            held.empty_promise,
        )
        self._may_drop = False
        self._free_jobs = free_jobs.copy()
        self._warm.become(self._held(), column_origin, row_origin)

    @property
    def empty_promise(self) -> float:
        """What turning switches promised to save at the last plan and did not."""
        return self._empty_promise

    def start_from(self, basis: Basis, empty_promise: float) -> None:
        """Start from the basis and the empty promise that this program ended with in an earlier session."""
        self._warm.start_from(basis)
        self._empty_promise = empty_promise

    def stand(self, stop: StopSignal) -> LinearAnswer | None:
        """The plan with everything as decided, None where that does not hold (or not yet). Nothing is changed by it."""
        run = np.where(self._chosen, self._program.upper, 0.0)
        switch_or_count = np.where(np.isfinite(self._side), self._side, self._count)
        decided = np.where(self._job >= 0, run, switch_or_count)
        return self._fixed_at(decided, np.flatnonzero(np.isfinite(decided)), stop)

    def plan(self, stop: StopSignal) -> LinearAnswer | None:
        """The cheapest plan found with the runs held, None where there is none (yet).

        Whole instances are rounded up and switches turned in one step; better ones are left to the search.
        """
        self._may_drop = False
        self._set_bounds()
        answer = self._solve(stop)
        as_before = None if answer is None or self._is_whole(answer.values) else self._with_counts_as_before(stop)
        if as_before is not None and answer is not None:
            room = self._settings.relative_gap * abs(as_before.objective)
            if as_before.objective - answer.objective <= room:
                return self._taken(as_before)
        plan = _cheaper(self._with_everything_whole(answer, stop), as_before)
        return None if plan is None else self._taken(plan)

    def _with_everything_whole(self, answer: LinearAnswer | None, stop: StopSignal) -> LinearAnswer | None:
        promise = 0.0 if answer is None else self._promise(answer)
        if answer is not None and self._is_whole(answer.values) and not self._is_worth_turning(answer, promise):
            return answer
        turned = self._with_switches_turned(answer, stop)
        if not stop.reason:
            self._empty_promise = promise if turned is answer else 0.0
        if turned is not None and self._is_whole(turned.values):
            return turned
        if turned is not None and (answer is None or turned.objective < answer.objective):
            answer = turned
        if answer is None or stop.reason:
            return None
        return answer if self._is_whole(answer.values) else self._rounded(answer, stop)

    def _rounded(self, answer: LinearAnswer, stop: StopSignal) -> LinearAnswer | None:
        """A plan with whole instances: as many as before where the answer has that many but for a fraction."""
        runs = np.flatnonzero(self._program.kind == ColumnKind.RUN)
        values = np.round(answer.values)
        whole = self._counted()
        kept = whole[np.abs(answer.values[whole] - self._count[whole]) < 1.0]
        if len(kept):
            values[kept] = self._count[kept]
            self._warm.set_column_bounds(kept, values[kept], values[kept])
            near = self._warm.solve(stop)
            if near.status is LinearStatus.OPTIMAL:
                plan = self._dive(near, np.concatenate([runs, kept]), values, stop)
                if plan is not None:
                    return plan
        self._set_bounds()
        return self._dive(answer, runs, values, stop)

    def _with_counts_as_before(self, stop: StopSignal) -> LinearAnswer | None:
        """The plan with every number of instances as it was: after a small edit it is hard to beat by rounding."""
        whole = self._counted()
        return self._fixed_at(self._count, whole, stop) if len(whole) else None

    def _fixed_at(self, values: FloatArray, columns: Ids, stop: StopSignal) -> LinearAnswer | None:
        """The answer with some columns, beyond what is held, fixed at these values (n,); None where it is not whole."""
        self._warm.set_column_bounds(columns, values[columns], values[columns])
        answer = self._warm.solve(stop)
        self._set_bounds()
        return answer if answer.status is LinearStatus.OPTIMAL and self._is_whole(answer.values) else None

    def _dive(self, start: LinearAnswer, fixed: Ids, values: FloatArray, stop: StopSignal) -> LinearAnswer | None:
        at = dict(zip(fixed.tolist(), values[fixed].tolist(), strict=True))
        return dive(self._warm, self._held(), start, AT_ONCE, np.inf, stop, self._settings, at)

    def _solve(self, stop: StopSignal) -> LinearAnswer | None:
        """The answer with a whole run, or none, for each job; switches and instances may be fractional."""
        last: Ids | None = None
        for step in range(2 * _MOST_STEPS):
            answer = self._warm.solve(stop)
            if answer.status is LinearStatus.INFEASIBLE and last is not None:
                # A fraction of this run fits, the whole does not.
                self._warm.set_column_bounds(last, 0.0, 0.0)
                last = None
                continue
            if answer.status is LinearStatus.INFEASIBLE and not self._may_drop:
                self._may_drop = True
                self._set_bounds()
                continue
            if answer.status is not LinearStatus.OPTIMAL:
                return None
            open_runs = self._fractional(answer.values, ColumnKind.RUN)
            if not len(open_runs):
                return answer
            if step >= _MOST_STEPS:
                self._warm.set_column_bounds(open_runs, 0.0, 0.0)
                continue
            last = self._settle(open_runs, answer.values)
        return None

    def _promise(self, answer: LinearAnswer) -> float:
        """What turning all held switches would save if their reduced costs held all the way; mostly less is saved."""
        held = np.flatnonzero(np.isfinite(self._side))
        cost = answer.reduced_costs[held]
        return float(np.where(self._side[held] < 0.5, np.maximum(-cost, 0.0), np.maximum(cost, 0.0)).sum())

    def _is_worth_turning(self, answer: LinearAnswer, promise: float) -> bool:
        return promise - self._empty_promise > _WORTH_TURNING * abs(answer.objective)

    def _with_switches_turned(self, held: LinearAnswer | None, stop: StopSignal) -> LinearAnswer | None:
        """Switches let go, then those that stay between their sides put to the nearer one."""
        switches = np.flatnonzero(self._program.kind == ColumnKind.SWITCH)
        if not len(switches):
            return None
        before = self._side.copy()
        self._side[switches] = np.nan
        self._set_bounds()
        answer = self._solve(stop)
        if answer is None:
            return None
        if len(self._fractional(answer.values, ColumnKind.SWITCH)):
            answer = self._with_sides(switches, answer, stop)
        if held is not None and (answer is None or answer.objective >= held.objective):
            self._side = before
            self._set_bounds()
            return held
        return answer

    def _with_sides(self, switches: Ids, loose: LinearAnswer, stop: StopSignal) -> LinearAnswer | None:
        """The answer with each switch at its nearer side, or off where that fails; ``loose`` where both fail."""
        for rounded in (np.round, np.floor):
            self._side[switches] = rounded(loose.values[switches] + INTEGRALITY)
            self._set_bounds()
            answer = self._solve(stop)
            if answer is not None:
                return answer
        self._side[switches] = np.nan
        self._set_bounds()
        return None if stop.reason else loose

    def _taken(self, answer: LinearAnswer) -> LinearAnswer:
        """The plan found; what it decides is held from now on."""
        self._chosen, self._side, self._count = self._decided(answer.values)
        self._set_bounds()
        return answer

    def _decided(self, values: FloatArray) -> tuple[BoolArray, FloatArray, FloatArray]:
        """The runs taken (n,); the side of each switch and the number of whole instances (n,), nan elsewhere."""
        kind, whole = self._program.kind, np.round(values)
        return (
            np.asarray((self._job >= 0) & (values > 0.5)),
            np.where(kind == ColumnKind.SWITCH, whole, np.nan),
            np.where(kind == ColumnKind.WHOLE, whole, np.nan),
        )

    def _counted(self) -> Ids:
        """Columns of whole instances whose number is known."""
        return np.flatnonzero((self._program.kind == ColumnKind.WHOLE) & np.isfinite(self._count))

    @property
    def _jobs(self) -> int:
        return int(self._job.max(initial=-1)) + 1

    def _fractional(self, values: FloatArray, kind: ColumnKind) -> Ids:
        return np.flatnonzero((self._program.kind == kind) & (np.abs(values - np.round(values)) > INTEGRALITY))

    def _is_whole(self, values: FloatArray) -> bool:
        whole = values[self._program.is_integer]
        return bool(np.abs(whole - np.round(whole)).max(initial=0.0) <= INTEGRALITY)

    def _settle(self, open_runs: Ids, values: FloatArray) -> Ids | None:
        """The fullest run of a free job is taken, and told; a held job that no longer fits is set free."""
        fullest = open_runs[[np.argmax(values[open_runs])]]
        job = self._job[fullest[0]]
        if self._is_free()[job]:
            self._warm.set_column_bounds(fullest, self._program.upper[fullest], self._program.upper[fullest])
            return fullest
        self._free_jobs[job] = True
        runs = np.flatnonzero(self._job == job)
        self._warm.set_column_bounds(runs, self._program.lower[runs], self._program.upper[runs])
        return None

    def _is_free(self) -> BoolArray:
        """Jobs that choose among all their runs, (jobs,)."""
        with_run = np.bincount(self._job[self._chosen], minlength=self._jobs) > 0
        return np.asarray(self._free_jobs[: self._jobs] | ~with_run)

    def _held(self) -> LinearProgram:
        lower, upper = self._program.lower.copy(), self._program.upper.copy()
        runs = np.flatnonzero(self._job >= 0)
        upper[runs[~self._is_free()[self._job[runs]] & ~self._chosen[runs]]] = 0.0
        if not self._may_drop:
            taken = np.flatnonzero(self._chosen)
            taken = taken[~self._is_free()[self._job[taken]]]
            lower[taken] = upper[taken]
        held = np.isfinite(self._side)
        lower[held] = upper[held] = self._side[held]
        return replace(self._program, lower=lower, upper=upper)

    def _set_bounds(self) -> None:
        held = self._held()
        whole = np.flatnonzero(self._program.is_integer)
        self._warm.set_column_bounds(whole, held.lower[whole], held.upper[whole])


def _cheaper(one: LinearAnswer | None, other: LinearAnswer | None) -> LinearAnswer | None:
    """The plan that costs less, if there is any."""
    if one is None or (other is not None and other.objective < one.objective):
        return other
    return one
