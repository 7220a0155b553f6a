"""What the plan's decisions cost, charge by charge (docs/model.md section 6), before contracts and limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from router.audit.decisions import Decisions
from router.audit.facts import Facts, Floats
from router.audit.reservations import Reservation
from router.audit.runs import Run
from router.plan.document import BillCategory


@dataclass(frozen=True)
class Charge:
    """A line that the bill must have. `usd_per_unit` is None where the definition leaves it open."""

    period: int
    category: BillCategory
    provider: str | None
    item: str
    unit: str
    usd_per_unit: float | None
    amount_usd: float
    purchase_option: str | None = None
    contract: str | None = None


@dataclass(frozen=True)
class Spend:
    """USD billed under each contract in each period, and how many charges that is (for rounding)."""

    usd: dict[str, Floats]
    charges: dict[str, Floats]


def rental_charges(facts: Facts, decisions: Decisions, reservations: list[Reservation]) -> list[Charge]:
    """Usage and reservations, with what reservations still cost after the horizon."""
    charges: list[Charge] = []
    for (pool, option, contract), rent in decisions.rentals.items():
        prices = facts.book.rental_price(pool, option, contract)
        if prices is None:
            continue
        provider = facts.provider_name(facts.pool_index[pool])
        instance_hours = (facts.calendar.slice_hours * rent).sum(axis=1)
        for period in np.flatnonzero((instance_hours != 0) & ~np.isnan(prices)):
            usd = float(prices[period])
            amount = usd * float(instance_hours[period])
            charges.append(
                Charge(
                    int(period),
                    BillCategory.USAGE,
                    provider,
                    pool,
                    "instance-hours",
                    usd,
                    amount,
                    option,
                    contract,
                )
            )
    last = facts.calendar.count - 1
    for reservation in reservations:
        pool, provider = facts.pools[reservation.pool], facts.provider_name(reservation.pool)
        payments = reservation.payments_usd
        for period in np.flatnonzero(payments):
            charges.append(
                Charge(
                    int(period),
                    BillCategory.RESERVATION,
                    provider,
                    pool,
                    "instance-hours",
                    float(reservation.usd_per_hour[period]),
                    float(payments[period]),
                    "reserved",
                    reservation.contract,
                )
            )
        share = facts.scenario.horizon.reservation_payments_after_horizon
        after = share * reservation.list_usd_per_hour * reservation.hours_after_horizon * reservation.instances
        category = BillCategory.RESERVATION_AFTER_HORIZON
        charges.append(
            Charge(last, category, provider, pool, "instance-hours", None, after, "reserved", reservation.contract)
        )
    return charges


def spend_of(facts: Facts, charges: list[Charge]) -> Spend:
    """contract_spend: what is billed under each contract in each period, before tier credits."""
    usd = {name: np.zeros(facts.calendar.count) for name in facts.scenario.contracts}
    count = {name: np.zeros(facts.calendar.count) for name in facts.scenario.contracts}
    for charge in charges:
        drawn = charge.category in (BillCategory.USAGE, BillCategory.RESERVATION)
        if drawn and charge.contract is not None:
            usd[charge.contract][charge.period] += charge.amount_usd
            count[charge.contract][charge.period] += 1
    return Spend(usd, count)


def transfer_charges(facts: Facts, decisions: Decisions, runs: list[Run]) -> list[Charge]:
    """Data transfer: to users, of calls that leave a provider, of datasets to runs elsewhere."""
    hours = facts.calendar.slice_hours
    charges: list[Charge] = []
    for index, stream in enumerate(facts.streams):
        for place, provider in enumerate(facts.providers):
            provided = decisions.provided[index, place]
            if not provided.any():
                continue
            gigabytes = stream.workload.egress_gb_per_unit_hour * (hours * provided).sum(axis=1)
            charges.extend(_egress(facts, provider, stream.label, gigabytes))
            for call in stream.calls:
                local = decisions.local_calls.get((index, call.workload, place), 0.0)
                leaving = call.units_per_unit * provided - local
                gigabytes = call.gb_per_unit_hour * (hours * leaving).sum(axis=1)
                item = f"{stream.label} > {call.workload}"
                charges.extend(_egress(facts, provider, item, gigabytes))
    for run in runs:
        dataset = run.job.dataset
        if dataset is not None and dataset.provider != facts.provider_name(run.pool):
            gigabytes = np.zeros(facts.calendar.count)
            gigabytes[run.first_period] = dataset.gigabytes
            charges.extend(_egress(facts, dataset.provider, run.job_name, gigabytes))
    return charges


def _egress(facts: Facts, provider: str, item: str, gigabytes: Floats) -> Iterator[Charge]:
    known = facts.scenario.providers.get(provider)
    usd = known.egress_usd_per_gb if known else 0.0
    for period in np.flatnonzero(gigabytes):
        amount = usd * float(gigabytes[period])
        yield Charge(int(period), BillCategory.DATA_TRANSFER, provider, item, "GB", usd, amount)


def migration_charges(facts: Facts, decisions: Decisions) -> list[Charge]:
    """What leaves a pool beyond the shrinking of demand, by definition."""
    charges = []
    shares = facts.calendar.slice_shares
    for index, average in decisions.averages.items():
        stream = facts.streams[index]
        demand = stream.demand @ shares
        before, after = demand[:-1], demand[1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            kept = np.where(before > 0, np.minimum(1.0, after / before), 1.0)
        moved = np.maximum(0.0, kept * average[:, :-1] - average[:, 1:]).sum(axis=0)
        usd = stream.workload.migration_usd_per_unit
        for later, units in enumerate(moved.tolist(), start=1):
            if units == 0:
                continue
            amount = usd * units
            charges.append(Charge(later, BillCategory.MIGRATION, None, stream.label, "units", usd, amount))
    return charges


def unserved_charges(facts: Facts, decisions: Decisions) -> list[Charge]:
    """Unserved demand at its own value; nobody is paid."""
    charges = []
    for index, stream in enumerate(facts.streams):
        usd = stream.workload.value_of_unserved_usd_per_unit_hour
        unit_hours = (facts.calendar.slice_hours * decisions.unserved[index]).sum(axis=1)
        for period in np.flatnonzero(unit_hours).tolist():
            amount = usd * float(unit_hours[period])
            charges.append(Charge(period, BillCategory.UNSERVED, None, stream.label, "unit-hours", usd, amount))
    for name, quantity in decisions.unserved_jobs.items():
        job = facts.jobs[name]
        due, usd = facts.calendar.containing(job.deadline), job.value_of_unserved_usd
        charges.append(Charge(due, BillCategory.UNSERVED, None, name, "jobs", usd, usd * quantity))
    return charges
