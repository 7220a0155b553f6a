"""Why a workload is where it is and what limits are worth: one plan, asked any number of questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.model import Model
from router.why.fixed_program import FixedProgram
from router.why.limit import Limit
from router.why.limits import Limits
from router.why.plan_book import ROUND_OFF, PlanBook
from router.why.serving import ServingQuestions, WhyServed
from router.why.training import TrainingQuestions, WhyTrained
from router.why.worth import Worth, worth_of


class Explainer:
    """Questions about a plan of a model, answered from the duals of its linear program with runs, whole instances and
    price tiers fixed at the plan.

    ``values`` (n,): the plan's columns (``Solution.values``). ``warm``: a live program of ``model.program`` to solve
    on, whose whole-number columns stay fixed until ``release``; without one, the first solve starts cold. Indices are
    those of ``model.problem``. Not safe for two threads at once. Raises NoPricesError where there is no solving it.
    """

    def __init__(
        self,
        model: Model,
        values: FloatArray,
        warm: WarmLinearProgram | None = None,
        stop: StopSignal | None = None,
    ) -> None:
        self.book = PlanBook(model, values)
        self.fixed = FixedProgram(model.program, values, warm, stop)
        self.limits = Limits(self.book)
        self._serving = ServingQuestions(self.book, self.fixed, self.limits)
        self._training = TrainingQuestions(self.book, self.fixed, self.limits)

    def release(self) -> None:
        """Give the live program the bounds back that it had."""
        self.fixed.release()

    def served(self, stream: int, period: int, part: int, here: int | None = None) -> WhyServed:
        """Every place of a stream in a period and slice; ``here``: a pair, by default the one that serves most."""
        return self._serving.why(stream, period, part, here)

    def trained(self, job: int, *, exact: int = 0) -> WhyTrained:
        """Every candidate run of a job; ``exact``: so many of them are solved for."""
        return self._training.why(job, exact=exact)

    def worth(self, limit: Limit, *, ranges: bool = True) -> Worth:
        """What one more and one fewer of a limit changes and, with ``ranges``, how far that holds."""
        return worth_of(limit, self.book, self.fixed, ranges=ranges)

    def contract(self, contract: int, *, ranges: bool = True) -> list[Worth]:
        """The commitment windows of a contract."""
        mine = np.flatnonzero(self.book.problem.windows.contract == contract)
        return [self.worth(self.limits.commitment(int(window)), ranges=ranges) for window in mine]

    def biggest(
        self,
        streams: Sequence[int] | None = None,
        period: int | None = None,
        part: int | None = None,
        pool: int | None = None,
    ) -> tuple[int, int, int, int] | None:
        """(stream, period, slice, pair) of the allocation with the highest rent among those asked for.

        Where nothing is served there, the place with the most demand, with pair -1; None where there is no demand.
        """
        found = self._ranked(streams, period, part, pool)
        if found:
            return found[0]
        demand = self.book.problem.streams.demand * self.book.problem.calendar.slice_hours[None]
        demand = np.where(self._asked(demand.shape, streams, period, part), demand, 0.0)
        if demand.max(initial=0.0) <= 0:
            return None
        s, t, h = (int(axis) for axis in np.unravel_index(int(np.argmax(demand)), demand.shape))
        return s, t, h, -1

    def biggest_allocations(self, most: int) -> list[tuple[int, int, int, int]]:
        """(stream, period, slice, pair) of the biggest allocation of each stream, biggest first."""
        best: dict[int, tuple[int, int, int, int]] = {}
        for found in self._ranked(None, None, None, None):
            best.setdefault(found[0], found)
        return list(best.values())[:most]

    def scarce_pools(self, most: int) -> list[Limit]:
        """Capacities of pools and periods that are worth most in all, by the plan's own duals."""
        book, base = self.book, self.fixed.base
        capacity = book.problem.pools.capacity
        full = capacity - book.used.max(axis=2) <= ROUND_OFF * np.maximum(1.0, capacity)
        candidates = np.argwhere(full & (capacity > 0))
        discount = book.problem.calendar.discount
        worth = [
            (-self.limits.capacity(p, t).shift.slope(base) * capacity[p, t] / discount[t], p, t)
            for p, t in candidates.tolist()
        ]
        best: dict[int, tuple[float, int]] = {}
        for value, p, t in sorted(worth, reverse=True):
            if value > 0:
                best.setdefault(p, (value, t))
        return [self.limits.capacity(p, t) for p, (_, t) in list(best.items())[:most]]

    def _ranked(
        self, streams: Sequence[int] | None, period: int | None, part: int | None, pool: int | None
    ) -> list[tuple[int, int, int, int]]:
        book, pairs = self.book, self.book.problem.pairs
        hours = book.served / pairs.throughput[:, None, None] * book.problem.calendar.slice_hours[None]
        rent = hours * self._rent_usd_per_hour()[:, :, None]
        asked = self._asked((book.problem.streams.count, *hours.shape[1:]), streams, period, part)[pairs.stream]
        if pool is not None:
            asked = asked & (pairs.pool == pool)[:, None, None]
        rent = np.where(asked, rent, 0.0)
        places = np.argwhere(rent > ROUND_OFF * max(1e-9, float(rent.max(initial=0.0))))
        order = np.argsort(-rent[tuple(places.T)], kind="stable")
        return [(int(pairs.stream[n]), t, h, n) for n, t, h in places[order].tolist()]

    def _rent_usd_per_hour(self) -> FloatArray:
        """The dearest line of each pair's pool, discounted, or a cent where it has none, shape (N, T)."""
        lines, pairs, calendar = self.book.problem.lines, self.book.problem.pairs, self.book.problem.calendar
        price = np.full((2, *self.book.problem.pools.capacity.shape), 0.01)
        known = np.where(lines.available, lines.price_usd_per_hour, 0.0)
        np.maximum.at(price, (lines.spot.astype(int), lines.pool), known)
        return np.asarray(price[pairs.spot.astype(int), pairs.pool] * calendar.discount)

    @staticmethod
    def _asked(
        shape: tuple[int, ...], streams: Sequence[int] | None, period: int | None, part: int | None
    ) -> BoolArray:
        asked = np.ones(shape, dtype=bool)
        given = (streams, None if period is None else [period], None if part is None else [part])
        for axis, wanted in enumerate(given):
            if wanted is not None:
                keep = np.isin(np.arange(shape[axis]), wanted)
                asked &= keep.reshape([-1 if axis == other else 1 for other in range(3)])
        return asked
