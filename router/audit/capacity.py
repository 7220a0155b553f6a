"""What is used is rented or reserved, what is held fits, and offers end where they end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.audit import values
from router.audit.decisions import Decisions
from router.audit.facts import Facts, Floats
from router.audit.report import Ledger
from router.audit.reservations import Reservation, active_instances
from router.audit.runs import Run
from router.audit.tolerance import QUANTITY
from router.plan.document import Plan


@dataclass(frozen=True)
class Loads:
    """Instances by pool and period (runs, reserved) or pool, period and slice (rented, held)."""

    rented_firm: Floats
    rented_spot: Floats
    reserved: Floats
    run_paid_firm: Floats
    run_paid_spot: Floats
    run_ending_firm: Floats
    run_ending_spot: Floats
    run_held_firm: Floats
    run_held_spot: Floats
    held: Floats


def loads_of(facts: Facts, decisions: Decisions, runs: list[Run], reservations: list[Reservation]) -> Loads:
    """Add up instances by pool."""
    by_period = (len(facts.pools), facts.calendar.count)
    rented_firm, rented_spot = np.zeros_like(decisions.use_firm), np.zeros_like(decisions.use_firm)
    for (pool, option, _), rent in decisions.rentals.items():
        (rented_spot if option == "spot" else rented_firm)[facts.pool_index[pool]] += rent
    paid = {False: np.zeros(by_period), True: np.zeros(by_period)}
    held = {False: np.zeros(by_period), True: np.zeros(by_period)}
    ending = {False: np.zeros(by_period), True: np.zeros(by_period)}
    for run in runs:
        paid[run.spot][run.pool] += run.paid
        held[run.spot][run.pool] += run.held
        ending[run.spot][run.pool] += np.where(run.paid < run.held, run.paid, 0.0)
    return Loads(
        rented_firm=rented_firm,
        rented_spot=rented_spot,
        reserved=active_instances(facts, reservations),
        run_paid_firm=paid[False],
        run_paid_spot=paid[True],
        run_ending_firm=ending[False],
        run_ending_spot=ending[True],
        run_held_firm=held[False],
        run_held_spot=held[True],
        held=decisions.use_firm + decisions.use_spot + (held[False] + held[True])[:, :, None],
    )


def check_capacity(
    facts: Facts, decisions: Decisions, loads: Loads, reservations: list[Reservation], ledger: Ledger
) -> None:
    """rental_cover, pool_capacity, rented_capacity, spot_capacity, spot_rented and offer_limit."""

    def firm(pool: int, period: int, part: int) -> str:
        return f"firm instances of {facts.pools[pool]}, {facts.place(period, part)}"

    def spot(pool: int, period: int, part: int) -> str:
        return f"spot instances of {facts.pools[pool]}, {facts.place(period, part)}"

    def all_held(pool: int, period: int, part: int) -> str:
        return f"instances in use of {facts.pools[pool]}, {facts.place(period, part)}"

    def all_paid(pool: int, period: int, part: int) -> str:
        return f"instances rented and reserved of {facts.pools[pool]}, {facts.place(period, part)}"

    reserved = loads.reserved[:, :, None]
    firm_need = decisions.use_firm + loads.run_paid_firm[:, :, None]
    spot_need = decisions.use_spot + loads.run_paid_spot[:, :, None]
    ledger.at_least("rental_cover", loads.rented_firm + reserved, firm_need, firm)
    ledger.at_least("rental_cover", loads.rented_spot, spot_need, spot)
    capacity = facts.capacity[:, :, None]
    ledger.at_most("pool_capacity", loads.held, capacity, all_held)
    ledger.at_most("rented_capacity", loads.rented_firm + loads.rented_spot + reserved, capacity, all_paid)
    spot_capacity = facts.spot_capacity[:, :, None]
    ledger.at_most("spot_capacity", decisions.use_spot + loads.run_held_spot[:, :, None], spot_capacity, spot)
    ledger.at_most("spot_rented", loads.rented_spot, spot_capacity, spot)
    _check_offer_limits(facts, decisions, reservations, ledger)


def _check_offer_limits(facts: Facts, decisions: Decisions, reservations: list[Reservation], ledger: Ledger) -> None:
    # An offer for any region is one offer, however many pools it stands in for.
    used: dict[int, Floats] = {}
    index_of = {id(offer): index for index, offer in enumerate(facts.scenario.offers)}
    empty = np.zeros((facts.calendar.count, len(facts.calendar.slices)))
    for (pool, option, contract), rent in decisions.rentals.items():
        offer = facts.book.offers[pool].get((option, None, contract if option == "contract" else None))
        if offer is not None:
            index = index_of[id(offer)]
            used[index] = used.get(index, empty) + rent
    for reservation in reservations:
        offer = facts.book.offers[facts.pools[reservation.pool]]["reserved", reservation.term_months, None]
        index = index_of[id(offer)]
        used[index] = used.get(index, empty) + (reservation.active * reservation.instances)[:, None]
    for index, instances in used.items():
        offer = facts.scenario.offers[index]
        if offer.max_instances is None:
            continue

        def where(period: int, part: int, index: int = index) -> str:
            offer = facts.scenario.offers[index]
            what = f"offers[{index}] ({offer.instance_type}, {offer.purchase_option})"
            return f"{what}, {facts.place(period, part)}"

        limit = values.smallest(offer.max_instances, facts.calendar)[:, None]
        ledger.at_most("offer_limit", instances, limit, where)


def check_whole_numbers(facts: Facts, decisions: Decisions, plan: Plan, loads: Loads, ledger: Ledger) -> None:
    """Pools of whole instances are rented and reserved in whole instances, but for hours of runs.

    What exceeds whole instances on the lines of a pool is at most what runs that end within the period pay for.
    """
    exceeding: dict[tuple[int, bool], Floats] = {}
    for (pool, option, _), rent in decisions.rentals.items():
        index = facts.pool_index[pool]
        if not facts.whole[index]:
            continue
        over = rent - np.floor(rent + QUANTITY * np.maximum(1.0, np.abs(rent)))
        key = (index, option == "spot")
        exceeding[key] = exceeding.get(key, np.zeros_like(rent)) + np.maximum(over, 0.0)
    for (index, is_spot), over in exceeding.items():
        ending = (loads.run_ending_spot if is_spot else loads.run_ending_firm)[index][:, None]

        def beyond(period: int, part: int, index: int = index) -> str:
            what = f"instances of {facts.pools[index]} beyond whole ones and hours of runs"
            return f"{what}, {facts.place(period, part)}"

        ledger.at_most("whole_instances", over, np.broadcast_to(ending, over.shape), beyond)
    for reservation in plan.reservations:
        if facts.whole[facts.pool_index[reservation.pool]] if reservation.pool in facts.pool_index else False:
            ledger.checks += 1
            if not _is_whole(reservation.instances):
                where = f"reservation of {reservation.pool} from period {reservation.first_period}"
                ledger.find("whole_instances", where, reservation.instances, "a whole number")


def _is_whole(instances: float) -> bool:
    return bool(abs(instances - np.round(instances)) <= QUANTITY * max(1.0, abs(instances)))
