"""Why a training job runs where and when it does: what every other candidate run would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from router.arrays import Ids
from router.engine.warm_linear_program import LinearAnswer, LinearStatus
from router.model.linear_program import ColumnKind
from router.why.charges import Charge, Pricing
from router.why.cost_split import Block, CostSplit, blocks, split
from router.why.fixed_program import NO_FRAME, FixedProgram, Frame
from router.why.limits import Limits
from router.why.plan_book import ROUND_OFF, PlanBook
from router.why.shift import Shift

_LITTLE = 1e-3
"""Share of a run that is moved to read off prices: a job that is done in part, to see which way costs go."""
LEFT_OUT = -1


@dataclass(frozen=True)
class RunPlace:
    """A candidate run; pool None: the job left out. ``run``: index in the problem, -1 where left out.

    All money is discounted to the start of the horizon, as a run may last many periods. ``cost``: the whole run at the
    plan's marginal prices. ``estimate_usd``: its cost less that of the chosen run, from duals: it costs at least that
    much more with price tiers and carry-forward as in the plan. ``exact_usd``: the difference of two solved plans, the
    other runs as they are; None where not asked for, infinite where there is no such plan. ``fits``: False where other
    runs leave no room for it. ``blocks``: the limits that make it dearer, or leave no room.
    """

    run: int
    pool: str | None
    spot: bool
    start: str
    instances: float
    accelerators: int
    hours: float
    cost: CostSplit
    estimate_usd: float
    exact_usd: float | None = None
    fits: bool = True
    blocks: tuple[Block, ...] = ()

    @property
    def name(self) -> str:
        """Pool and start; or ``left out``."""
        return "left out" if self.pool is None else f"{self.pool}{' (spot)' if self.spot else ''} from {self.start}"

    @property
    def instance_hours(self) -> float:
        """Instances times hours, 0 where left out."""
        return self.instances * self.hours

    @property
    def accelerator_hours(self) -> float:
        """Accelerators of the gang times hours, 0 where left out."""
        return self.accelerators * self.hours


@dataclass(frozen=True)
class WhyTrained:
    """The chosen run of a job (``here``; left out is a choice too) and the others, least additional cost first."""

    job: str
    here: RunPlace
    others: tuple[RunPlace, ...]


class TrainingQuestions:
    """Asks about training jobs of a plan."""

    def __init__(self, book: PlanBook, fixed: FixedProgram, limits: Limits) -> None:
        self._book = book
        self._fixed = fixed
        self._limits = limits

    def why(self, job: int, *, exact: int = 0) -> WhyTrained:
        """All candidate runs of a job. ``exact``: so many of the most promising that fit are solved for."""
        book, problem = self._book, self._book.problem
        candidates = np.flatnonzero(problem.runs.job == job)
        columns = book.model.columns.ids("run")[candidates]
        taken = candidates[np.round(book.values[columns]) == 1]
        chosen = int(taken[0]) if len(taken) else LEFT_OUT
        others = [int(run) for run in candidates if run != chosen]
        short = {run: self._without_room(run, chosen) for run in others}
        fitting = [run for run in others if not short[run]]
        frame = self._free_instances([*others, *([] if chosen == LEFT_OUT else [chosen])])
        answer = self._mixed(chosen, fitting, frame)
        here = self._place(job, chosen, chosen, answer)
        places = [self._place(job, run, chosen, answer) for run in others]
        places = [
            replace(place, fits=not short[place.run], blocks=short[place.run] or place.blocks) for place in places
        ]
        if chosen != LEFT_OUT:
            places.append(self._place(job, LEFT_OUT, chosen, answer))
        places.sort(key=lambda place: (not place.fits, place.estimate_usd, place.name))
        if exact:
            solved = self._exact([place.run for place in places if place.fits][:exact], chosen, frame)
            places = [replace(place, exact_usd=solved.get(place.run)) for place in places]
            places.sort(key=lambda place: (not place.fits, place.exact_usd is None, _known(place), place.name))
        return WhyTrained(problem.jobs.names[job], here, tuple(places))

    def _place(self, job: int, run: int, chosen: int, answer: LinearAnswer) -> RunPlace:
        book, runs = self._book, self._book.problem.runs
        usd = book.model.program.usd_per_unit
        charges = self._charges(job, run, answer)
        cost = split(charges, usd)
        known = split(self._charges(job, chosen, answer), usd) if run != chosen else cost
        difference = cost.marginal_usd - known.marginal_usd
        if run == LEFT_OUT:
            return RunPlace(LEFT_OUT, None, False, "", 0.0, 0, 0.0, cost, difference)
        found = blocks(charges, usd, book, self._limits, answer, whole_periods=True)
        return RunPlace(
            run=run,
            pool=book.problem.pools.names[runs.pool[run]],
            spot=bool(runs.spot[run]),
            start=book.period(int(runs.first_period[run])),
            instances=float(runs.instances[run]),
            accelerators=int(runs.accelerators[run]),
            hours=float(runs.hours[run]),
            cost=cost,
            estimate_usd=difference,
            blocks=tuple(found),
        )

    def _charges(self, job: int, run: int, answer: LinearAnswer) -> list[Charge]:
        pricing = Pricing(self._book, answer)
        return pricing.of_unserved_job(job) if run == LEFT_OUT else pricing.of_run(run)

    def _mixed(self, chosen: int, others: Sequence[int], frame: Frame) -> LinearAnswer:
        """The answer with a little of the chosen run given to all others: its duals price what is not used now."""
        ids = self._book.model.columns.ids("run")
        if not others:
            return self._fixed.base
        columns, amounts = ids[np.array(others)], np.full(len(others), 1.0 / len(others))
        if chosen != LEFT_OUT:
            columns, amounts = np.append(columns, ids[chosen]), np.append(amounts, -1.0)
        shift = Shift(columns=columns, lower=amounts, upper=amounts)
        for share in (_LITTLE, _LITTLE / 100.0):
            answer = self._fixed.solve(shift, share, frame)
            if answer.status is LinearStatus.OPTIMAL:
                return answer
        return self._fixed.base

    def _exact(self, runs: Sequence[int], chosen: int, frame: Frame) -> dict[int, float]:
        """USD by which the plan with each run is dearer than with the chosen one; infinite where there is none."""
        before = self._objective(frame)
        ids = self._book.model.columns.ids("run")
        found = {}
        for run in runs:
            swapped = [(ids[each], value) for each, value in ((chosen, 0.0), (run, 1.0)) if each != LEFT_OUT]
            columns = np.array([column for column, _ in swapped], dtype=np.int64)
            values = np.array([value for _, value in swapped])
            after = self._objective(frame.also(Frame(columns, values, values)))
            found[run] = (after - before) * self._book.model.program.usd_per_unit
        return found

    def _objective(self, frame: Frame) -> float:
        """The best cost in a frame: with price tiers and carry-forward as in the plan, or as the spend asks for."""
        answer = self._fixed.solve(Shift(), 0.0, frame)
        best = answer.objective if answer.status is LinearStatus.OPTIMAL else inf
        program = self._book.model.program
        switches = np.flatnonzero(program.kind == ColumnKind.SWITCH)
        if not len(switches):
            return best
        freed = frame.also(Frame(switches, program.lower[switches], program.upper[switches]))
        relaxed = self._fixed.solve(Shift(), 0.0, freed)
        if relaxed.status is not LinearStatus.OPTIMAL:
            return best
        values = np.round(relaxed.values[switches])
        rounded = self._fixed.solve(Shift(), 0.0, frame.also(Frame(switches, values, values)))
        return min(best, rounded.objective) if rounded.status is LinearStatus.OPTIMAL else best

    def _free_instances(self, runs: Sequence[int]) -> Frame:
        """Whole instances of the pools that these runs hold may be rented in fractions while they last."""
        table, book = self._book.problem.runs, self._book
        mine = np.isin(table.hold_run, np.array(runs, dtype=np.int64))
        held = np.zeros(book.problem.pools.capacity.shape, dtype=bool)
        held[table.pool[table.hold_run[mine]], table.hold_period[mine]] = True
        held &= book.problem.pools.whole[:, None]
        if not held.any():
            return NO_FRAME
        ids: Ids = book.model.columns.ids("rent")
        columns = ids[held[book.problem.lines.pool]].ravel()
        columns = columns[columns >= 0]
        return Frame(columns, book.model.program.lower[columns], book.model.program.upper[columns])

    def _without_room(self, run: int, chosen: int) -> tuple[Block, ...]:
        """The capacities that the other runs leave too little of for this one."""
        book, runs = self._book, self._book.problem.runs
        pool = int(runs.pool[run])
        periods = runs.hold_period[runs.hold_run == run]
        own = np.zeros(len(book.problem.calendar.starts))
        if chosen != LEFT_OUT and runs.pool[chosen] == pool:
            own[runs.hold_period[runs.hold_run == chosen]] = runs.instances[chosen]
        capacity = book.problem.pools.capacity[pool]
        left = capacity - book.held_by_runs[pool] + own
        full = [int(period) for period in periods if left[period] < runs.instances[run] - ROUND_OFF * capacity[period]]
        found = []
        for period in full:
            limit = replace(self._limits.capacity(pool, period), left=float(left[period]))
            found.append(Block(limit, inf, inf))
        return tuple(found)


def _known(place: RunPlace) -> float:
    return place.estimate_usd if place.exact_usd is None else place.exact_usd
