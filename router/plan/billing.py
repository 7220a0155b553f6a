"""The bill: the plan priced again from first principles, line by line, in cents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.plan.document import BillCategory, BillLine
from router.problem.problem import Problem

HALF_A_CENT = 0.005


def cents(usd: float) -> float:
    """An amount rounded to cents."""
    return float(round(usd, 2)) + 0.0


def bill(problem: Problem, decisions: Decisions, follows: Consequences) -> list[BillLine]:
    """All lines but breaches, by category (docs/model.md section 6)."""
    lines = [
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
    ]
    return [line for line in lines if abs(line.amount_usd) >= HALF_A_CENT]


def _line(
    period: int | np.integer[Any],
    category: BillCategory,
    provider: str | None,
    item: str,
    quantity: float,
    unit: str,
    usd_per_unit: float,
    **more: object,
) -> BillLine:
    return BillLine.model_validate(
        {
            "period": int(period),
            "category": category,
            "provider": provider,
            "item": item,
            "quantity": float(quantity),
            "unit": unit,
            "usd_per_unit": float(usd_per_unit),
            "amount_usd": cents(float(quantity) * float(usd_per_unit)),
            **more,
        }
    )


def _contract(problem: Problem, index: int) -> str | None:
    return problem.contracts[index] if index >= 0 else None


def _usage(problem: Problem, decisions: Decisions) -> Iterator[BillLine]:
    table, pools = problem.lines, problem.pools
    hours = np.einsum("lth,th->lt", decisions.rent, problem.calendar.slice_hours)
    for line, period in zip(*np.nonzero(hours), strict=True):
        pool = table.pool[line]
        yield _line(
            period,
            BillCategory.USAGE,
            str(pools.provider_name[pool]),
            pools.names[pool],
            hours[line, period],
            "instance-hours",
            table.price_usd_per_hour[line, period],
            purchase_option=table.option[line],
            contract=_contract(problem, table.contract[line]),
        )


def _reservations(problem: Problem, decisions: Decisions) -> Iterator[BillLine]:
    cohorts, pools = problem.cohorts, problem.pools
    for cohort in np.flatnonzero(decisions.reserve):
        pool = cohorts.pool[cohort]
        for period in np.flatnonzero(cohorts.life_hours[cohort]):
            hours = cohorts.life_hours[cohort, period]
            yield _line(
                period,
                BillCategory.RESERVATION,
                str(pools.provider_name[pool]),
                pools.names[pool],
                decisions.reserve[cohort] * hours,
                "instance-hours",
                cohorts.payment_usd[cohort, period] / hours,
                purchase_option="reserved",
                contract=_contract(problem, cohorts.contract[cohort]),
            )


def _after_horizon(problem: Problem, decisions: Decisions) -> Iterator[BillLine]:
    cohorts, pools = problem.cohorts, problem.pools
    for cohort in np.flatnonzero((decisions.reserve > 0) & (cohorts.after_horizon_hours > 0)):
        pool = cohorts.pool[cohort]
        yield _line(
            problem.calendar.periods - 1,
            BillCategory.RESERVATION_AFTER_HORIZON,
            str(pools.provider_name[pool]),
            pools.names[pool],
            decisions.reserve[cohort] * cohorts.after_horizon_hours[cohort],
            "instance-hours",
            cohorts.price_usd_per_hour[cohort] * problem.reservation_payments_after_horizon,
            purchase_option="reserved",
            contract=_contract(problem, cohorts.contract[cohort]),
        )


def _shortfalls(problem: Problem, follows: Consequences) -> Iterator[BillLine]:
    windows = problem.windows
    for window in np.flatnonzero(follows.shortfall_usd):
        contract = problem.contracts[windows.contract[window]]
        yield _line(
            int(windows.settled_in[window]),
            BillCategory.SHORTFALL,
            problem.contract_providers[windows.contract[window]],
            f"{contract}/{windows.commitment[window]}",
            follows.shortfall_usd[window],
            "USD",
            windows.rate[window],
            contract=contract,
        )


def _tier_credits(problem: Problem, follows: Consequences) -> Iterator[BillLine]:
    tiers = problem.tiers
    for window in np.flatnonzero(follows.credit_usd):
        contract = problem.contracts[tiers.contract[window]]
        yield _line(
            tiers.settled_in[window],
            BillCategory.TIER_CREDIT,
            problem.contract_providers[tiers.contract[window]],
            contract,
            follows.tier_spend_usd[window],
            "USD",
            -follows.credit_usd[window] / follows.tier_spend_usd[window],
            contract=contract,
        )


def _transfer_to_users(problem: Problem, follows: Consequences) -> Iterator[BillLine]:
    streams, egress = problem.streams, problem.pools.provider_egress
    unit_hours = np.einsum("skth,th->skt", follows.served, problem.calendar.slice_hours)
    gigabytes = unit_hours * streams.egress_gb_per_unit_hour[:, None, None]
    for stream, provider, period in zip(*np.nonzero(gigabytes * (egress > 0)[None, :, None]), strict=True):
        yield _line(
            period,
            BillCategory.DATA_TRANSFER,
            problem.pools.providers[provider],
            problem.stream_name(stream),
            gigabytes[stream, provider, period],
            "GB",
            egress[provider],
        )


def _transfer_of_calls(problem: Problem, decisions: Decisions, follows: Consequences) -> Iterator[BillLine]:
    calls, egress = problem.calls, problem.pools.provider_egress
    if not len(calls.stream):
        return
    made = follows.served[calls.stream] * calls.units_per_unit[:, None, None, None]
    away = np.maximum(0.0, made - decisions.local)
    away = np.where(away > 1e-9 * np.maximum(1.0, made), away, 0.0)
    gigabytes = np.einsum("akth,th->akt", away, problem.calendar.slice_hours) * calls.gb_per_unit_hour[:, None, None]
    for call, provider, period in zip(*np.nonzero(gigabytes * (egress > 0)[None, :, None]), strict=True):
        called = problem.workloads[calls.workload[call]]
        yield _line(
            period,
            BillCategory.DATA_TRANSFER,
            problem.pools.providers[provider],
            f"{problem.stream_name(calls.stream[call])} > {called}",
            gigabytes[call, provider, period],
            "GB",
            egress[provider],
        )


def _datasets(problem: Problem, decisions: Decisions) -> Iterator[BillLine]:
    runs = problem.runs
    for run in np.flatnonzero(decisions.run & (runs.transfer_usd > 0)):
        yield _line(
            runs.first_period[run],
            BillCategory.DATA_TRANSFER,
            problem.dataset_providers[runs.job[run]],
            problem.jobs.names[runs.job[run]],
            runs.transfer_gb[run],
            "GB",
            runs.transfer_usd[run] / runs.transfer_gb[run],
        )


def _migrations(problem: Problem, follows: Consequences) -> Iterator[BillLine]:
    units = np.zeros((problem.streams.count, problem.calendar.periods))
    np.add.at(units, follows.places.stream, follows.moved)
    for stream, period in zip(*np.nonzero(units), strict=True):
        yield _line(
            period,
            BillCategory.MIGRATION,
            None,
            problem.stream_name(stream),
            units[stream, period],
            "units",
            problem.streams.migration_usd_per_unit[stream],
        )


def _unserved(problem: Problem, follows: Consequences) -> Iterator[BillLine]:
    hours = np.einsum("sth,th->st", follows.unserved, problem.calendar.slice_hours)
    for stream, period in zip(*np.nonzero(hours), strict=True):
        yield _line(
            period,
            BillCategory.UNSERVED,
            None,
            problem.stream_name(stream),
            hours[stream, period],
            "unit-hours",
            problem.streams.unserved_usd_per_unit_hour[stream],
        )
    for job in np.flatnonzero(follows.unserved_job):
        yield _line(
            problem.jobs.charged_in[job],
            BillCategory.UNSERVED,
            None,
            problem.jobs.names[job],
            1.0,
            "jobs",
            problem.jobs.value_usd[job],
        )
