"""PuLP with its bundled CBC: the whole model of docs/model.md as a competent user of PuLP would write it.

`python -m tests.benchmarks.rival_pulp SCENARIO.yaml` prints the answer as one line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pulp
from pulp import LpVariable, lpSum

from tests.benchmarks.plain import (
    RELATIVE_GAP,
    THREADS,
    USD_PER_UNIT,
    Answer,
    Facts,
    most_carried_usd,
    most_missed_usd,
    most_spend_usd,
    read_facts,
    read_scenario,
)
from tests.benchmarks.plain_contracts import ContractFacts
from tests.benchmarks.rival_pulp_supply import PulpSupply, Terms, combined


class PulpModel(PulpSupply):
    """The whole problem and its variables; money in millions of US dollars."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.add_local_calls()
        self.add_migration()
        self.add_contracts()
        self.add_provider_shares()
        self.add_cash_ceilings()
        self.problem.setObjective(combined(self.cost))

    def _served_at(self, stream: str, provider: str, t: int, h: int) -> list[Any]:
        facts = self.by_name[stream]
        return [
            self.serve[spot][stream, pool, t, h]
            for spot, pools in ((False, facts.firm), (True, facts.spot))
            for pool in pools
            if self.facts.pools[pool].provider == provider
        ]

    def add_local_calls(self) -> None:
        """affinity: calls answered within a provider are free, others leave at its egress price."""
        self.by_name = {stream.name: stream for stream in self.facts.streams}
        hours = self.facts.periods.slice_hours
        answered: defaultdict[tuple[str, str, int, int], Terms] = defaultdict(list)
        for stream in self.facts.streams:
            for number, call in enumerate(stream.calls):
                providers = dict.fromkeys(self.facts.pools[pool].provider for pool in stream.firm)
                for provider in providers:
                    rate = self.facts.egress(provider) * call.gb_per_unit_hour
                    for t, h in self.steps:
                        local = LpVariable(f"local_{stream.name}_{number}_{provider}_{t}_{h}", 0)
                        agents = self._served_at(stream.name, provider, t, h)
                        self.below([(local, 1.0)] + [(v, -call.units_per_unit) for v in agents], 0)
                        self.pay(t, local, -rate * hours[t][h])
                        for variable in agents:
                            self.pay(t, variable, rate * hours[t][h] * call.units_per_unit)
                        answered[call.workload, provider, t, h].append((local, 1.0))
        streams_of: defaultdict[str, list[str]] = defaultdict(list)
        for stream in self.facts.streams:
            streams_of[stream.workload].append(stream.name)
        for (workload, provider, t, h), calls in answered.items():
            served = [v for name in streams_of[workload] for v in self._served_at(name, provider, t, h)]
            self.below(calls + [(variable, -1.0) for variable in served], 0)

    def add_migration(self) -> None:
        """migration: what leaves a pool beyond the fall of demand is paid for."""
        share = self.facts.periods.slice_share
        for number, stream in enumerate(self.facts.streams):
            if stream.migration_usd_per_unit <= 0:
                continue
            total = [sum(a * b for a, b in zip(share, row, strict=True)) for row in stream.demand]
            for place, pool in enumerate(stream.firm):
                options = [False, True] if pool in stream.spot else [False]
                for t in range(1, self.facts.periods.count):
                    moved = LpVariable(f"moved_{number}_{place}_{t}", 0)
                    self.pay(t, moved, stream.migration_usd_per_unit)
                    kept = min(1.0, total[t] / total[t - 1]) if total[t - 1] > 0 else 1.0
                    terms: Terms = [(moved, 1.0)]
                    for spot in options:
                        for h, part in enumerate(share):
                            terms.append((self.serve[spot][stream.name, pool, t, h], part))
                            terms.append((self.serve[spot][stream.name, pool, t - 1, h], -kept * part))
                    self.above(terms, 0)

    def add_contracts(self) -> None:
        """contract_spend, commitment_window and price_tiers."""
        self.spend: dict[tuple[str | None, int], Any] = {}
        for number, (key, terms) in enumerate(self.spend_terms.items()):
            self.spend[key] = LpVariable(f"spend_{number}", 0)
            self.problem += combined(terms) == self.spend[key]
        for contract in self.facts.contracts:
            spend = most_spend_usd(self.facts, contract.name)
            credits = self._add_tiers(contract, spend)
            for number, (windows, rate) in enumerate(contract.commitments):
                carried: Any = None
                most_carried = most_carried_usd(windows, spend)
                for index, window in enumerate(windows):
                    label = f"{contract.name}_{number}_{index}"
                    shortfall = LpVariable(f"shortfall_{label}", 0)
                    limit = most_carried[index] / USD_PER_UNIT
                    carry = LpVariable(f"carry_{label}", 0, limit)
                    if limit > 0:
                        carries = LpVariable(f"carries_{label}", cat=pulp.LpBinary)
                        most = most_missed_usd(window, contract.tiers, spend) / USD_PER_UNIT
                        self.problem += shortfall + most * carries <= most
                        self.problem += carry <= limit * carries
                    discount = self.facts.periods.discount[window.settled]
                    self.cost.append((shortfall, discount * rate))
                    self.settled_terms[window.settled].append((shortfall, rate))
                    terms = [(shortfall, 1.0), (carry, -1.0)]
                    terms += [
                        (self.spend[contract.name, t], share)
                        for t, share in window.share.items()
                        if (contract.name, t) in self.spend
                    ]
                    if carried is not None:
                        terms.append((carried, 1.0))
                    for share, credit in zip(window.tier_share, credits, strict=True):
                        terms += [(variable, -share * value) for variable, value in credit]
                    self.above(terms, (window.promise_usd - window.spent_usd) / USD_PER_UNIT)
                    carried = carry

    def _add_tiers(self, contract: ContractFacts, most_spend: list[float]) -> list[Terms]:
        credits: list[Terms] = []
        for number, tier in enumerate(contract.tiers):
            spend = [
                (self.spend[contract.name, t], share)
                for t, share in tier.share.items()
                if (contract.name, t) in self.spend
            ]
            edges = [usd / USD_PER_UNIT for usd in tier.lower_usd]
            most = sum(share * most_spend[t] for t, share in tier.share.items()) / USD_PER_UNIT
            edges.append(max(edges[-1], most))
            levels = range(len(tier.lower_usd))
            band = LpVariable.dicts(f"band_{contract.name}_{number}", levels, 0)
            level = LpVariable.dicts(f"level_{contract.name}_{number}", levels, cat=pulp.LpBinary)
            self.problem += lpSum(band.values()) == combined(spend)
            for k in levels:
                width = edges[k + 1] - edges[k]
                if contract.all_units:
                    self.problem += band[k] >= edges[k] * level[k]
                    self.problem += band[k] <= edges[k + 1] * level[k]
                else:
                    self.problem += band[k] <= width * level[k]
                    if k + 1 < len(levels):
                        self.problem += band[k] >= width * level[k + 1]
            if contract.all_units:
                self.problem += lpSum(level.values()) == 1
            credit = [(band[k], tier.discount[k]) for k in levels if tier.discount[k]]
            when = self.facts.periods.discount[tier.settled]
            self.cost += [(variable, -when * value) for variable, value in credit]
            self.settled_terms[tier.settled] += [(variable, -value) for variable, value in credit]
            credits.append(credit)
        return credits

    def add_provider_shares(self) -> None:
        """provider_share."""
        hours, discount = self.facts.periods.slice_hours, self.facts.periods.discount
        for number, limit in enumerate(self.facts.shares):
            for t in limit.periods:
                for h in range(len(self.facts.periods.slices)):
                    own, total = [], []
                    for name, weight in limit.weights.items():
                        for spot in (False, True):
                            for variable, value in self.use[spot][name, t, h] + self.holds[spot][name, t]:
                                total.append((variable, weight * value))
                                if self.facts.pools[name].provider == limit.provider:
                                    own.append((variable, weight * value))
                    usd = limit.penalty_usd_per_hour * hours[t][h] * discount[t] / USD_PER_UNIT
                    for kind, sign, share in (("over", 1, limit.most), ("under", -1, limit.least)):
                        if (kind == "over" and share >= 1) or (kind == "under" and share <= 0):
                            continue
                        slack = LpVariable(f"share_{kind}_{number}_{t}_{h}", 0)
                        self.cost.append((slack, usd))
                        terms = [(v, sign * value) for v, value in own]
                        terms += [(v, -sign * share * value) for v, value in total]
                        self.below([*terms, (slack, -1.0)], 0)

    def add_cash_ceilings(self) -> None:
        """cash_ceiling."""
        for number, year in enumerate(self.facts.cash):
            over = LpVariable(f"cash_over_{number}", 0)
            self.cost.append((over, self.facts.periods.discount[year.last] * year.penalty))
            terms: Terms = [(over, -1.0)]
            for t, share in year.share.items():
                terms += [(self.spend[key], share) for key in self.spend if key[1] == t]
                terms += [(variable, share * value) for variable, value in self.cash_terms[t]]
            for t in year.settled_in:
                terms += self.settled_terms[t]
            self.below(terms, year.usd / USD_PER_UNIT)


def solve(facts: Facts, gap: float = RELATIVE_GAP, *, relaxed: bool = False) -> Answer:
    """The optimum within a relative gap; ``relaxed`` gives the linear relaxation."""
    began = time.perf_counter()
    model = PulpModel(facts)
    built = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        solver = pulp.PULP_CBC_CMD(msg=False, threads=THREADS, mip=not relaxed, gapRel=gap, logPath=str(log))
        model.problem.solve(solver)
        text = log.read_text()
    ended = time.perf_counter()
    if pulp.LpStatus[model.problem.status] != "Optimal":
        raise RuntimeError(f"CBC: {pulp.LpStatus[model.problem.status]}")
    objective = float(pulp.value(model.problem.objective))
    bound = re.search(r"^Lower bound:\s+(\S+)", text, re.MULTILINE)
    return Answer(
        objective_usd=objective * USD_PER_UNIT,
        bound_usd=(float(bound.group(1)) if bound else objective) * USD_PER_UNIT,
        columns=model.problem.numVariables(),
        rows=model.problem.numConstraints(),
        reading_seconds=0.0,
        build_seconds=built - began,
        solver_seconds=ended - built,
    )


if __name__ == "__main__":
    start = time.perf_counter()
    read = read_facts(read_scenario(Path(sys.argv[1])))
    reading = time.perf_counter() - start
    sys.stdout.write(json.dumps(asdict(solve(read)) | {"reading_seconds": reading}) + "\n")
