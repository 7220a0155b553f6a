"""The half of the PuLP rival that has to do with instances: demand, what is rented, runs, capacity."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import pulp
from pulp import LpAffineExpression, LpVariable, lpSum

from tests.benchmarks.plain import (
    USD_PER_UNIT,
    Facts,
)

Terms = list[tuple[Any, float]]


def combined(terms: Terms) -> LpAffineExpression:
    """The sum of terms; ``lpSum`` would make an expression of each term first, at three times the cost."""
    coefficients: defaultdict[Any, float] = defaultdict(float)
    for variable, value in terms:
        coefficients[variable] += value
    return LpAffineExpression(coefficients)


class PulpSupply:
    """Variables and constraints of instances; money in millions of US dollars."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.problem = pulp.LpProblem("plan", pulp.LpMinimize)
        self.cost: Terms = []
        # Terms that several constraints share, collected once: money by contract and period, cash by period,
        # money settled at a window's end, and instances by pool, period and slice.
        self.spend_terms: defaultdict[tuple[str | None, int], Terms] = defaultdict(list)
        self.cash_terms: defaultdict[int, Terms] = defaultdict(list)
        self.settled_terms: defaultdict[int, Terms] = defaultdict(list)
        self.use: dict[bool, defaultdict[tuple[str, int, int], Terms]] = {
            False: defaultdict(list),
            True: defaultdict(list),
        }
        self.pays: dict[bool, defaultdict[tuple[str, int], Terms]] = {False: defaultdict(list), True: defaultdict(list)}
        self.holds: dict[bool, defaultdict[tuple[str, int], Terms]] = {
            False: defaultdict(list),
            True: defaultdict(list),
        }
        self.rent_terms: dict[bool, defaultdict[tuple[str, int, int], Terms]] = {
            False: defaultdict(list),
            True: defaultdict(list),
        }
        self.reserved: defaultdict[tuple[str, int], Terms] = defaultdict(list)
        self.run_rental: defaultdict[tuple[str, bool, int, int], Terms] = defaultdict(list)
        self.ending: defaultdict[tuple[str, bool, int], Terms] = defaultdict(list)
        self.steps = [(t, h) for t in range(facts.periods.count) for h in range(len(facts.periods.slices))]

        self.add_streams()
        self.add_rentals()
        self.add_reservations()
        self.add_jobs()
        self.add_capacity()

    def below(self, terms: Terms, bound: float) -> None:
        """Add ``terms <= bound``."""
        self.problem += combined(terms) <= bound

    def above(self, terms: Terms, bound: float) -> None:
        """Add ``terms >= bound``."""
        self.problem += combined(terms) >= bound

    def pay(self, t: int, variable: Any, usd: float) -> None:
        """Money that leaves in a period outside of any contract: objective and cash."""
        if usd:
            self.cost.append((variable, self.facts.periods.discount[t] * usd / USD_PER_UNIT))
            self.cash_terms[t].append((variable, usd / USD_PER_UNIT))

    def add_streams(self) -> None:
        """demand_met, survive_provider_loss, spot_share, transfer to users."""
        facts, pools = self.facts, self.facts.pools
        hours, discount = facts.periods.slice_hours, facts.periods.discount
        streams = {stream.name: stream for stream in facts.streams}
        self.serve: dict[bool, Any] = {
            spot: LpVariable.dicts(
                "serve_spot" if spot else "serve",
                [
                    (stream.name, pool, t, h)
                    for stream in facts.streams
                    for pool in (stream.spot if spot else stream.firm)
                    for t, h in self.steps
                ],
                lowBound=0,
            )
            for spot in (False, True)
        }
        self.unserved = {
            (stream.name, t, h): LpVariable(f"unserved_{number}_{t}_{h}", 0, stream.demand[t][h])
            for number, stream in enumerate(facts.streams)
            for t, h in self.steps
        }
        for name, stream in streams.items():
            egress = {pool: pools[pool].egress_usd_per_gb for pool in stream.firm}
            for t, h in self.steps:
                demand = stream.demand[t][h]
                left_out = self.unserved[name, t, h]
                units = stream.value_usd_per_unit_hour * hours[t][h] * discount[t] / USD_PER_UNIT
                self.cost.append((left_out, units))
                by_pool: list[tuple[str, Any]] = []
                for spot, throughputs in ((False, stream.firm), (True, stream.spot)):
                    for pool, throughput in throughputs.items():
                        variable = self.serve[spot][name, pool, t, h]
                        by_pool.append((pool, variable))
                        self.use[spot][pool, t, h].append((variable, 1 / throughput))
                        self.pay(t, variable, egress[pool] * stream.egress_gb_per_unit_hour * hours[t][h])
                self.problem += lpSum([variable for _, variable in by_pool]) + left_out >= demand
                if stream.survive is not None:
                    for provider in {pools[pool].provider for pool in stream.firm}:
                        others = [v for pool, v in by_pool if pools[pool].provider != provider]
                        self.problem += lpSum(others) + left_out >= stream.survive * demand
                if stream.spot:
                    on_spot = [self.serve[True][name, pool, t, h] for pool in stream.spot]
                    self.problem += lpSum(on_spot) <= stream.spot_share * demand

    def add_rentals(self) -> None:
        """Lines to rent on, with offer_limit; beside whole instances the hours of runs that end (rent_run)."""
        run_ends = self.facts.run_ends
        hours, discount = self.facts.periods.slice_hours, self.facts.periods.discount
        by_offer: defaultdict[tuple[int, int, int], list[Any]] = defaultdict(list)
        most: dict[tuple[int, int, int], float] = {}
        for number, line in enumerate(self.facts.rentals):
            pool = self.facts.pools[line.pool]
            for t, h in self.steps:
                price = line.price[t]
                if price is None:
                    continue
                upper = pool.spot_capacity[t] if line.spot else None
                kind = pulp.LpInteger if pool.whole else pulp.LpContinuous
                variables = [LpVariable(f"rent_{number}_{t}_{h}", 0, upper, kind)]
                if (line.pool, line.spot, t) in run_ends:
                    variables.append(LpVariable(f"rent_run_{number}_{t}_{h}", 0))
                    self.run_rental[line.pool, line.spot, t, h].append((variables[1], 1.0))
                usd = price * hours[t][h] / USD_PER_UNIT
                for variable in variables:
                    self.cost.append((variable, discount[t] * usd))
                    self.spend_terms[line.contract, t].append((variable, usd))
                    self.rent_terms[line.spot][line.pool, t, h].append((variable, 1.0))
                if line.most[t] < math.inf:
                    by_offer[line.offer, t, h] += variables
                    most[line.offer, t, h] = line.most[t]
        for key, variables in by_offer.items():
            self.problem += lpSum(variables) <= most[key]

    def add_reservations(self) -> None:
        """Reservations, with their offer_limit."""
        discount = self.facts.periods.discount
        by_offer: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        most: dict[tuple[int, int], float] = {}
        for number, cohort in enumerate(self.facts.cohorts):
            kind = pulp.LpInteger if self.facts.pools[cohort.pool].whole else pulp.LpContinuous
            variable = LpVariable(f"reserve_{number}", 0, None, kind)
            after = discount[-1] * self.facts.reservation_share_after_horizon * cohort.after_horizon_usd
            payments = [(t, usd) for t, usd in enumerate(cohort.payment) if usd]
            self.cost.append((variable, (after + sum(discount[t] * usd for t, usd in payments)) / USD_PER_UNIT))
            for t, usd in payments:
                self.spend_terms[cohort.contract, t].append((variable, usd / USD_PER_UNIT))
            for t in cohort.covered:
                self.reserved[cohort.pool, t].append((variable, 1.0))
                if cohort.most[t] < math.inf:
                    by_offer[cohort.offer, t].append(variable)
                    most[cohort.offer, t] = cohort.most[t]
        for key, variables in by_offer.items():
            self.problem += lpSum(variables) <= most[key]

    def add_jobs(self) -> None:
        """one_run_per_job."""
        for number, job in enumerate(self.facts.jobs):
            left_out = LpVariable(f"unserved_job_{number}", 0, 1)
            when = self.facts.periods.discount[job.unserved_period]
            self.cost.append((left_out, when * job.unserved_usd / USD_PER_UNIT))
            runs = LpVariable.dicts(f"run_{number}", range(len(job.runs)), cat=pulp.LpBinary)
            for index, run in enumerate(job.runs):
                self.pay(run.first, runs[index], run.dataset_usd)
                for t, share in zip(run.touched, run.hours_share, strict=True):
                    self.pays[run.spot][run.pool, t].append((runs[index], share * run.instances))
                    self.holds[run.spot][run.pool, t].append((runs[index], float(run.instances)))
                    if share < 1:
                        self.ending[run.pool, run.spot, t].append((runs[index], -share * run.instances))
            self.problem += lpSum(runs.values()) + left_out == 1

    def add_capacity(self) -> None:
        """rental_cover, run_rental, pool_capacity, rented_capacity, spot_capacity and spot_rented."""
        for (name, spot, t, _), terms in self.run_rental.items():
            self.below(terms + self.ending[name, spot, t], 0)
        for name, pool in self.facts.pools.items():
            for t in range(self.facts.periods.count):
                reserved = self.reserved[name, t]
                has_runs = bool(self.holds[False][name, t] or self.holds[True][name, t])
                for h in range(len(self.facts.periods.slices)):
                    for spot in (False, True):
                        needed = self.use[spot][name, t, h] + self.pays[spot][name, t]
                        if needed:
                            have = self.rent_terms[spot][name, t, h] + ([] if spot else reserved)
                            self.above(have + [(variable, -value) for variable, value in needed], 0)
                    on_spot = self.use[True][name, t, h] + self.holds[True][name, t]
                    if has_runs:
                        held = self.use[False][name, t, h] + self.holds[False][name, t] + on_spot
                        self.below(held, pool.capacity[t])
                    if on_spot:
                        self.below(on_spot, pool.spot_capacity[t])
                    rented_spot = self.rent_terms[True][name, t, h]
                    if len(rented_spot) > 1:
                        self.below(rented_spot, pool.spot_capacity[t])
                    rented = self.rent_terms[False][name, t, h] + rented_spot
                    if rented or reserved:
                        self.below(rented + reserved, pool.capacity[t])
