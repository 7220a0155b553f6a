"""Why demand is left out: the limit that caused it, in words."""

from __future__ import annotations

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.problem.problem import Problem

FULL = 1e-6
"""A pool counts as full when less than this share of its capacity is left."""


class Causes:
    """Reads the cause of unserved demand off a plan: what makes serving impossible, then what makes it too dear."""

    def __init__(
        self, problem: Problem, decisions: Decisions, follows: Consequences, paid_usd: dict[int, float]
    ) -> None:
        self._problem = problem
        self._follows = follows
        capacity = problem.pools.capacity[:, :, None]
        self._free = capacity - follows.held
        self._is_full = self._free <= FULL * np.maximum(1.0, capacity)
        self._cheapest = _cheapest_usd_per_hour(problem)
        self._limited = _limited_out(problem, decisions)
        self._bound_years = _bound_years(problem, paid_usd)
        self._served = np.zeros(problem.streams.demand.shape)
        np.add.at(self._served, problem.pairs.stream, decisions.serve)

    def of_stream(self, stream: int, period: int, part: int) -> str:
        """Cause of the unserved demand of a stream in a period and slice."""
        pairs, pools, streams = self._problem.pairs, self._problem.pools, self._problem.streams
        mine = np.flatnonzero((pairs.stream == stream) & ~pairs.spot)
        if not len(mine):
            return "no pool is eligible: selector, throughput, residency or latency leaves none"
        present = mine[pairs.present[mine, period]]
        if not len(present):
            return f"no capacity yet in the eligible pools ({_some(pools.names, pairs.pool[mine])})"
        open_pairs = present[~self._is_full[pairs.pool[present], period, part]]
        demand = streams.demand[stream, period, part]
        missing_now = demand - self._served[stream, period, part]
        if missing_now <= 1e-9 * max(1.0, demand) and streams.survive[stream] > 0:
            where = f" (full: {_some(pools.names, pairs.pool[present])})" if not len(open_pairs) else ""
            return f"served today, but not enough would outlive the loss of a provider{where}"
        if not len(open_pairs):
            return f"capacity: every eligible pool is full ({_some(pools.names, pairs.pool[present])})"
        offered = open_pairs[np.isfinite(self._cheapest[pairs.pool[open_pairs], period])]
        if not len(offered):
            return f"no firm offer in the pools with room ({_some(pools.names, pairs.pool[open_pairs])})"
        unlimited = offered[~self._limited[pairs.pool[offered], period, part]]
        if not len(unlimited):
            return f"max_instances of the offers in {_some(pools.names, pairs.pool[offered])}"
        cost = self._cheapest[pairs.pool[unlimited], period] / pairs.throughput[unlimited]
        best = int(np.argmin(cost))
        value = streams.unserved_usd_per_unit_hour[stream]
        if cost[best] >= value:
            pool = pools.names[pairs.pool[unlimited[best]]]
            return f"dearer than it is worth: {cost[best]:,.4g} USD a unit-hour in {pool}, value {value:,.4g}"
        return self._other_limits(period, pools.provider[pairs.pool[unlimited]])

    def of_job(self, job: int) -> str:
        """Cause of an unserved training job."""
        runs, pools = self._problem.runs, self._problem.pools
        mine = np.flatnonzero(runs.job == job)
        if not len(mine):
            return "no pool holds any of its gangs long enough between earliest start and deadline"
        keep = np.isin(runs.hold_run, mine)
        run, period = runs.hold_run[keep], runs.hold_period[keep]
        free = self._free[runs.pool[run], period].min(axis=1)
        blocked = np.zeros(runs.count, dtype=bool)
        blocked[run[free < runs.instances[run] * (1 - FULL)]] = True
        possible = mine[~blocked[mine]]
        if not len(possible):
            return f"capacity: no eligible pool has room for a gang in time ({_some(pools.names, runs.pool[mine])})"
        price = np.where(np.isfinite(self._cheapest), self._cheapest, np.inf)[
            runs.pool[possible], runs.first_period[possible]
        ]
        cost = price * runs.instances[possible] * runs.hours[possible] + runs.transfer_usd[possible]
        value = float(self._problem.jobs.value_usd[job])
        if cost.min() >= value:
            pool = pools.names[runs.pool[possible[int(np.argmin(cost))]]]
            return f"dearer than it is worth: about {cost.min():,.0f} USD in {pool}, value {value:,.0f} USD"
        best = possible[int(np.argmin(cost))]
        return self._other_limits(int(runs.first_period[best]), pools.provider[runs.pool[possible]])

    def _other_limits(self, period: int, providers: Ids) -> str:
        names = [self._problem.pools.providers[int(provider)] for provider in np.unique(providers)]
        for ceiling in np.flatnonzero(self._problem.cash.by_hours[:, period] > 0):
            if self._bound_years[ceiling]:
                return f"cash ceiling of {self._problem.cash.year[ceiling]}: nothing is left to pay with"
        shares = self._problem.shares
        for limit in np.flatnonzero(shares.present[:, period]):
            excess = self._share_room(int(limit), period)
            if excess <= FULL:
                return f"share limit {shares.names[limit]}: it binds in this period"
        return f"the last units cost more than they are worth, with what they would displace at {', '.join(names)}"

    def _share_room(self, limit: int, period: int) -> float:
        shares = self._problem.shares
        held = self._follows.held[:, period]
        total = float((shares.weight[limit] @ held).max())
        if total <= 0:
            return np.inf
        of_provider = (shares.weight[limit] * shares.of_provider[limit]) @ held
        share = of_provider / np.maximum(shares.weight[limit] @ held, 1e-12)
        return float(min(shares.max_share[limit] - share.max(), share.min() - shares.min_share[limit]))


def _cheapest_usd_per_hour(problem: Problem) -> FloatArray:
    """Lowest firm rental price in each pool and period, inf where nothing is offered. Shape (P, T)."""
    lines = problem.lines
    price = np.full(problem.pools.capacity.shape, np.inf)
    firm = ~lines.spot
    offered = np.where(lines.available, lines.price_usd_per_hour, np.inf)[firm]
    np.minimum.at(price, lines.pool[firm], offered)
    cohorts = problem.cohorts
    first = cohorts.first_period
    np.minimum.at(price, (cohorts.pool, first), cohorts.price_usd_per_hour)
    return price


def _limited_out(problem: Problem, decisions: Decisions) -> BoolArray:
    """Pools, periods and slices in which every firm offer is at its max_instances. Shape (P, T, H)."""
    lines = problem.lines
    shape = decisions.rent.shape
    offers = int(lines.offer.max()) + 1 if len(lines.offer) else 0
    used = np.zeros((offers, *shape[1:]))
    np.add.at(used, lines.offer, decisions.rent)
    has_room = lines.available[:, :, None] & (used[lines.offer] < lines.max_instances[:, :, None] * (1 - FULL))
    room = np.zeros((problem.pools.count, *shape[1:]), dtype=bool)
    np.logical_or.at(room, lines.pool[~lines.spot], has_room[~lines.spot])
    reservable = np.isin(np.arange(problem.pools.count), problem.cohorts.pool)
    return np.asarray(~room & ~reservable[:, None, None])


def _bound_years(problem: Problem, paid_usd: dict[int, float]) -> list[bool]:
    cash = problem.cash
    return [
        paid_usd.get(int(year), 0.0) >= float(ceiling) * (1 - 1e-4)
        for year, ceiling in zip(cash.year, cash.usd, strict=True)
    ]


def _some(names: tuple[str, ...], indices: Ids) -> str:
    unique = [names[int(index)] for index in dict.fromkeys(indices.tolist())]
    return ", ".join(unique[:3]) + (f" and {len(unique) - 3} more" if len(unique) > 3 else "")
