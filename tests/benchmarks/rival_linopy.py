"""linopy with HiGHS: the whole model of docs/model.md, vectorised as a competent user of linopy would write it.

`python -m tests.benchmarks.rival_linopy SCENARIO.yaml` prints the answer as one line of JSON.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

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
from tests.benchmarks.plain_demand import CallFacts
from tests.benchmarks.rival_linopy_supply import LinopySupply, grouped, total


class LinopyModel(LinopySupply):
    """The whole model and its variables; money in millions of US dollars."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.add_local_calls()
        self.add_migration()
        self.add_contracts()
        self.add_provider_shares()
        self.add_cash_ceilings()
        self.model.add_objective(sum(self.cost[1:], self.cost[0]))

    def add_local_calls(self) -> None:
        """affinity."""
        calls: list[tuple[CallFacts, str]] = []
        rows: list[int] = []
        labels: list[int] = []
        table = self.table
        for stream in self.facts.streams:
            mine = table[table["stream"] == stream.name]
            for call in stream.calls:
                for provider in mine["provider"].unique():
                    here = mine.index[mine["provider"] == provider]
                    rows += [int(row) for row in here]
                    labels += [len(calls)] * len(here)
                    calls.append((call, str(provider)))
        if not calls:
            return
        index = pd.RangeIndex(len(calls), name="call")
        local = self.model.add_variables(lower=0, coords=[index, self.t, self.h], name="local")
        units = np.array([call.units_per_unit for call, _ in calls])
        usd = np.array([self.facts.egress(provider) * call.gb_per_unit_hour for call, provider in calls])
        called = grouped(self.serve, "serving", rows, "call", labels, units[labels])
        self.model.add_constraints(total(1 * local, -1 * called) <= 0, name="local_within_calls")
        rate = xr.DataArray(usd, dims="call", coords=[index]) * self.hours
        self.pay((total(called, -1 * local) * rate).sum(["call", "slice"]))

        keys = [f"{call.workload}@{provider}" for call, provider in calls]
        answered = grouped(local, "call", list(index), "place", keys)
        place = table["workload"] + "@" + table["provider"]
        here = list(np.flatnonzero(place.isin(keys)))
        served = grouped(self.serve, "serving", here, "place", list(place[here]))
        served = None if served is None else -1 * served
        self.model.add_constraints(total(answered, served) <= 0, name="local_within_service")

    def add_migration(self) -> None:
        """migration."""
        prices = {s.name: s.migration_usd_per_unit for s in self.facts.streams if s.migration_usd_per_unit > 0}
        table = self.table[self.table["stream"].isin(list(prices))]
        if not len(table) or len(self.t) < 2:
            return
        pair = table["stream"] + "|" + table["pool"]
        units = grouped(self.serve, "serving", list(table.index), "pair", list(pair))
        units = (units * self.slice_share).sum("slice")
        names = units.coords["pair"].values
        index = pd.Index(names, name="pair")
        moved = self.model.add_variables(lower=0, coords=[index, self.t[1:]], name="moved")
        stream = [name.split("|")[0] for name in names]
        total_demand = (self.demand * self.slice_share).sum("slice").sel(stream=stream).values
        before, now = total_demand[:, :-1], total_demand[:, 1:]
        share = np.where(before > 0, np.minimum(1.0, now / np.where(before > 0, before, 1.0)), 1.0)
        kept = xr.DataArray(share, dims=("pair", "period"), coords=[index, self.t[1:]])
        earlier = units.isel(period=slice(None, -1)).assign_coords(period=self.t[1:])
        self.model.add_constraints(moved + units.isel(period=slice(1, None)) - kept * earlier >= 0, name="migration")
        usd = xr.DataArray([prices[name] / USD_PER_UNIT for name in stream], dims="pair", coords=[index])
        self.pay((moved * usd).sum("pair"))

    def _spend_within(self, contract: str, share: dict[int, float]) -> Any:
        when = list(share)
        weight = xr.DataArray(list(share.values()), dims="period", coords={"period": when})
        return (self.spend.sel(contract=contract, period=when) * weight).sum()

    def add_contracts(self) -> None:
        """commitment_window and price_tiers."""
        for contract in self.facts.contracts:
            spend = most_spend_usd(self.facts, contract.name)
            credits = [self._add_tier(contract, number, spend) for number in range(len(contract.tiers))]
            for number, (windows, rate) in enumerate(contract.commitments):
                if not windows:
                    continue
                index = pd.RangeIndex(len(windows), name="window")
                name = f"{contract.name}_{number}"
                limit = np.array(most_carried_usd(windows, spend)) / USD_PER_UNIT
                carry = self.model.add_variables(
                    lower=0, upper=xr.DataArray(limit, coords=[index]), name=f"carry_{name}"
                )
                short = self.model.add_variables(lower=0, coords=[index], name=f"shortfall_{name}")
                with_carry = np.flatnonzero(limit > 0)
                if len(with_carry):
                    some = index[with_carry]
                    carries = self.model.add_variables(binary=True, coords=[some], name=f"carries_{name}")
                    missed_usd = [most_missed_usd(windows[w], contract.tiers, spend) for w in with_carry]
                    most = xr.DataArray(np.array(missed_usd) / USD_PER_UNIT, coords=[some])
                    most_carry = xr.DataArray(limit[with_carry], coords=[some])
                    self.model.add_constraints(
                        short.sel(window=some) + most * carries <= most, name=f"shortfall_or_none_{name}"
                    )
                    self.model.add_constraints(
                        carry.sel(window=some) - most_carry * carries <= 0, name=f"carry_or_none_{name}"
                    )
                for place, window in enumerate(windows):
                    missed = short.sel(window=place)
                    self.cost.append(1 * missed * (rate * self.facts.periods.discount[window.settled]))
                    self.settled.append((window.settled, 1 * missed * rate))
                    left = self._spend_within(contract.name, window.share) + missed - carry.sel(window=place)
                    if place:
                        left = left + carry.sel(window=place - 1)
                    for share, credit in zip(window.tier_share, credits, strict=True):
                        left = left - share * credit
                    promise = (window.promise_usd - window.spent_usd) / USD_PER_UNIT
                    self.model.add_constraints(left >= promise, name=f"commitment_{name}_{place}")

    def _add_tier(self, contract: ContractFacts, number: int, most_spend: list[float]) -> Any:
        tier = contract.tiers[number]
        edges = np.array(tier.lower_usd) / USD_PER_UNIT
        most = sum(share * most_spend[t] for t, share in tier.share.items()) / USD_PER_UNIT
        top = max(edges[-1], most)
        index = pd.RangeIndex(len(edges), name="level")
        low = xr.DataArray(edges, coords=[index])
        high = xr.DataArray(np.append(edges[1:], top), coords=[index])
        name = f"{contract.name}_{number}"
        band = self.model.add_variables(lower=0, coords=[index], name=f"band_{name}")
        level = self.model.add_variables(binary=True, coords=[index], name=f"level_{name}")
        spend = self._spend_within(contract.name, tier.share)
        self.model.add_constraints(band.sum() - spend == 0, name=f"tier_spend_{name}")
        if contract.all_units:
            self.model.add_constraints(band - low * level >= 0, name=f"tier_low_{name}")
            self.model.add_constraints(band - high * level <= 0, name=f"tier_high_{name}")
            self.model.add_constraints(level.sum() == 1, name=f"tier_one_{name}")
        else:
            self.model.add_constraints(band - (high - low) * level <= 0, name=f"tier_high_{name}")
            for k in range(len(edges) - 1):
                full = band.sel(level=k) - float(edges[k + 1] - edges[k]) * level.sel(level=k + 1)
                self.model.add_constraints(full >= 0, name=f"tier_full_{name}_{k}")
        credit = (band * xr.DataArray(tier.discount, coords=[index])).sum()
        self.cost.append(-self.facts.periods.discount[tier.settled] * credit)
        self.settled.append((tier.settled, -1 * credit))
        return credit

    def add_provider_shares(self) -> None:
        """provider_share."""
        for number, limit in enumerate(self.facts.shares):
            names = [name for name in self.held.coords["pool"].values if name in limit.weights]
            if not names or not limit.periods:
                continue
            index = pd.Index(names, name="pool")
            own = np.array([self.facts.pools[name].provider == limit.provider for name in names], dtype=float)
            weight = np.array([limit.weights[name] for name in names])
            held = self.held.sel(pool=names, period=limit.periods)
            for kind, sign, share in (("over", 1, limit.most), ("under", -1, limit.least)):
                if (kind == "over" and share >= 1) or (kind == "under" and share <= 0):
                    continue
                slack = self.model.add_variables(
                    lower=0, coords=[self.t[limit.periods], self.h], name=f"share_{kind}_{number}"
                )
                usd = limit.penalty_usd_per_hour * self.hours * self.discount
                self.cost.append((slack * usd.sel(period=limit.periods)).sum())
                factor = xr.DataArray(sign * weight * (own - share), dims="pool", coords=[index])
                self.model.add_constraints((held * factor).sum("pool") - slack <= 0, name=f"share_{kind}_{number}")

    def add_cash_ceilings(self) -> None:
        """cash_ceiling."""
        for number, year in enumerate(self.facts.cash):
            over = self.model.add_variables(lower=0, name=f"cash_over_{number}")
            self.cost.append(1 * over * (self.facts.periods.discount[year.last] * year.penalty))
            paid = -1 * over
            for expression in [self.spend.sum("contract"), *self.cash]:
                when = [t for t in year.share if t in expression.coords["period"].values]
                if when:
                    share = xr.DataArray([year.share[t] for t in when], dims="period", coords={"period": when})
                    paid = paid + (expression.sel(period=when) * share).sum()
            for t, expression in self.settled:
                if t in year.settled_in:
                    paid = paid + expression
            self.model.add_constraints(paid <= year.usd / USD_PER_UNIT, name=f"cash_ceiling_{number}")


def solve(facts: Facts, gap: float = RELATIVE_GAP, *, relaxed: bool = False) -> Answer:
    """The optimum within a relative gap; ``relaxed`` gives the linear relaxation."""
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LinopyModel(facts).model
        if relaxed:
            model.variables.relax()
    built = time.perf_counter()
    options: dict[str, Any] = {"mip_rel_gap": gap, "threads": THREADS, "output_flag": False}
    with contextlib.redirect_stdout(sys.stderr):
        status, condition = model.solve(solver_name="highs", io_api="direct", progress=False, **options)
    ended = time.perf_counter()
    if status != "ok":
        raise RuntimeError(f"HiGHS: {condition}")
    value = model.objective.value
    if value is None:
        raise RuntimeError("HiGHS: no objective")
    objective = float(value)
    info = model.solver_model.getInfo()
    is_mip = len(model.binaries) + len(model.integers) > 0
    return Answer(
        objective_usd=objective * USD_PER_UNIT,
        bound_usd=(float(info.mip_dual_bound) if is_mip else objective) * USD_PER_UNIT,
        columns=int(model.nvars),
        rows=int(model.ncons),
        reading_seconds=0.0,
        build_seconds=built - began,
        solver_seconds=ended - built,
    )


if __name__ == "__main__":
    start = time.perf_counter()
    read = read_facts(read_scenario(Path(sys.argv[1])))
    reading = time.perf_counter() - start
    sys.stdout.write(json.dumps(asdict(solve(read)) | {"reading_seconds": reading}) + "\n")
