"""What a plan costs, as arrays: the amounts that the bill's lines and the figures of an outcome are both made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from router.arrays import FloatArray, Ids
from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.plan.document import BillCategory
from router.problem.problem import Problem


class Source(Enum):
    """What amounts are for, and the index that ``Amounts.of`` is."""

    USAGE = "rental line"
    RESERVATION = "cohort"
    AFTER_HORIZON = "cohort, after the horizon"
    SHORTFALL = "commitment window"
    TIER_CREDIT = "tier window"
    TRAFFIC_TO_USERS = "stream"
    TRAFFIC_OF_CALLS = "call"
    DATASET = "run"
    MIGRATION = "stream that migrates"
    UNSERVED = "stream left out"
    UNSERVED_JOB = "job left out"


CATEGORIES = {
    Source.USAGE: BillCategory.USAGE,
    Source.RESERVATION: BillCategory.RESERVATION,
    Source.AFTER_HORIZON: BillCategory.RESERVATION_AFTER_HORIZON,
    Source.SHORTFALL: BillCategory.SHORTFALL,
    Source.TIER_CREDIT: BillCategory.TIER_CREDIT,
    Source.TRAFFIC_TO_USERS: BillCategory.DATA_TRANSFER,
    Source.TRAFFIC_OF_CALLS: BillCategory.DATA_TRANSFER,
    Source.DATASET: BillCategory.DATA_TRANSFER,
    Source.MIGRATION: BillCategory.MIGRATION,
    Source.UNSERVED: BillCategory.UNSERVED,
    Source.UNSERVED_JOB: BillCategory.UNSERVED,
}


@dataclass(frozen=True)
class Amounts:
    """Amounts of one source: of, period, provider (k,) whole numbers; quantity, usd_per_unit (k,).

    ``provider`` is an index of ``providers``, -1 for none. An amount of no cent is none of the bill's.
    """

    source: Source
    of: Ids
    period: Ids
    provider: Ids
    providers: Sequence[str | None]
    quantity: FloatArray
    usd_per_unit: FloatArray

    @property
    def category(self) -> BillCategory:
        """As the bill has it."""
        return CATEGORIES[self.source]

    @property
    def usd(self) -> FloatArray:
        """Not discounted, not rounded, (k,)."""
        return self.quantity * self.usd_per_unit


def amounts(problem: Problem, decisions: Decisions, follows: Consequences) -> tuple[Amounts, ...]:
    """All amounts but those of breaches, by category (docs/model.md section 6)."""
    return (
        _usage(problem, decisions),
        _reservations(problem, decisions),
        _after_horizon(problem, decisions),
        _shortfalls(problem, follows),
        _tier_credits(problem, follows),
        _traffic_to_users(problem, follows),
        _traffic_of_calls(problem, decisions, follows),
        _datasets(problem, decisions),
        _migrations(problem, follows),
        _unserved(problem, follows),
        _unserved_jobs(problem, follows),
    )


def _nobody(count: int) -> Ids:
    return np.full(count, -1, dtype=np.int64)


def _usage(problem: Problem, decisions: Decisions) -> Amounts:
    table, pools = problem.lines, problem.pools
    hours = np.einsum("lth,th->lt", decisions.rent, problem.calendar.slice_hours)
    line, period = np.nonzero(hours)
    provider = pools.provider[table.pool[line]]
    price = table.price_usd_per_hour[line, period]
    return Amounts(Source.USAGE, line, period, provider, pools.providers, hours[line, period], price)


def _reservations(problem: Problem, decisions: Decisions) -> Amounts:
    cohorts, pools = problem.cohorts, problem.pools
    taken = np.flatnonzero(decisions.reserve)
    place, period = np.nonzero(cohorts.life_hours[taken])
    cohort = taken[place]
    hours = cohorts.life_hours[cohort, period]
    return Amounts(
        Source.RESERVATION,
        cohort,
        period,
        pools.provider[cohorts.pool[cohort]],
        pools.providers,
        decisions.reserve[cohort] * hours,
        cohorts.payment_usd[cohort, period] / hours,
    )


def _after_horizon(problem: Problem, decisions: Decisions) -> Amounts:
    cohorts, pools = problem.cohorts, problem.pools
    cohort = np.flatnonzero((decisions.reserve > 0) & (cohorts.after_horizon_hours > 0))
    return Amounts(
        Source.AFTER_HORIZON,
        cohort,
        np.full(len(cohort), problem.calendar.periods - 1),
        pools.provider[cohorts.pool[cohort]],
        pools.providers,
        decisions.reserve[cohort] * cohorts.after_horizon_hours[cohort],
        cohorts.price_usd_per_hour[cohort] * problem.reservation_payments_after_horizon,
    )


def _shortfalls(problem: Problem, follows: Consequences) -> Amounts:
    windows = problem.windows
    window = np.flatnonzero(follows.shortfall_usd)
    return Amounts(
        Source.SHORTFALL,
        window,
        windows.settled_in[window],
        windows.contract[window],
        problem.contract_providers,
        follows.shortfall_usd[window],
        windows.rate[window],
    )


def _tier_credits(problem: Problem, follows: Consequences) -> Amounts:
    tiers = problem.tiers
    window = np.flatnonzero(follows.credit_usd)
    return Amounts(
        Source.TIER_CREDIT,
        window,
        tiers.settled_in[window],
        tiers.contract[window],
        problem.contract_providers,
        follows.tier_spend_usd[window],
        -follows.credit_usd[window] / follows.tier_spend_usd[window],
    )


def _traffic_to_users(problem: Problem, follows: Consequences) -> Amounts:
    streams, pools = problem.streams, problem.pools
    egress = pools.provider_egress
    unit_hours = np.einsum("skth,th->skt", follows.served, problem.calendar.slice_hours)
    gigabytes = unit_hours * streams.egress_gb_per_unit_hour[:, None, None]
    stream, provider, period = np.nonzero(gigabytes * (egress > 0)[None, :, None])
    sent = gigabytes[stream, provider, period]
    return Amounts(Source.TRAFFIC_TO_USERS, stream, period, provider, pools.providers, sent, egress[provider])


def _traffic_of_calls(problem: Problem, decisions: Decisions, follows: Consequences) -> Amounts:
    calls, pools = problem.calls, problem.pools
    egress = pools.provider_egress
    made = follows.served[calls.stream] * calls.units_per_unit[:, None, None, None]
    away = np.maximum(0.0, made - decisions.local)
    away = np.where(away > 1e-9 * np.maximum(1.0, made), away, 0.0)
    gigabytes = np.einsum("akth,th->akt", away, problem.calendar.slice_hours) * calls.gb_per_unit_hour[:, None, None]
    call, provider, period = np.nonzero(gigabytes * (egress > 0)[None, :, None])
    sent = gigabytes[call, provider, period]
    return Amounts(Source.TRAFFIC_OF_CALLS, call, period, provider, pools.providers, sent, egress[provider])


def _datasets(problem: Problem, decisions: Decisions) -> Amounts:
    runs = problem.runs
    run = np.flatnonzero(decisions.run & (runs.transfer_usd > 0))
    return Amounts(
        Source.DATASET,
        run,
        runs.first_period[run],
        runs.job[run],
        problem.dataset_providers,
        runs.transfer_gb[run],
        runs.transfer_usd[run] / runs.transfer_gb[run],
    )


def _migrations(problem: Problem, follows: Consequences) -> Amounts:
    units = np.zeros((problem.streams.count, problem.calendar.periods))
    np.add.at(units, problem.places.stream, follows.moved)
    stream, period = np.nonzero(units)
    price = problem.streams.migration_usd_per_unit[stream]
    return Amounts(Source.MIGRATION, stream, period, _nobody(len(stream)), (), units[stream, period], price)


def _unserved(problem: Problem, follows: Consequences) -> Amounts:
    hours = np.einsum("sth,th->st", follows.unserved, problem.calendar.slice_hours)
    stream, period = np.nonzero(hours)
    value = problem.streams.unserved_usd_per_unit_hour[stream]
    return Amounts(Source.UNSERVED, stream, period, _nobody(len(stream)), (), hours[stream, period], value)


def _unserved_jobs(problem: Problem, follows: Consequences) -> Amounts:
    jobs = problem.jobs
    job = np.flatnonzero(follows.unserved_job)
    one = np.ones(len(job))
    return Amounts(Source.UNSERVED_JOB, job, jobs.charged_in[job], _nobody(len(job)), (), one, jobs.value_usd[job])
