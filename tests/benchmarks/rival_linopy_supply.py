"""The half of the linopy rival that has to do with instances: demand, what is rented, runs, capacity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from tests.benchmarks.plain import (
    USD_PER_UNIT,
    Facts,
)

NO_CONTRACT = "-"
STEP = ("period", "slice")


def total(*parts: Any) -> Any:
    """The sum of expressions that may lack some labels of each other; None stands for nothing."""
    present = [1 * part for part in parts if part is not None]
    return reduce(lambda left, right: left.add(right, join="outer"), present) if present else None


def grouped(variable: Any, dimension: str, rows: Sequence[Any], key: str, labels: list[Any], values: Any = 1.0) -> Any:
    """``values * variable[rows]`` summed by label. ``values`` has the dimension's name, or is a number."""
    if not rows:
        return None
    picked = xr.DataArray(rows, dims="entry", coords={"entry": np.arange(len(rows))})
    weight = xr.DataArray(np.broadcast_to(values, len(rows)), dims="entry", coords={"entry": np.arange(len(rows))})
    label = xr.DataArray(labels, dims="entry", coords={"entry": np.arange(len(rows))}, name=key)
    expression = (weight * variable.isel({dimension: picked})).drop_vars(dimension, errors="ignore")
    return expression.groupby(label).sum()


class LinopySupply:
    """Variables and constraints of instances; money in millions of US dollars."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        periods = facts.periods
        self.model = linopy.Model()
        self.t = pd.RangeIndex(periods.count, name="period")
        self.h = pd.Index(periods.slices, name="slice")
        self.p = pd.Index(list(facts.pools), name="pool")
        steps = [self.t, self.h]
        self.hours = xr.DataArray(periods.slice_hours, dims=STEP, coords=steps) / USD_PER_UNIT
        self.discount = xr.DataArray(periods.discount, dims="period", coords=[self.t])
        self.slice_share = xr.DataArray(periods.slice_share, dims="slice", coords=[self.h])
        pools = facts.pools.values()
        self.capacity = xr.DataArray([p.capacity for p in pools], dims=("pool", "period"), coords=[self.p, self.t])
        self.spot_capacity = xr.DataArray(
            [p.spot_capacity for p in pools], dims=("pool", "period"), coords=[self.p, self.t]
        )
        self.cost: list[Any] = []
        self.cash: list[Any] = []
        self.settled: list[tuple[int, Any]] = []

        self.add_streams()
        self.add_rentals()
        self.add_jobs()
        self.add_capacity()

    def pay(self, expression: Any) -> None:
        """Money by period outside of any contract: objective and cash."""
        self.cost.append((self.discount * expression).sum())
        self.cash.append(expression)

    def add_streams(self) -> None:
        """demand_met, survive_provider_loss, spot_share, transfer to users."""
        facts = self.facts
        table = pd.DataFrame(
            [
                (
                    stream.name,
                    stream.workload,
                    pool,
                    facts.pools[pool].provider,
                    spot,
                    units,
                    stream.egress_gb_per_unit_hour * facts.pools[pool].egress_usd_per_gb,
                )
                for stream in facts.streams
                for spot, throughputs in ((False, stream.firm), (True, stream.spot))
                for pool, units in throughputs.items()
            ],
            columns=["stream", "workload", "pool", "provider", "spot", "units", "egress"],
        )
        self.table = table
        serving = pd.RangeIndex(len(table), name="serving")
        stream_index = pd.Index([stream.name for stream in facts.streams], name="stream")
        demand = xr.DataArray(
            [stream.demand for stream in facts.streams],
            dims=("stream", *STEP),
            coords=[stream_index, self.t, self.h],
        )
        self.demand = demand
        self.serve = self.model.add_variables(lower=0, coords=[serving, self.t, self.h], name="serve")
        self.unserved = self.model.add_variables(lower=0, upper=demand, name="unserved")
        value = xr.DataArray([s.value_usd_per_unit_hour for s in facts.streams], dims="stream", coords=[stream_index])
        self.cost.append((self.unserved * value * self.hours * self.discount).sum())
        paid = np.flatnonzero(table["egress"] > 0)
        if len(paid):
            egress = xr.DataArray(table["egress"].to_numpy()[paid], dims="serving", coords=[serving[paid]])
            self.pay((self.serve.isel(serving=paid) * egress * self.hours).sum(["serving", "slice"]))

        everything = list(range(len(table)))
        served = grouped(self.serve, "serving", everything, "stream", list(table["stream"]))
        self.model.add_constraints(total(served, self.unserved) >= demand, name="demand_met")
        on_spot = list(np.flatnonzero(table["spot"]))
        if on_spot:
            share = xr.DataArray([s.spot_share for s in facts.streams], dims="stream", coords=[stream_index])
            spot_served = grouped(self.serve, "serving", on_spot, "stream", list(table["stream"][on_spot]))
            limit = (share * demand).sel(stream=spot_served.coords["stream"])
            self.model.add_constraints(spot_served <= limit, name="spot_share")
        self._survive_provider_loss()

        firm = list(np.flatnonzero(~table["spot"]))
        self.use = {
            spot: grouped(
                self.serve, "serving", rows, "pool", list(table["pool"][rows]), 1 / table["units"].to_numpy()[rows]
            )
            for spot, rows in ((False, firm), (True, on_spot))
        }

    def _survive_provider_loss(self) -> None:
        rows: list[int] = []
        labels: list[int] = []
        streams: list[str] = []
        asked: list[float] = []
        for stream in self.facts.streams:
            if stream.survive is None:
                continue
            mine = self.table.index[self.table["stream"] == stream.name]
            for provider in self.table.loc[mine, "provider"].unique():
                others = [int(row) for row in mine if self.table["provider"][row] != provider]
                rows += others
                labels += [len(streams)] * len(others)
                streams.append(stream.name)
                asked.append(stream.survive)
        if not streams:
            return
        loss = pd.RangeIndex(len(streams), name="loss")
        of = xr.DataArray(streams, dims="loss", coords=[loss])
        elsewhere = grouped(self.serve, "serving", rows, "loss", labels)
        left_out = (1 * self.unserved.sel(stream=of)).drop_vars("stream")
        needed = self.demand.sel(stream=of).drop_vars("stream") * xr.DataArray(asked, dims="loss", coords=[loss])
        self.model.add_constraints(total(left_out, elsewhere) >= needed, name="survive_provider_loss")

    def add_rentals(self) -> None:
        """Lines, reservations and contract_spend, with offer_limit; whole instances in variables of their own,
        and beside them the hours of runs that end within a period (rent_run)."""
        facts = self.facts
        contracts = pd.Index([NO_CONTRACT, *(contract.name for contract in facts.contracts)], name="contract")
        self.spend = self.model.add_variables(lower=0, coords=[contracts, self.t], name="spend")
        self.rent: dict[bool, Any] = {False: None, True: None}
        self.reserved: Any = None
        spend = -1 * self.spend
        run_ends = facts.run_ends
        one = xr.DataArray(np.ones((len(self.t), len(self.h))), dims=STEP, coords=[self.t, self.h])
        limited: list[Any] = []
        most: dict[int, list[float]] = {}
        self.run_rental: dict[bool, Any] = {False: None, True: None}
        for part in ("continuous", "whole", "runs"):
            lines = [line for line in facts.rentals if facts.pools[line.pool].whole == (part != "continuous")]
            if lines and (part != "runs" or run_ends):
                index = pd.RangeIndex(len(lines), name="line")
                price = xr.DataArray(
                    np.array([line.price for line in lines], dtype=float),
                    dims=("line", "period"),
                    coords=[index, self.t],
                )
                upper = xr.DataArray(
                    [facts.pools[line.pool].spot_capacity if line.spot else [np.inf] * len(self.t) for line in lines],
                    dims=("line", "period"),
                    coords=[index, self.t],
                )
                mask = price.notnull()
                if part == "runs":
                    ends = [[(line.pool, line.spot, t) in run_ends for t in self.t] for line in lines]
                    mask = mask & xr.DataArray(ends, dims=("line", "period"), coords=[index, self.t])
                rent = self.model.add_variables(
                    lower=0,
                    upper=upper * one,
                    mask=(mask * one).astype(bool),
                    integer=part == "whole",
                    name=f"rent_{part}",
                )
                usd = rent * (price.fillna(0) * self.hours)
                self.cost.append((usd * self.discount).sum())
                paid = usd.sum("slice")
                label = xr.DataArray(
                    [line.contract or NO_CONTRACT for line in lines], dims="line", coords=[index], name="contract"
                )
                spend = total(spend, paid.groupby(label).sum())
                for spot in (False, True):
                    rows = [i for i, line in enumerate(lines) if line.spot == spot]
                    by_pool = grouped(rent, "line", rows, "pool", [lines[i].pool for i in rows])
                    self.rent[spot] = total(self.rent[spot], by_pool)
                    if part == "runs":
                        self.run_rental[spot] = by_pool
                rows = [i for i, line in enumerate(lines) if line.most[-1] < math.inf]
                if rows:
                    labels = [lines[i].offer for i in rows]
                    limited.append(grouped(rent, "line", rows, "offer", labels))
                    most |= {label: lines[i].most for label, i in zip(labels, rows, strict=True)}
        if limited:
            sums = total(*limited)
            self.model.add_constraints(sums <= self._limits(most, sums.coords["offer"].values), name="offer_limit")
        for whole in (False, True):
            cohorts = [cohort for cohort in facts.cohorts if facts.pools[cohort.pool].whole == whole]
            if cohorts:
                spend = total(spend, self._add_reservations(cohorts, whole))
        self.model.add_constraints(spend == 0, name="contract_spend")

    def _limits(self, most: dict[int, list[float]], names: Any) -> Any:
        return xr.DataArray(
            [most[name] for name in names], dims=("offer", "period"), coords={"offer": names, "period": self.t}
        )

    def _add_reservations(self, cohorts: list[Any], whole: bool) -> Any:
        facts = self.facts
        index = pd.RangeIndex(len(cohorts), name="cohort")
        reserve = self.model.add_variables(lower=0, coords=[index], integer=whole, name=f"reserve_{whole}")
        payment = np.array([cohort.payment for cohort in cohorts]) / USD_PER_UNIT
        after = facts.reservation_share_after_horizon * np.array([c.after_horizon_usd for c in cohorts]) / USD_PER_UNIT
        discount = self.discount.values
        self.cost.append((reserve * xr.DataArray(payment @ discount + discount[-1] * after, coords=[index])).sum())
        rows, when = np.nonzero(payment)
        paid = self._by_period(
            reserve,
            "cohort",
            rows,
            "contract",
            [cohorts[row].contract or NO_CONTRACT for row in rows],
            when,
            payment[rows, when],
        )
        pairs = [(row, t) for row, cohort in enumerate(cohorts) for t in cohort.covered]
        held_rows, held_when = np.array(pairs).T
        held = self._by_period(
            reserve,
            "cohort",
            held_rows,
            "pool",
            [cohorts[row].pool for row in held_rows],
            held_when,
            np.ones(len(pairs)),
        )
        self.reserved = total(self.reserved, held)
        limited = [(row, t) for row, t in pairs if cohorts[row].most[t] < math.inf]
        if limited:
            rows, when = np.array(limited).T
            labels = [cohorts[row].offer for row in rows]
            sums = self._by_period(reserve, "cohort", rows, "offer", labels, when, np.ones(len(rows)))
            most = {label: cohorts[row].most for label, row in zip(labels, rows, strict=True)}
            limit = self._limits(most, sums.coords["offer"].values).sel(period=sums.coords["period"])
            self.model.add_constraints(sums <= limit, name=f"offer_limit_reserved_{whole}")
        return paid

    @staticmethod
    def _by_period(
        variable: Any, dimension: str, rows: Any, key: str, labels: list[Any], when: Any, values: Any
    ) -> Any:
        """``values * variable[rows]`` summed by label and period."""
        entry = {"entry": np.arange(len(rows))}
        picked = xr.DataArray(np.asarray(rows), dims="entry", coords=entry)
        expression = xr.DataArray(values, dims="entry", coords=entry) * variable.isel({dimension: picked})
        expression = expression.drop_vars(dimension, errors="ignore")
        keys = pd.DataFrame({key: labels, "period": np.asarray(when)}, index=pd.Index(entry["entry"], name="entry"))
        return expression.groupby(keys).sum().unstack("group")

    def add_jobs(self) -> None:
        """one_run_per_job."""
        self.pays: dict[bool, Any] = {False: None, True: None}
        self.holds: dict[bool, Any] = {False: None, True: None}
        runs = [(number, run) for number, job in enumerate(self.facts.jobs) for run in job.runs]
        if not self.facts.jobs:
            return
        job_index = pd.RangeIndex(len(self.facts.jobs), name="job")
        left_out = self.model.add_variables(lower=0, upper=1, coords=[job_index], name="unserved_job")
        lost = [job.unserved_usd * self.facts.periods.discount[job.unserved_period] for job in self.facts.jobs]
        self.cost.append((left_out * xr.DataArray(np.array(lost) / USD_PER_UNIT, coords=[job_index])).sum())
        chosen = None
        if runs:
            index = pd.RangeIndex(len(runs), name="run")
            variable = self.model.add_variables(binary=True, coords=[index], name="run")
            chosen = grouped(variable, "run", list(index), "job", [number for number, _ in runs])
            for spot in (False, True):
                entries = [
                    (row, t, run.pool, share * run.instances, float(run.instances))
                    for row, (_, run) in enumerate(runs)
                    if run.spot == spot
                    for t, share in zip(run.touched, run.hours_share, strict=True)
                ]
                if entries:
                    rows, when, pools, pays, holds = (list(part) for part in zip(*entries, strict=True))
                    self.pays[spot] = self._by_period(variable, "run", rows, "pool", pools, when, pays)
                    self.holds[spot] = self._by_period(variable, "run", rows, "pool", pools, when, holds)
                last = [e for e in entries if e[3] < e[4] and self.facts.pools[e[2]].whole]
                if last and self.run_rental[spot] is not None:
                    rows, when, pools, pays, _ = (list(part) for part in zip(*last, strict=True))
                    ending = self._on_slices(self._by_period(variable, "run", rows, "pool", pools, when, pays))
                    rented = self.run_rental[spot].sel(pool=ending.coords["pool"], period=ending.coords["period"])
                    self.model.add_constraints(total(rented, -1 * ending) <= 0, name=f"run_rental_{spot}")
            moved = [row for row, (_, run) in enumerate(runs) if run.dataset_usd > 0]
            if moved:
                usd = [runs[row][1].dataset_usd / USD_PER_UNIT for row in moved]
                self.pay(grouped(variable, "run", moved, "period", [runs[row][1].first for row in moved], usd))
        self.model.add_constraints(total(left_out, chosen) == 1, name="one_run_per_job")

    def add_capacity(self) -> None:
        """rental_cover, pool_capacity, rented_capacity, spot_capacity and spot_rented."""
        for spot in (False, True):
            needed = total(self.use[spot], self._on_slices(self.pays[spot]))
            if needed is None:
                continue
            have = total(self.rent[spot], None if spot else self._on_slices(self.reserved))
            minus = -1 * needed
            self.model.add_constraints(total(have, minus) >= 0, name=f"rental_cover_{spot}")
        on_spot = total(self.use[True], self._on_slices(self.holds[True]))
        holds = total(self._on_slices(self.holds[False]), self._on_slices(self.holds[True]))
        self.held = total(self.use[False], self._on_slices(self.holds[False]), on_spot)
        if holds is not None:
            with_runs = self.held.sel(pool=holds.coords["pool"].values)
            self._below_capacity(with_runs, self.capacity, "pool_capacity")
        self._below_capacity(on_spot, self.spot_capacity, "spot_capacity")
        self._below_capacity(self.rent[True], self.spot_capacity, "spot_rented")
        rented = total(self.rent[False], self.rent[True], self._on_slices(self.reserved))
        self._below_capacity(rented, self.capacity, "rented_capacity")

    def _on_slices(self, expression: Any) -> Any:
        """The same in every slice."""
        if expression is None:
            return None
        return expression * xr.DataArray(np.ones(len(self.h)), dims="slice", coords=[self.h])

    def _below_capacity(self, expression: Any, capacity: Any, name: str) -> None:
        if expression is not None:
            limit = capacity.sel(pool=expression.coords["pool"].values, period=expression.coords["period"].values)
            self.model.add_constraints(expression <= limit, name=name)
