"""Corruptions of rentals and reservations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from router.plan.document import Plan
from router.scenario.scenario import Scenario

from .corrupting import Registry, drop, edit, first

corruption = Registry()


@corruption("rental_cover")
def rent_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """Instances in use are not rented."""
    reserved = {record.pool for record in plan.reservations}
    index = first(plan.serving, lambda r: r.instances > 0.01 and not r.spot and r.pool not in reserved)
    if index is None:
        return None
    used = plan.serving[index]
    place = (used.pool, used.period, used.slice)
    kept = [record for record in plan.rentals if (record.pool, record.period, record.slice) != place]
    return plan.model_copy(update={"rentals": kept})


@corruption("bill_line")
def reserve_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation that is billed is not there."""
    return drop(plan, "reservations", lambda record: record.instances > 0.01)


@corruption("whole_instances")
def rent_a_fraction(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool of whole instances is rented by halves."""

    def wanted(record: Any) -> bool:
        pool = scenario.pools[record.pool]
        capacity = pool.capacity.values() if isinstance(pool.capacity, dict) else [pool.capacity]
        small = max(capacity, default=0.0) <= scenario.whole_instances_up_to
        return pool.whole_instances is True or (pool.whole_instances == "auto" and small)

    return edit(plan, "rentals", wanted, lambda record: {"instances": record.instances + 0.5})


@corruption("rented_capacity")
def rent_more_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool is rented beyond its capacity."""
    return edit(plan, "rentals", lambda _: True, lambda record: {"instances": record.instances + 1e9})


@corruption("rented_capacity")
def reserve_more_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool is reserved beyond its capacity."""
    return edit(plan, "reservations", lambda _: True, lambda record: {"instances": record.instances + 1e9})


@corruption("spot_rented")
def rent_more_spot_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """Spot is rented beyond the pool's spot capacity."""
    return edit(plan, "rentals", lambda r: r.purchase_option == "spot", lambda r: {"instances": r.instances + 1e9})


@corruption("offer_limit")
def rent_beyond_the_offer(scenario: Scenario, plan: Plan) -> Plan | None:
    """More is rented at a price than the offer covers."""

    def wanted(record: Any) -> bool:
        pool = scenario.pools[record.pool]
        return any(
            offer.max_instances is not None
            and (offer.provider, offer.instance_type) == (pool.provider, pool.instance_type)
            and (offer.purchase_option, offer.region) == (record.purchase_option, pool.region)
            for offer in scenario.offers
        )

    return edit(plan, "rentals", wanted, lambda record: {"instances": record.instances + 1e9})


@corruption("billing_line")
def rent_outside_contracts(scenario: Scenario, plan: Plan) -> Plan | None:
    """What a contract bills is billed under none."""

    def wanted(record: Any) -> bool:
        return record.contract is not None and record.purchase_option != "contract" and record.instances > 0.01

    return edit(plan, "rentals", wanted, lambda _: {"contract": None})


@corruption("billing_line")
def rent_reserved(scenario: Scenario, plan: Plan) -> Plan | None:
    """A rental calls itself reserved."""
    return edit(plan, "rentals", lambda r: r.instances > 0.01, lambda _: {"purchase_option": "reserved"})


@corruption("billing_line")
def reserve_for_a_term_not_offered(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation has a term that no offer has."""
    return edit(plan, "reservations", lambda _: True, lambda record: {"term_months": record.term_months + 5})


@corruption("reservation_life")
def end_a_reservation_early(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation ends a month early."""
    return edit(plan, "reservations", lambda _: True, lambda r: {"end": r.end - timedelta(days=31)})


@corruption("non_negative")
def rent_less_than_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """A rental is negative."""
    return edit(plan, "rentals", lambda r: r.instances > 0.01, lambda r: {"instances": -r.instances})
