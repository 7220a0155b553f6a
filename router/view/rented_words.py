"""What a plan rents of a pool, in words."""

from __future__ import annotations

from datetime import date

from router.plan.document import Plan
from router.report import numbers
from router.report.tables.cost import OPTION_WORDS
from router.scenario.selector import PurchaseOption

_NOTHING = 1e-9


def rented_words(plan: Plan, pool: str, spot: bool, period: int, slice_name: str | None = None) -> str:
    """Such as ``contract (aws-edp) 12, reserved 36 months 4``: firm, or spot, instances of a pool.

    In a slice, or on average over the period's hours. Reservations count in periods that lie wholly in their lives.
    Empty where nothing is rented.
    """
    record = plan.periods[period]
    rented: dict[tuple[PurchaseOption, str | None], float] = {}
    for rental in plan.rentals:
        if rental.pool != pool or rental.period != period or (rental.purchase_option == "spot") != spot:
            continue
        if slice_name not in (None, rental.slice):
            continue
        share = 1.0 if slice_name is not None else record.slice_hours[rental.slice] / record.hours
        key = rental.purchase_option, rental.contract
        rented[key] = rented.get(key, 0.0) + rental.instances * share
    parts = [
        _words(OPTION_WORDS[option], contract, instances)
        for (option, contract), instances in rented.items()
        if instances > _NOTHING
    ]
    return ", ".join([*parts, *([] if spot else _reserved(plan, pool, record.start, record.end))])


def _reserved(plan: Plan, pool: str, start: date, end: date) -> list[str]:
    held: dict[tuple[int, str | None], float] = {}
    for reservation in plan.reservations:
        if reservation.pool == pool and reservation.start <= start and reservation.end >= end:
            key = reservation.term_months, reservation.contract
            held[key] = held.get(key, 0.0) + reservation.instances
    return [_words(f"reserved {months} months", contract, instances) for (months, contract), instances in held.items()]


def _words(what: str, contract: str | None, instances: float) -> str:
    return f"{what}{f' ({contract})' if contract else ''} {numbers.count(instances)}"
