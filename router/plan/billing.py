"""The bill: the plan priced again from first principles, line by line, in cents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, repeat

import numpy as np

from router.arrays import FloatArray, Ids
from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.plan.document import BillCategory, BillLine
from router.plan.making import named, records_of
from router.problem.problem import Problem

HALF_A_CENT = 0.005


def cents(usd: float) -> float:
    """An amount rounded to cents."""
    return float(round(usd, 2)) + 0.0


def bill(problem: Problem, decisions: Decisions, follows: Consequences) -> list[BillLine]:
    """All lines but breaches, by category (docs/model.md section 6)."""
    return [
        *_usage(problem, decisions),
        *_reservations(problem, decisions),
        *_after_horizon(problem, decisions),
        *_shortfalls(problem, follows),
        *_tier_credits(problem, follows),
        *_transfer_to_users(problem, follows),
        *_transfer_of_calls(problem, decisions, follows),
        *_datasets(problem, decisions),
        *_migrations(problem, follows),
        *_unserved(problem, follows),
        *_unserved_jobs(problem, follows),
    ]


def _lines(
    category: BillCategory,
    period: Ids,
    provider: Sequence[str | None] | None,
    item: Sequence[str | None],
    quantity: FloatArray,
    unit: str,
    usd_per_unit: FloatArray,
    purchase_option: Sequence[str] | str | None = None,
    contract: Sequence[str | None] | None = None,
) -> list[BillLine]:
    """Lines of one category, but for those of no cent."""
    usd = quantity * usd_per_unit
    # As cents() does, for all lines; numpy's own rounding is another in the last place.
    amounts = np.array(list(map(round, usd.tolist(), repeat(2))), dtype=np.float64) + 0.0
    count = len(amounts)
    lines = records_of(
        BillLine,
        count,
        period=period,
        category=[category] * count,
        provider=provider,
        item=item,
        purchase_option=purchase_option,
        contract=contract,
        quantity=quantity,
        unit=unit,
        usd_per_unit=usd_per_unit,
        amount_usd=amounts,
    )
    return list(compress(lines, (np.abs(amounts) >= HALF_A_CENT).tolist()))


def _usage(problem: Problem, decisions: Decisions) -> list[BillLine]:
    table, pools = problem.lines, problem.pools
    hours = np.einsum("lth,th->lt", decisions.rent, problem.calendar.slice_hours)
    line, period = np.nonzero(hours)
    pool = table.pool[line]
    return _lines(
        BillCategory.USAGE,
        period,
        named(pools.providers, pools.provider[pool]),
        named(pools.names, pool),
        hours[line, period],
        "instance-hours",
        table.price_usd_per_hour[line, period],
        [table.option[index] for index in line.tolist()],
        named(problem.contracts, table.contract[line]),
    )


def _reservations(problem: Problem, decisions: Decisions) -> list[BillLine]:
    cohorts, pools = problem.cohorts, problem.pools
    cohort, period = np.nonzero((decisions.reserve != 0)[:, None] & (cohorts.life_hours != 0))
    pool, hours = cohorts.pool[cohort], cohorts.life_hours[cohort, period]
    return _lines(
        BillCategory.RESERVATION,
        period,
        named(pools.providers, pools.provider[pool]),
        named(pools.names, pool),
        decisions.reserve[cohort] * hours,
        "instance-hours",
        cohorts.payment_usd[cohort, period] / hours,
        "reserved",
        named(problem.contracts, cohorts.contract[cohort]),
    )


def _after_horizon(problem: Problem, decisions: Decisions) -> list[BillLine]:
    cohorts, pools = problem.cohorts, problem.pools
    cohort = np.flatnonzero((decisions.reserve > 0) & (cohorts.after_horizon_hours > 0))
    pool = cohorts.pool[cohort]
    return _lines(
        BillCategory.RESERVATION_AFTER_HORIZON,
        np.full(len(cohort), problem.calendar.periods - 1),
        named(pools.providers, pools.provider[pool]),
        named(pools.names, pool),
        decisions.reserve[cohort] * cohorts.after_horizon_hours[cohort],
        "instance-hours",
        cohorts.price_usd_per_hour[cohort] * problem.reservation_payments_after_horizon,
        "reserved",
        named(problem.contracts, cohorts.contract[cohort]),
    )


def _shortfalls(problem: Problem, follows: Consequences) -> list[BillLine]:
    windows = problem.windows
    window = np.flatnonzero(follows.shortfall_usd)
    contract = named(problem.contracts, windows.contract[window])
    commitment = [windows.commitment[index] for index in window.tolist()]
    return _lines(
        BillCategory.SHORTFALL,
        windows.settled_in[window],
        named(problem.contract_providers, windows.contract[window]),
        [f"{signed}/{name}" for signed, name in zip(contract, commitment, strict=True)],
        follows.shortfall_usd[window],
        "USD",
        windows.rate[window],
        contract=contract,
    )


def _tier_credits(problem: Problem, follows: Consequences) -> list[BillLine]:
    tiers = problem.tiers
    window = np.flatnonzero(follows.credit_usd)
    contract = named(problem.contracts, tiers.contract[window])
    return _lines(
        BillCategory.TIER_CREDIT,
        tiers.settled_in[window],
        named(problem.contract_providers, tiers.contract[window]),
        contract,
        follows.tier_spend_usd[window],
        "USD",
        -follows.credit_usd[window] / follows.tier_spend_usd[window],
        contract=contract,
    )


def _transfer_to_users(problem: Problem, follows: Consequences) -> list[BillLine]:
    streams, egress = problem.streams, problem.pools.provider_egress
    unit_hours = np.einsum("skth,th->skt", follows.served, problem.calendar.slice_hours)
    gigabytes = unit_hours * streams.egress_gb_per_unit_hour[:, None, None]
    stream, provider, period = np.nonzero(gigabytes * (egress > 0)[None, :, None])
    return _lines(
        BillCategory.DATA_TRANSFER,
        period,
        named(problem.pools.providers, provider),
        named(_stream_names(problem), stream),
        gigabytes[stream, provider, period],
        "GB",
        egress[provider],
    )


def _transfer_of_calls(problem: Problem, decisions: Decisions, follows: Consequences) -> list[BillLine]:
    calls, egress = problem.calls, problem.pools.provider_egress
    made = follows.served[calls.stream] * calls.units_per_unit[:, None, None, None]
    away = np.maximum(0.0, made - decisions.local)
    away = np.where(away > 1e-9 * np.maximum(1.0, made), away, 0.0)
    gigabytes = np.einsum("akth,th->akt", away, problem.calendar.slice_hours) * calls.gb_per_unit_hour[:, None, None]
    call, provider, period = np.nonzero(gigabytes * (egress > 0)[None, :, None])
    names = [
        f"{problem.stream_name(stream)} > {problem.workloads[workload]}"
        for stream, workload in zip(calls.stream.tolist(), calls.workload.tolist(), strict=True)
    ]
    return _lines(
        BillCategory.DATA_TRANSFER,
        period,
        named(problem.pools.providers, provider),
        named(names, call),
        gigabytes[call, provider, period],
        "GB",
        egress[provider],
    )


def _datasets(problem: Problem, decisions: Decisions) -> list[BillLine]:
    runs = problem.runs
    run = np.flatnonzero(decisions.run & (runs.transfer_usd > 0))
    return _lines(
        BillCategory.DATA_TRANSFER,
        runs.first_period[run],
        named(problem.dataset_providers, runs.job[run]),
        named(problem.jobs.names, runs.job[run]),
        runs.transfer_gb[run],
        "GB",
        runs.transfer_usd[run] / runs.transfer_gb[run],
    )


def _migrations(problem: Problem, follows: Consequences) -> list[BillLine]:
    units = np.zeros((problem.streams.count, problem.calendar.periods))
    np.add.at(units, problem.places.stream, follows.moved)
    stream, period = np.nonzero(units)
    return _lines(
        BillCategory.MIGRATION,
        period,
        None,
        named(_stream_names(problem), stream),
        units[stream, period],
        "units",
        problem.streams.migration_usd_per_unit[stream],
    )


def _unserved(problem: Problem, follows: Consequences) -> list[BillLine]:
    hours = np.einsum("sth,th->st", follows.unserved, problem.calendar.slice_hours)
    stream, period = np.nonzero(hours)
    return _lines(
        BillCategory.UNSERVED,
        period,
        None,
        named(_stream_names(problem), stream),
        hours[stream, period],
        "unit-hours",
        problem.streams.unserved_usd_per_unit_hour[stream],
    )


def _unserved_jobs(problem: Problem, follows: Consequences) -> list[BillLine]:
    jobs = problem.jobs
    job = np.flatnonzero(follows.unserved_job)
    return _lines(
        BillCategory.UNSERVED,
        jobs.charged_in[job],
        None,
        named(jobs.names, job),
        np.ones(len(job)),
        "jobs",
        jobs.value_usd[job],
    )


def _stream_names(problem: Problem) -> list[str]:
    return [problem.stream_name(stream) for stream in range(problem.streams.count)]
