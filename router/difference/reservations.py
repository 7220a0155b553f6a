"""Reservations of which more or fewer are bought."""

from __future__ import annotations

from datetime import date

from router.difference.digest import PlanDigest
from router.difference.document import ReservationChange
from router.difference.kinds import kind_of
from router.difference.tolerance import cents, quantities_differ

Cohort = tuple[str, int, str | None, date]
"""Pool, term in months, contract, start."""


def reservation_changes(before: PlanDigest, after: PlanDigest) -> list[ReservationChange]:
    """Purchases that differ in their number of instances, the largest change of money first."""
    old, new = _cohorts(before), _cohorts(after)
    changes = []
    for cohort in {**old, **new}:
        (was, usd_was), (now, usd_now) = old.get(cohort, (0.0, 0.0)), new.get(cohort, (0.0, 0.0))
        if not quantities_differ(was, now):
            continue
        pool, term_months, contract, start = cohort
        changes.append(
            ReservationChange(
                pool=pool,
                term_months=term_months,
                contract=contract,
                start=start,
                kind=kind_of(was, now),
                instances_before=was,
                instances_after=now,
                usd_before=cents(usd_was),
                usd_after=cents(usd_now),
            )
        )
    return sorted(changes, key=_by_money)


def _by_money(change: ReservationChange) -> tuple[object, ...]:
    money = -abs(change.usd_after - change.usd_before)
    return money, change.start, change.pool, change.term_months, change.contract or ""


def _cohorts(plan: PlanDigest) -> dict[Cohort, tuple[float, float]]:
    """Instances and USD within the horizon of each cohort."""
    price = plan.charges.reserved_usd_per_hour
    horizon_end = plan.boundaries[-1]
    cohorts: dict[Cohort, tuple[float, float]] = {}
    for bought in plan.plan.reservations:
        hours = 24.0 * max(0, (min(bought.end, horizon_end) - bought.start).days)
        usd = bought.instances * hours * price.get((bought.pool, bought.contract), 0.0)
        key = bought.pool, bought.term_months, bought.contract, bought.start
        instances_so_far, usd_so_far = cohorts.get(key, (0.0, 0.0))
        cohorts[key] = instances_so_far + bought.instances, usd_so_far + usd
    return cohorts
