"""Training runs over time: when each may run, when it does, and how much of its pool it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from router.arrays import FloatArray
from router.plan.document import PeriodRecord, Plan, RunRecord
from router.report import numbers
from router.report.pool_use import pool_capacity, runs_held
from router.report.table import RowRole
from router.scenario.scenario import Scenario
from router.scenario.workload import Training

UNSERVED = "unserved"


class Grouping(StrEnum):
    """How rows stand: runs under their pools, or jobs as the scenario lists them."""

    POOL = "pool"
    JOB = "job"


@dataclass(frozen=True)
class TimelineRow:
    """A job, or the heading of a pool or of what is left out (``job`` None).

    It may start from ``earliest_start`` on and must have ended at the start of ``deadline``. ``end`` is the day on
    which it ends; ``slack_days`` what is left from its last hour to the deadline. ``efficiency``: of its gang, None
    where the scenario does not say. ``because``: why a job is left out, empty for others; its role is "alert".
    """

    label: str
    depth: int
    role: RowRole
    job: str | None = None
    pool: str | None = None
    earliest_start: date | None = None
    deadline: date | None = None
    start: date | None = None
    end: date | None = None
    hours: float | None = None
    accelerators: int | None = None
    instances: int | None = None
    efficiency: float | None = None
    slack_days: float | None = None
    spot: bool = False
    because: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The row's name from one plan to the next: pool and job; a job's row in JOB grouping has no pool in it."""
        return (self.pool or UNSERVED) if self.depth or self.job is None else "", self.job or ""

    @property
    def line(self) -> str:
        """All there is to say of the row, in one line."""
        if self.job is None:
            return self.label
        if self.start is None:
            window = f"; may run {self.earliest_start} to {self.deadline}" if self.deadline else ""
            return f"{self.job}: {UNSERVED}{window}; {self.because or 'no run'}"
        gang = f"{numbers.count(float(self.accelerators or 0))} accelerators"
        if self.efficiency is not None:
            gang += f" at {numbers.share(self.efficiency)}"
        parts = [
            f"{self.pool} on {'spot' if self.spot else 'firm'}",
            f"{self.start} to {self.end} ({numbers.hours(self.hours or 0.0)})",
            f"{gang} in {numbers.count(float(self.instances or 0))} instances",
        ]
        if self.slack_days is not None:
            days = round(abs(self.slack_days), 1)
            side = "before" if self.slack_days >= 0 else "after"
            parts.append(f"{numbers.count(days)} {'day' if days == 1 else 'days'} {side} the deadline {self.deadline}")
        return f"{self.job}: {'; '.join(parts)}"


@dataclass(frozen=True)
class Timeline:
    """R rows over T periods. held (R, T): instances that runs hold of a pool's heading (a run's own on its row);
    share (R, T): of the pool's capacity, nan where there is none."""

    grouping: Grouping
    rows: tuple[TimelineRow, ...]
    periods: tuple[PeriodRecord, ...]
    held: FloatArray
    share: FloatArray

    def period_of(self, row: TimelineRow) -> int:
        """The period that a question about a row is about: in which it starts, or may start; of a pool the fullest."""
        day = row.start or row.earliest_start
        if day is not None:
            return max((at for at, period in enumerate(self.periods) if period.start <= day), default=0)
        return int(np.argmax(self.held[self.rows.index(row)])) if len(self.periods) else 0


def timeline(plan: Plan, scenario: Scenario, grouping: Grouping = Grouping.POOL) -> Timeline:
    """The runs of a plan of this scenario, and the jobs that it leaves out."""
    runs = sorted(plan.runs, key=lambda run: (run.start, run.end, run.workload))
    done = {run.workload: _run_row(run, _training(scenario, run.workload)) for run in runs}
    missing = {
        record.workload: _missing_row(record.workload, record.because, scenario)
        for record in plan.unserved
        if record.stream is None
    }
    if grouping is Grouping.POOL:
        rows = list(_by_pool(done.values(), missing.values(), scenario))
    else:
        known = [name for name, workload in scenario.workloads.items() if workload.kind == "training"]
        names = dict.fromkeys((*known, *done, *missing))
        rows = [
            replace(done.get(name) or missing.get(name) or _missing_row(name, "", scenario), depth=0) for name in names
        ]
    held, share = _capacity_held(plan, scenario, rows)
    return Timeline(grouping, tuple(rows), tuple(plan.periods), held, share)


def _training(scenario: Scenario, name: str) -> Training | None:
    workload = scenario.workloads.get(name)
    return workload if isinstance(workload, Training) else None


def _run_row(run: RunRecord, job: Training | None) -> TimelineRow:
    row = TimelineRow(
        label=run.workload,
        depth=1,
        role="plain",
        job=run.workload,
        pool=run.pool,
        start=run.start,
        end=run.end,
        hours=run.hours,
        accelerators=run.accelerators,
        instances=run.instances,
        spot=run.spot,
    )
    if job is None:
        return row
    efficiency = [gang.efficiency for gang in job.gangs if gang.accelerators == run.accelerators]
    return replace(
        row,
        earliest_start=job.earliest_start,
        deadline=job.deadline,
        efficiency=efficiency[0] if efficiency else None,
        slack_days=(job.deadline - run.start).days - run.hours / 24.0,
    )


def _missing_row(name: str, because: str, scenario: Scenario) -> TimelineRow:
    row = TimelineRow(label=name, depth=1, role="alert", job=name, because=because)
    job = _training(scenario, name)
    return row if job is None else replace(row, earliest_start=job.earliest_start, deadline=job.deadline)


def _by_pool(done: Iterable[TimelineRow], missing: Iterable[TimelineRow], scenario: Scenario) -> Iterable[TimelineRow]:
    """Pools that hold runs, in the scenario's order, each with its runs by start; then what is left out."""
    of_pool: dict[str, list[TimelineRow]] = {}
    for row in done:
        of_pool.setdefault(row.pool or "", []).append(row)
    for pool in (
        *(name for name in scenario.pools if name in of_pool),
        *sorted(of_pool.keys() - scenario.pools.keys()),
    ):
        yield TimelineRow(label=pool, depth=0, role="subtotal", pool=pool)
        yield from of_pool[pool]
    rows = list(missing)
    if rows:
        yield TimelineRow(label=UNSERVED, depth=0, role="alert")
        yield from rows


def _capacity_held(plan: Plan, scenario: Scenario, rows: list[TimelineRow]) -> tuple[FloatArray, FloatArray]:
    pools = list(scenario.pools)
    number = {pool: at for at, pool in enumerate(pools)}
    use, there = runs_held(plan, pools).sum(axis=0), pool_capacity(plan, scenario)[0]
    own = {run.workload: run for run in plan.runs}
    held = np.zeros((len(rows), len(plan.periods)))
    share = np.full(held.shape, np.nan)
    for at, row in enumerate(rows):
        if row.job is not None and row.start is not None:
            run = own[row.job]
            held[at, run.first_period : run.last_period + 1] = run.instances
        elif row.job is None and row.pool in number:
            held[at] = use[number[row.pool]]
        if row.pool in number:
            capacity = there[number[row.pool]]
            np.divide(held[at], capacity, out=share[at], where=capacity > 0)
    return held, share
