"""Training runs: where, when, how long, and one for each job (docs/model.md sections 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from router.audit.calendar import HOURS_A_DAY
from router.audit.decisions import Reader
from router.audit.facts import Facts, Floats
from router.audit.matching import gang_instances, instance_of, spot_factor, training_throughput
from router.audit.report import Ledger
from router.audit.tolerance import QUANTITY, same_quantity, same_ratio
from router.plan.document import Plan, RunRecord
from router.scenario.workload import Training

_LONGEST_HOURS = 1e9
_MOST_INSTANCES = 10**12


@dataclass(frozen=True)
class Run:
    """A run by definition. `held` (to the period's end) and `paid` (by the hour) are instances per period."""

    job_name: str
    job: Training
    pool: int
    spot: bool
    first_period: int
    held: Floats
    paid: Floats


@dataclass(frozen=True)
class _Definition:
    """What a run takes by docs/model.md."""

    instances: int
    hours: float


def read_runs(facts: Facts, plan: Plan, ledger: Ledger) -> list[Run]:
    """Check each run against its definition; those that name what the scenario does not have are left out."""
    reader = Reader(facts, ledger)
    found = []
    for record in plan.runs:
        where = f"run of {record.workload} in {record.pool} from period {record.first_period}"
        ledger.checks += 10
        if (
            reader.name("training job", record.workload, facts.jobs, where)
            and reader.name("pool", record.pool, facts.pool_index, where)
            and reader.period(record.first_period, where)
        ):
            found.append(_check_run(facts, record, where, ledger))
    return found


def check_one_run_per_job(facts: Facts, plan: Plan, unserved_jobs: dict[str, float], ledger: Ledger) -> None:
    """Each job has one run, or is unserved."""
    runs: dict[str, int] = {}
    for record in plan.runs:
        runs[record.workload] = runs.get(record.workload, 0) + 1
    for name in facts.jobs:
        count, unserved = runs.get(name, 0), unserved_jobs.get(name, 0.0)
        ledger.require(
            same_quantity(count + unserved, 1.0) and (same_quantity(unserved, 0.0) or same_quantity(unserved, 1.0)),
            "one_run_per_job",
            f"job {name}",
            f"{count} runs and {unserved:.12g} unserved",
            "one run, or the job unserved as a whole",
        )


def _check_run(facts: Facts, record: RunRecord, where: str, ledger: Ledger) -> Run:
    calendar, job = facts.calendar, facts.jobs[record.workload]
    definition = _define(facts, record, job, where, ledger)
    hours, instances = definition.hours, definition.instances
    if record.instances != instances:
        ledger.find("run_gang", f"{where}, instances", record.instances, instances)
    if not same_ratio(record.hours, hours):
        ledger.find("run_hours", f"{where}, hours", record.hours, hours)

    starts_at = calendar.bounds[record.first_period]
    if record.start != starts_at:
        ledger.find("run_window", f"{where}, start", record.start, starts_at)
    if starts_at < job.earliest_start:
        ledger.find("run_window", where, starts_at, f"a start on or after {job.earliest_start}")
    limit = min(job.deadline, calendar.end)
    slack_hours = HOURS_A_DAY * (limit - starts_at).days - hours
    if slack_hours < -QUANTITY * max(1.0, hours):
        kind = "deadline" if job.deadline <= calendar.end else "horizon's end"
        ledger.find("run_window", where, f"an end {-slack_hours:.6g} hours too late", f"an end by {limit}, the {kind}")
    _check_end_day(record, starts_at, hours, where, ledger)

    hours_in = _hours_in_periods(facts, record.first_period, hours)
    touched = hours_in > QUANTITY * max(1.0, hours) * 1e-3
    last = int(np.flatnonzero(touched)[-1]) if touched.any() else record.first_period
    if record.last_period != last and not _ends_on_boundary(facts, record, hours):
        ledger.find("run_window", f"{where}, last period", record.last_period, last)
    return Run(
        job_name=record.workload,
        job=job,
        pool=facts.pool_index[record.pool],
        spot=record.spot,
        first_period=record.first_period,
        held=np.where(touched, float(instances), 0.0),
        paid=hours_in / calendar.hours * float(instances),
    )


def _define(facts: Facts, record: RunRecord, job: Training, where: str, ledger: Ledger) -> _Definition:
    # Where the run is not possible at all, its own figures stand in so that the other checks go on.
    own = _Definition(
        instances=max(0, min(record.instances, _MOST_INSTANCES)),
        hours=max(0.0, min(record.hours, _LONGEST_HOURS)),
    )
    gang = next((gang for gang in job.gangs if gang.accelerators == record.accelerators), None)
    if gang is None:
        sizes = ", ".join(str(gang.accelerators) for gang in job.gangs)
        ledger.find("run_gang", where, f"{record.accelerators} accelerators", f"a gang of the job: {sizes}")
        return own
    units = training_throughput(facts.scenario, job, record.pool)
    instances = gang_instances(instance_of(facts.scenario, facts.scenario.pools[record.pool]), gang)
    if units is None or instances is None:
        ledger.find("eligibility", where, record.pool, "a pool that the job may run in")
        return own
    if record.spot:
        factor = spot_factor(job.spot, facts.book.spot_offer(record.pool))
        if factor <= 0.0:
            ledger.find("eligibility", where, "spot", "firm instances: the job cannot use spot here")
            return own
        if job.spot is not None and job.spot.max_share < 1.0:
            ledger.find("spot_share", where, "spot", f"firm instances: max_share is {job.spot.max_share:.12g}")
        units *= factor
    return _Definition(instances, min(_LONGEST_HOURS, job.work / (instances * units * gang.efficiency)))


def _hours_in_periods(facts: Facts, first: int, hours: float) -> Floats:
    calendar = facts.calendar
    before = HOURS_A_DAY * (calendar.starts - calendar.starts[first])
    within = np.clip(hours - before, 0.0, calendar.hours)
    within[:first] = 0.0
    return np.asarray(within, dtype=float)


def _ends_on_boundary(facts: Facts, record: RunRecord, hours: float) -> bool:
    # On a boundary, float arithmetic decides which of the two periods is the last.
    if not 0 <= record.last_period < facts.calendar.count:
        return False
    own_end = facts.calendar.ends[record.last_period] - facts.calendar.starts[record.first_period]
    own_start = facts.calendar.starts[record.last_period] - facts.calendar.starts[record.first_period]
    return any(same_ratio(hours, HOURS_A_DAY * float(boundary)) for boundary in (own_start, own_end))


def _check_end_day(record: RunRecord, start: date, hours: float, where: str, ledger: Ledger) -> None:
    # A run that ends at midnight ends "on" either of two days.
    days = hours / HOURS_A_DAY
    if days > (date.max - start).days:
        return
    ends_on = start + timedelta(days=int(days))
    if abs((record.end - ends_on).days) > 1:
        ledger.find("run_window", f"{where}, end", record.end, ends_on)
