"""Reservations: their life, what they cover and what they cost (docs/model.md sections 3 and 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.audit.calendar import HOURS_A_DAY, add_months
from router.audit.decisions import Reader
from router.audit.facts import Facts, Floats
from router.audit.report import Ledger
from router.audit.tolerance import QUANTITY
from router.plan.document import Plan, ReservationRecord


@dataclass(frozen=True)
class Reservation:
    """A reservation by definition. `active`, `life_hours` and `usd_per_hour` are per period."""

    pool: int
    term_months: int
    contract: str | None
    instances: float
    active: NDArray[np.bool_]
    life_hours: Floats
    usd_per_hour: Floats
    hours_after_horizon: float
    list_usd_per_hour: float

    @property
    def payments_usd(self) -> Floats:
        """USD paid in each period, used or not."""
        return np.asarray(self.usd_per_hour * self.life_hours * self.instances, dtype=float)


def read_reservations(facts: Facts, plan: Plan, ledger: Ledger) -> list[Reservation]:
    """The plan's reservations; those that name what the scenario does not have are findings."""
    reader = Reader(facts, ledger)
    found = [_read(reader, record) for record in plan.reservations]
    return [reservation for reservation in found if reservation is not None]


def _read(reader: Reader, record: ReservationRecord) -> Reservation | None:
    facts, ledger = reader.facts, reader.ledger
    calendar = facts.calendar
    under = f" under {record.contract}" if record.contract else ""
    where = f"reservation of {record.pool} for {record.term_months} months{under} "
    where += f"from period {record.first_period}"
    ledger.checks += 6
    if not (
        reader.name("pool", record.pool, facts.pool_index, where)
        and reader.period(record.first_period, where)
        and (record.contract is None or reader.name("contract", record.contract, facts.scenario.contracts, where))
    ):
        return None
    prices = facts.book.list_price(record.pool, ("reserved", record.term_months, None))
    if prices is None:
        terms = sorted(
            term for option, term, _ in facts.book.offers[record.pool] if option == "reserved" and term is not None
        )
        expected = "a term that is offered: " + (", ".join(map(str, terms)) or "none")
        ledger.find("billing_line", where, f"{record.term_months} months", expected)
        return None
    reader.once(("reservation", record.pool, record.term_months, record.contract, record.first_period), where)
    reader.not_negative(record.instances, where)
    first = record.first_period
    list_price = float(prices[first])
    if record.instances > QUANTITY:
        fault = facts.book.contract_fault(record.pool, "reserved", record.contract, first)
        if np.isnan(list_price):
            fault = "an offer with a price in the first period"
        if fault is not None:
            ledger.find("billing_line", where, record.instances, fault)
    start = calendar.bounds[first]
    end = add_months(start, record.term_months)
    if record.start != start:
        ledger.find("reservation_life", f"{where}, start", record.start, start)
    if record.end != end:
        ledger.find("reservation_life", f"{where}, end", record.end, end)
    later = np.arange(calendar.count) >= first
    list_price = 0.0 if np.isnan(list_price) else list_price
    return Reservation(
        pool=facts.pool_index[record.pool],
        term_months=record.term_months,
        contract=record.contract,
        instances=record.instances,
        active=later & calendar.wholly_within(start, end),
        life_hours=HOURS_A_DAY * calendar.overlap_days(start, end),
        usd_per_hour=list_price * facts.book.discount_factor(record.pool, "reserved", record.contract),
        hours_after_horizon=float(HOURS_A_DAY * max(0, (end - calendar.end).days)),
        list_usd_per_hour=list_price,
    )


def active_instances(facts: Facts, reservations: list[Reservation]) -> Floats:
    """Active reserved instances of each pool and period."""
    total = np.zeros((len(facts.pools), facts.calendar.count))
    for reservation in reservations:
        total[reservation.pool] += reservation.active * reservation.instances
    return total
