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
from router.plan.making import named, records_of
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


def serving(problem: Problem, decisions: Decisions) -> list[ServingRecord]:
    """Units provisioned, by stream, pool, period and slice."""
    pairs, streams, pools = problem.pairs, problem.streams, problem.pools
    pair, period, part = np.nonzero(decisions.serve)
    stream, quantity = pairs.stream[pair], decisions.serve[pair, period, part]
    return records_of(
        ServingRecord,
        len(pair),
        workload=named(streams.workloads, stream),
        stream=named(streams.streams, stream),
        pool=named(pools.names, pairs.pool[pair]),
        period=period,
        slice=named(problem.calendar.slices, part),
        spot=pairs.spot[pair],
        quantity=quantity,
        instances=quantity / pairs.throughput[pair],
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


def rentals(problem: Problem, decisions: Decisions) -> list[RentalRecord]:
    """Instances rented, by line, period and slice."""
    lines = problem.lines
    line, period, part = np.nonzero(decisions.rent)
    return records_of(
        RentalRecord,
        len(line),
        pool=named(problem.pools.names, lines.pool[line]),
        purchase_option=[lines.option[index] for index in line.tolist()],
        contract=named(problem.contracts, lines.contract[line]),
        period=period,
        slice=named(problem.calendar.slices, part),
        instances=decisions.rent[line, period, part],
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


def local_calls(problem: Problem, decisions: Decisions) -> list[LocalCallsRecord]:
    """Calls of agents answered within the provider they run at."""
    calls, streams = problem.calls, problem.streams
    call, provider, period, part = np.nonzero(decisions.local)
    stream = calls.stream[call]
    return records_of(
        LocalCallsRecord,
        len(call),
        workload=named(streams.workloads, stream),
        stream=named(streams.streams, stream),
        calls=named(problem.workloads, calls.workload[call]),
        provider=named(problem.pools.providers, provider),
        period=period,
        slice=named(problem.calendar.slices, part),
        quantity=decisions.local[call, provider, period, part],
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
