"""Decisions and their consequences as the plan's records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from router.plan.billing import cents
from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.plan.document import (
    LocalCallsRecord,
    PeriodRecord,
    RentalRecord,
    ReservationRecord,
    RunRecord,
    ServingRecord,
    TierRecord,
    WindowRecord,
)
from router.problem.problem import Problem
from router.scenario.dates import add_months


def periods(problem: Problem) -> list[PeriodRecord]:
    """All periods of the horizon."""
    calendar = problem.calendar
    return [
        PeriodRecord(
            index=index,
            start=calendar.starts[index],
            end=calendar.ends[index],
            hours=float(calendar.hours[index]),
            slice_hours=dict(zip(calendar.slices, map(float, calendar.slice_hours[index]), strict=True)),
            discount_factor=float(calendar.discount[index]),
        )
        for index in range(calendar.periods)
    ]


def serving(problem: Problem, decisions: Decisions) -> Iterator[ServingRecord]:
    """Units provisioned, by stream, pool, period and slice."""
    pairs, streams, pools, calendar = problem.pairs, problem.streams, problem.pools, problem.calendar
    for pair, period, part in zip(*np.nonzero(decisions.serve), strict=True):
        stream, quantity = pairs.stream[pair], decisions.serve[pair, period, part]
        yield ServingRecord(
            workload=streams.workloads[stream],
            stream=streams.streams[stream],
            pool=pools.names[pairs.pool[pair]],
            period=int(period),
            slice=calendar.slices[part],
            spot=bool(pairs.spot[pair]),
            quantity=float(quantity),
            instances=float(quantity / pairs.throughput[pair]),
        )


def runs(problem: Problem, decisions: Decisions) -> Iterator[RunRecord]:
    """The run of each training job that is done."""
    table, calendar = problem.runs, problem.calendar
    for run in np.flatnonzero(decisions.run):
        first = int(table.first_period[run])
        start = calendar.starts[first]
        hours = float(table.hours[run])
        yield RunRecord(
            workload=problem.jobs.names[table.job[run]],
            pool=problem.pools.names[table.pool[run]],
            spot=bool(table.spot[run]),
            accelerators=int(table.accelerators[run]),
            instances=int(table.instances[run]),
            first_period=first,
            last_period=int(table.last_period[run]),
            start=start,
            # The day on whose course the run ends; a run that ends at midnight ends on the day before.
            end=start + timedelta(days=max(0, int(np.ceil(hours / 24.0 - 1e-9)) - 1)),
            hours=hours,
        )


def rentals(problem: Problem, decisions: Decisions) -> Iterator[RentalRecord]:
    """Instances rented, by line, period and slice."""
    lines, calendar = problem.lines, problem.calendar
    for line, period, part in zip(*np.nonzero(decisions.rent), strict=True):
        yield RentalRecord(
            pool=problem.pools.names[lines.pool[line]],
            purchase_option=lines.option[line],
            contract=problem.contracts[lines.contract[line]] if lines.contract[line] >= 0 else None,
            period=int(period),
            slice=calendar.slices[part],
            instances=float(decisions.rent[line, period, part]),
        )


def reservations(problem: Problem, decisions: Decisions) -> Iterator[ReservationRecord]:
    """Reservations to buy."""
    cohorts = problem.cohorts
    for cohort in np.flatnonzero(decisions.reserve):
        first = int(cohorts.first_period[cohort])
        start = problem.calendar.starts[first]
        months = int(cohorts.term_months[cohort])
        yield ReservationRecord(
            pool=problem.pools.names[cohorts.pool[cohort]],
            term_months=months,
            contract=problem.contracts[cohorts.contract[cohort]] if cohorts.contract[cohort] >= 0 else None,
            first_period=first,
            start=start,
            end=add_months(start, months),
            instances=float(decisions.reserve[cohort]),
        )


def local_calls(problem: Problem, decisions: Decisions) -> Iterator[LocalCallsRecord]:
    """Calls of agents answered within the provider they run at."""
    calls, calendar = problem.calls, problem.calendar
    for call, provider, period, part in zip(*np.nonzero(decisions.local), strict=True):
        stream = calls.stream[call]
        yield LocalCallsRecord(
            workload=problem.streams.workloads[stream],
            stream=problem.streams.streams[stream],
            calls=problem.workloads[calls.workload[call]],
            provider=problem.pools.providers[provider],
            period=int(period),
            slice=calendar.slices[part],
            quantity=float(decisions.local[call, provider, period, part]),
        )


def windows(problem: Problem, follows: Consequences) -> Iterator[WindowRecord]:
    """Every commitment window with its drawdown."""
    table = problem.windows
    for window in range(len(table.contract)):
        shortfall = float(follows.shortfall_usd[window])
        yield WindowRecord(
            contract=problem.contracts[table.contract[window]],
            commitment=table.commitment[window],
            start=table.start[window],
            end=table.end[window],
            counted_from=table.counted_from[window],
            counted_to=table.counted_to[window],
            full_promise_usd=float(table.full_promise_usd[window]),
            promise_usd=float(table.promise_usd[window]),
            spent_to_date_usd=float(table.spent_usd[window]),
            drawdown_usd=float(follows.drawdown_usd[window]),
            carried_in_usd=float(follows.carried_in_usd[window]),
            carried_out_usd=float(follows.carried_out_usd[window]),
            shortfall_usd=shortfall,
            shortfall_paid_usd=cents(shortfall * float(table.rate[window])),
            settled_in_period=int(table.settled_in[window]),
            met_on=None if shortfall > 0 else _met_on(problem, follows, window),
        )


def _met_on(problem: Problem, follows: Consequences, window: int) -> date:
    table, calendar = problem.windows, problem.calendar
    promise = table.promise_usd[window] * (1 - 1e-9)
    # Credits come at the end of tier windows, but what they will take back is not drawn down for good.
    credits = problem.tiers.counts_in[window] @ follows.credit_usd
    total = table.spent_usd[window] + follows.carried_in_usd[window] - credits
    if total >= promise:
        return table.counted_from[window]
    for period in np.flatnonzero(table.weight[window]):
        spent = table.weight[window, period] * follows.spend_usd[table.contract[window], period]
        if total + spent >= promise:
            contract_start, contract_end = problem.contract_terms[table.contract[window]]
            first = max(calendar.starts[period], table.start[window], contract_start)
            last = min(calendar.ends[period], table.end[window], contract_end)
            days = (last - first).days
            reached: date = first + timedelta(days=min(days - 1, int((promise - total) / spent * days)))
            return reached
        total += spent
    return table.counted_to[window]


def tiers(problem: Problem, follows: Consequences) -> Iterator[TierRecord]:
    """Every tier window with its credit."""
    table = problem.tiers
    for window in range(len(table.contract)):
        yield TierRecord(
            contract=problem.contracts[table.contract[window]],
            start=table.start[window],
            end=table.end[window],
            spend_usd=float(follows.tier_spend_usd[window]),
            level=int(follows.level[window]),
            credit_usd=float(follows.credit_usd[window]),
            settled_in_period=int(table.settled_in[window]),
        )
