"""Why demand is left out: the limit that caused it, in words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from router.arrays import FloatArray, Ids
from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.problem.problem import Problem

FULL = 1e-6
"""A pool counts as full when less than this share of its capacity is left."""


class Causes:
    """Reads the cause of unserved demand off a plan: what makes serving impossible, then what makes it too dear."""

    def __init__(
        self, problem: Problem, decisions: Decisions, follows: Consequences, paid_usd: Mapping[int, float]
    ) -> None:
        self._problem = problem
        self._follows = follows
        capacity = problem.pools.capacity[:, :, None]
        self._free = capacity - follows.held
        self._is_full = self._free <= FULL * np.maximum(1.0, capacity)
        self._cheapest = _cheapest_usd_per_hour(problem)
        self._rentable = _rentable(problem, decisions)
        self._paid_usd = paid_usd
        self._served = follows.served
        self._firm_pairs_of: dict[int, Ids] = {}

    def of_stream(self, stream: int, period: int, part: int) -> str:
        """Cause of the unserved demand of a stream in a period and slice."""
        pairs, pools, streams = self._problem.pairs, self._problem.pools, self._problem.streams
        mine = self._firm_pairs(stream)
        if not len(mine):
            return "no pool is eligible: selector, throughput, residency or latency leaves none"
        present = mine[pairs.present[mine, period]]
        if not len(present):
            return f"no capacity yet in the eligible pools ({_some(pools.names, pairs.pool[mine])})"
        open_pairs = present[~self._is_full[pairs.pool[present], period, part]]
        demand = streams.demand[stream, period, part]
        served = self._served[stream, :, period, part]
        missing_now = demand - served.sum()
        if missing_now <= 1e-9 * max(1.0, demand) and streams.survive[stream] > 0:
            where = f" (full: {_some(pools.names, pairs.pool[present])})" if not len(open_pairs) else ""
            return f"served today, but not enough would outlive the loss of a provider{where}"
        if not len(open_pairs):
            return f"capacity: every eligible pool is full ({_some(pools.names, pairs.pool[present])})"
        offered = open_pairs[np.isfinite(self._cheapest[pairs.pool[open_pairs], period])]
        if not len(offered):
            return f"no firm offer in the pools with room ({_some(pools.names, pairs.pool[open_pairs])})"
        unlimited = offered[self._rentable[pairs.pool[offered], period, part] > FULL]
        if not len(unlimited):
            return f"max_instances of the offers in {_some(pools.names, pairs.pool[offered])}"
        cost = self._cheapest[pairs.pool[unlimited], period] / pairs.throughput[unlimited]
        best = int(np.argmin(cost))
        value = streams.unserved_usd_per_unit_hour[stream]
        if cost[best] >= value:
            pool = pools.names[pairs.pool[unlimited[best]]]
            return f"dearer than it is worth: {cost[best]:,.4g} USD a unit-hour in {pool}, value {value:,.4g}"
        survive = streams.survive[stream]
        missing = self._follows.unserved[stream, period, part]
        if survive > 0 and survive * demand - (served.sum() - served.max()) >= missing * (1 - FULL):
            return "not enough would outlive the loss of a provider"
        return self._other_limits(period, pools.provider[pairs.pool[unlimited]])

    def _firm_pairs(self, stream: int) -> Ids:
        if stream not in self._firm_pairs_of:
            pairs = self._problem.pairs
            self._firm_pairs_of[stream] = np.flatnonzero((pairs.stream == stream) & ~pairs.spot)
        return self._firm_pairs_of[stream]

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
        possible, where = possible[np.isfinite(self._run_price(possible))], runs.pool[possible]
        if not len(possible):
            return f"no firm offer in the pools with room ({_some(pools.names, where)})"
        needed = runs.hold_share * runs.instances[runs.hold_run] * (1 - FULL)
        short = ~runs.spot[runs.hold_run] & (
            self._rentable[runs.pool[runs.hold_run], runs.hold_period].min(axis=1) < needed
        )
        possible, where = possible[~np.isin(possible, runs.hold_run[short])], runs.pool[possible]
        if not len(possible):
            return f"max_instances of the offers in {_some(pools.names, where)}"
        price = self._run_price(possible)
        cost = price * runs.instances[possible] * runs.hours[possible] + runs.transfer_usd[possible]
        value = float(self._problem.jobs.value_usd[job])
        if cost.min() >= value:
            pool = pools.names[runs.pool[possible[int(np.argmin(cost))]]]
            return f"dearer than it is worth: about {cost.min():,.0f} USD in {pool}, value {value:,.0f} USD"
        best = possible[int(np.argmin(cost))]
        return self._other_limits(int(runs.first_period[best]), pools.provider[runs.pool[possible]], float(cost.min()))

    def _run_price(self, runs: Ids) -> FloatArray:
        table = self._problem.runs
        return np.asarray(self._cheapest[table.pool[runs], table.first_period[runs]])

    def _other_limits(self, period: int, providers: Ids, cost_usd: float = 0.0) -> str:
        names = [self._problem.pools.providers[int(provider)] for provider in np.unique(providers)]
        cash = self._problem.cash
        for ceiling in np.flatnonzero(cash.by_hours[:, period] > 0):
            year = int(cash.year[ceiling])
            due = self._paid_usd.get(year, 0.0) + cost_usd * float(cash.by_hours[ceiling, period])
            if due >= float(cash.usd[ceiling]) * (1 - 1e-4):
                return f"cash ceiling of {year}: {'too little' if cost_usd else 'nothing'} is left to pay with"
        shares = self._problem.shares
        for limit in np.flatnonzero(shares.present[:, period]):
            if self._share_binds(int(limit), period, providers):
                return f"share limit {shares.names[limit]}: it binds in this period"
        return f"the last units cost more than they are worth, with what they would displace at {', '.join(names)}"

    def _share_binds(self, limit: int, period: int, providers: Ids) -> bool:
        """Whether a provider with room may take no more: itself at its largest share, or another at its smallest."""
        shares, pools = self._problem.shares, self._problem.pools
        total = shares.weight[limit] @ self._follows.held[:, period]
        of_provider = (shares.weight[limit] * shares.of_provider[limit]) @ self._follows.held[:, period]
        share = of_provider[total > 0] / total[total > 0]
        if not len(share):
            return False
        is_limited = np.isin(providers, pools.provider[shares.of_provider[limit]])
        at_largest = shares.max_share[limit] < 1 and shares.max_share[limit] - share.max() <= FULL
        at_smallest = shares.min_share[limit] > 0 and share.min() - shares.min_share[limit] <= FULL
        return bool((at_largest and is_limited.any()) or (at_smallest and not is_limited.all()))


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


def _rentable(problem: Problem, decisions: Decisions) -> FloatArray:
    """Firm instances that max_instances still leave in each pool, inf without a limit. Shape (P, T, H)."""
    lines, pools = problem.lines, problem.pools
    shape = decisions.rent.shape[1:]
    used = np.zeros((int(lines.offer.max(initial=-1)) + 1, *shape))
    np.add.at(used, lines.offer, decisions.rent)
    left = np.where(
        lines.available[:, :, None], np.maximum(0.0, lines.max_instances[:, :, None] - used[lines.offer]), 0.0
    )
    # An offer with a line under each of several contracts has its limit once.
    firm = np.flatnonzero(~lines.spot)
    offers, of_line = np.unique(np.stack([lines.pool[firm], lines.offer[firm]]), axis=1, return_inverse=True)
    by_offer = np.zeros((offers.shape[1], *shape))
    np.maximum.at(by_offer, of_line.ravel(), left[firm])
    room = np.zeros((pools.count, *shape))
    np.add.at(room, offers[0], by_offer)
    room[np.isin(np.arange(pools.count), problem.cohorts.pool)] = np.inf
    return room


def _some(names: tuple[str, ...], indices: Ids) -> str:
    unique = [names[int(index)] for index in dict.fromkeys(indices.tolist())]
    return ", ".join(unique[:3]) + (f" and {len(unique) - 3} more" if len(unique) > 3 else "")
