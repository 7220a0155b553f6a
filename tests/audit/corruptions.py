"""Ways to corrupt a plan, each with the rule of the audit that must catch it.

A corruption works on any plan that has the records it needs and gives None on others, so that the same list
runs on the hand-made plan and on plans of shipped scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from router.plan.document import BillCategory, BillLine, Plan, Record, ServingRecord
from router.scenario.scenario import Scenario
from router.scenario.workload import Training

Change = Callable[[Scenario, Plan], Plan | None]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Corruption:
    """A way to corrupt a plan and the rule that must catch it."""

    name: str
    rule: str
    change: Change


CORRUPTIONS: list[Corruption] = []


def corruption(rule: str) -> Callable[[Change], Change]:
    """Register a function as a corruption that the rule must catch."""

    def register(change: Change) -> Change:
        CORRUPTIONS.append(Corruption(change.__name__, rule, change))
        return change

    return register


def _first(records: Sequence[R], wanted: Callable[[R], bool] = lambda _: True) -> int | None:
    return next((index for index, record in enumerate(records) if wanted(record)), None)


def _edit(plan: Plan, part: str, wanted: Callable[[Any], bool], change: Callable[[Any], dict[str, Any]]) -> Plan | None:
    # The first record of a part that is wanted, with some of its values changed.
    records = list(getattr(plan, part))
    index = _first(records, wanted)
    if index is None:
        return None
    records[index] = records[index].model_copy(update=change(records[index]))
    return plan.model_copy(update={part: records})


def _drop(plan: Plan, part: str, wanted: Callable[[Any], bool] = lambda _: True) -> Plan | None:
    records = list(getattr(plan, part))
    index = _first(records, wanted)
    if index is None:
        return None
    del records[index]
    return plan.model_copy(update={part: records})


def _twice(plan: Plan, part: str, wanted: Callable[[Any], bool] = lambda _: True) -> Plan | None:
    records = list(getattr(plan, part))
    index = _first(records, wanted)
    return None if index is None else plan.model_copy(update={part: [*records, records[index]]})


def _scaled(record: ServingRecord, factor: float) -> dict[str, Any]:
    return {"quantity": record.quantity * factor, "instances": record.instances * factor}


def _served(record: ServingRecord) -> tuple[str, str, int, str]:
    return (record.workload, record.stream, record.period, record.slice)


# Demand


@corruption("demand_met")
def serve_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """A stream that is served in full is not served at all in one period and slice."""
    short = {(record.workload, record.stream, record.period, record.slice) for record in plan.unserved}
    index = _first(plan.serving, lambda record: record.quantity > 0.01 and _served(record) not in short)
    if index is None:
        return None
    gone = _served(plan.serving[index])
    return plan.model_copy(update={"serving": [record for record in plan.serving if _served(record) != gone]})


@corruption("demand_met")
def hide_unserved_demand(scenario: Scenario, plan: Plan) -> Plan | None:
    """Demand is left out and not declared."""
    served: dict[tuple[str, str, int, str], float] = {}
    for record in plan.serving:
        served[_served(record)] = served.get(_served(record), 0.0) + record.quantity
    return _drop(
        plan,
        "unserved",
        lambda record: (
            record.stream is not None
            and record.quantity > 0.01
            and served.get((record.workload, record.stream, record.period, record.slice), 0.0)
            < record.demand * (1 - 1e-4)
        ),
    )


@corruption("survive_provider_loss")
def serve_from_one_provider(scenario: Scenario, plan: Plan) -> Plan | None:
    """A stream that must survive the loss of a provider is moved into one pool."""

    def wanted(record: ServingRecord) -> bool:
        workload = scenario.workloads[record.workload]
        share = None if isinstance(workload, Training) else workload.survive_provider_loss
        return record.quantity > 0.01 and not record.spot and bool(share)

    index = _first(plan.serving, wanted)
    if index is None:
        return None
    chosen = plan.serving[index]
    together = [record for record in plan.serving if _served(record) == _served(chosen)]
    total = sum(record.quantity for record in together)
    kept = chosen.model_copy(update=_scaled(chosen, total / chosen.quantity))
    others = [record for record in plan.serving if _served(record) != _served(chosen)]
    return plan.model_copy(update={"serving": [*others, kept]})


@corruption("spot_share")
def serve_more_on_spot(scenario: Scenario, plan: Plan) -> Plan | None:
    """Spot serves a hundred times as much."""
    return _edit(plan, "serving", lambda record: record.spot and record.quantity > 0.01, lambda r: _scaled(r, 100))


@corruption("unserved_quantity")
def overstate_unserved_demand(scenario: Scenario, plan: Plan) -> Plan | None:
    """More is declared unserved than is missing."""

    def change(record: Any) -> dict[str, Any]:
        return {"quantity": record.quantity * 1.5, "value_usd": record.value_usd * 1.5}

    return _edit(plan, "unserved", lambda r: r.stream is not None and r.quantity > 0.01, change)


@corruption("unserved_value")
def understate_unserved_value(scenario: Scenario, plan: Plan) -> Plan | None:
    """The value of unserved demand is halved."""
    return _edit(plan, "unserved", lambda r: r.value_usd > 1, lambda r: {"value_usd": r.value_usd / 2})


@corruption("unserved_value")
def misstate_demand(scenario: Scenario, plan: Plan) -> Plan | None:
    """The demand beside unserved demand is not the scenario's."""
    return _edit(plan, "unserved", lambda r: r.stream is not None, lambda r: {"demand": r.demand * 1.1 + 1})


@corruption("serving_instances")
def serve_with_fewer_instances(scenario: Scenario, plan: Plan) -> Plan | None:
    """An instance does more than its throughput."""
    return _edit(plan, "serving", lambda r: r.instances > 0.01, lambda r: {"instances": r.instances * 0.9})


@corruption("eligibility")
def serve_where_not_allowed(scenario: Scenario, plan: Plan) -> Plan | None:
    """A stream is served in a pool whose instance type its throughput does not know."""
    for index, record in enumerate(plan.serving):
        workload = scenario.workloads[record.workload]
        for name, pool in scenario.pools.items():
            instance = scenario.instance_types[pool.instance_type]
            keys = {pool.instance_type, instance.accelerator or "vcpu"}
            if record.quantity > 0.01 and not keys & set(workload.throughput):
                records = list(plan.serving)
                records[index] = record.model_copy(update={"pool": name})
                return plan.model_copy(update={"serving": records})
    return None


@corruption("duplicates")
def serve_twice(scenario: Scenario, plan: Plan) -> Plan | None:
    """The same serving record stands twice."""
    return _twice(plan, "serving")


# Rentals and reservations


@corruption("rental_cover")
def rent_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """Instances in use are not rented."""
    return _drop(plan, "rentals", lambda record: record.instances > 0.01)


@corruption("rental_cover")
def reserve_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """Instances in use are not reserved."""
    return _drop(plan, "reservations", lambda record: record.instances > 0.01)


@corruption("whole_instances")
def rent_a_fraction(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool of whole instances is rented by halves."""

    def wanted(record: Any) -> bool:
        pool = scenario.pools[record.pool]
        capacity = pool.capacity.values() if isinstance(pool.capacity, dict) else [pool.capacity]
        small = max(capacity, default=0.0) <= scenario.whole_instances_up_to
        return pool.whole_instances is True or (pool.whole_instances == "auto" and small)

    return _edit(plan, "rentals", wanted, lambda record: {"instances": record.instances + 0.5})


@corruption("pool_capacity")
def rent_more_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool is rented beyond its capacity."""
    return _edit(plan, "rentals", lambda _: True, lambda record: {"instances": record.instances + 1e9})


@corruption("pool_capacity")
def reserve_more_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool is reserved beyond its capacity."""
    return _edit(plan, "reservations", lambda _: True, lambda record: {"instances": record.instances + 1e9})


@corruption("spot_capacity")
def rent_more_spot_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """Spot is rented beyond the pool's spot capacity."""
    return _edit(plan, "rentals", lambda r: r.purchase_option == "spot", lambda r: {"instances": r.instances + 1e9})


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

    return _edit(plan, "rentals", wanted, lambda record: {"instances": record.instances + 1e9})


@corruption("billing_line")
def rent_outside_contracts(scenario: Scenario, plan: Plan) -> Plan | None:
    """What a contract bills is billed under none."""

    def wanted(record: Any) -> bool:
        return record.contract is not None and record.purchase_option != "contract" and record.instances > 0.01

    return _edit(plan, "rentals", wanted, lambda _: {"contract": None})


@corruption("billing_line")
def rent_reserved(scenario: Scenario, plan: Plan) -> Plan | None:
    """A rental calls itself reserved."""
    return _edit(plan, "rentals", lambda r: r.instances > 0.01, lambda _: {"purchase_option": "reserved"})


@corruption("billing_line")
def reserve_for_a_term_not_offered(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation has a term that no offer has."""
    return _edit(plan, "reservations", lambda _: True, lambda record: {"term_months": record.term_months + 5})


@corruption("reservation_life")
def end_a_reservation_early(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation ends a month early."""
    return _edit(plan, "reservations", lambda _: True, lambda r: {"end": r.end - timedelta(days=31)})


@corruption("non_negative")
def rent_less_than_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """A rental is negative."""
    return _edit(plan, "rentals", lambda r: r.instances > 0.01, lambda r: {"instances": -r.instances})


# Runs


@corruption("one_run_per_job")
def run_a_job_twice(scenario: Scenario, plan: Plan) -> Plan | None:
    """A job has two runs."""
    return _twice(plan, "runs")


@corruption("one_run_per_job")
def forget_a_run(scenario: Scenario, plan: Plan) -> Plan | None:
    """A job has no run and is not unserved."""
    return _drop(plan, "runs")


@corruption("one_run_per_job")
def forget_an_unserved_job(scenario: Scenario, plan: Plan) -> Plan | None:
    """An unserved job is not declared."""
    return _drop(plan, "unserved", lambda record: record.stream is None)


@corruption("run_hours")
def run_shorter(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run does its work in less time than it needs."""
    return _edit(plan, "runs", lambda _: True, lambda record: {"hours": record.hours * 0.9})


@corruption("run_gang")
def run_on_fewer_instances(scenario: Scenario, plan: Plan) -> Plan | None:
    """A gang takes fewer instances than it needs."""
    return _edit(plan, "runs", lambda _: True, lambda record: {"instances": record.instances - 1})


@corruption("run_gang")
def run_a_gang_not_offered(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run has a gang that its job does not have."""
    return _edit(plan, "runs", lambda _: True, lambda record: {"accelerators": record.accelerators + 1})


@corruption("run_window")
def run_past_the_deadline(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run starts in a period that is too late for it, or, where it starts in the last, ends too late."""
    last = plan.periods[-1]
    return _edit(
        plan,
        "runs",
        lambda record: record.end + timedelta(days=1) < last.end or record.first_period < last.index,
        lambda record: {"first_period": last.index, "start": last.start, "last_period": last.index, "end": last.end},
    )


@corruption("run_window")
def end_a_run_later(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run's last day is five days off."""
    return _edit(plan, "runs", lambda _: True, lambda record: {"end": record.end + timedelta(days=5)})


@corruption("run_window")
def hold_no_last_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run that touches two periods or more holds one less."""
    return _edit(
        plan,
        "runs",
        lambda record: (
            record.last_period > record.first_period
            and record.end > plan.periods[record.last_period].start + timedelta(days=1)
        ),
        lambda record: {"last_period": record.last_period - 1},
    )


@corruption("eligibility")
def run_on_spot_where_not_allowed(scenario: Scenario, plan: Plan) -> Plan | None:
    """A job without spot runs on spot."""

    def wanted(record: Any) -> bool:
        return scenario.workloads[record.workload].spot is None and not record.spot

    return _edit(plan, "runs", wanted, lambda _: {"spot": True})


# Contracts


def _change_window(field: str, by_usd: float, wanted: Callable[[Any], bool] = lambda _: True) -> Change:
    def change(scenario: Scenario, plan: Plan) -> Plan | None:
        return _edit(plan, "windows", wanted, lambda record: {field: getattr(record, field) + by_usd})

    change.__name__ = f"change_{field}"
    return change


for _field, _rule in {
    "full_promise_usd": "commitment_window",
    "promise_usd": "commitment_window",
    "spent_to_date_usd": "commitment_window",
    "drawdown_usd": "drawdown",
    "carried_in_usd": "carry_forward",
    "carried_out_usd": "carry_forward",
    "shortfall_usd": "shortfall",
    "shortfall_paid_usd": "shortfall",
}.items():
    # More than rounding and float error at the size of the largest contracts.
    corruption(_rule)(_change_window(_field, 100_000.0))


@corruption("shortfall")
def hide_a_shortfall(scenario: Scenario, plan: Plan) -> Plan | None:
    """A missed promise costs nothing."""
    nothing = {"shortfall_usd": 0.0, "shortfall_paid_usd": 0.0}
    return _edit(plan, "windows", lambda record: record.shortfall_usd > 100, lambda _: nothing)


@corruption("met_on")
def meet_a_missed_promise(scenario: Scenario, plan: Plan) -> Plan | None:
    """A promise that is missed is said to be met."""
    return _edit(
        plan, "windows", lambda record: record.shortfall_usd > 100, lambda record: {"met_on": record.counted_to}
    )


@corruption("met_on")
def meet_a_promise_early(scenario: Scenario, plan: Plan) -> Plan | None:
    """A promise is met long before the window starts."""
    return _edit(
        plan,
        "windows",
        lambda r: r.met_on is not None and r.spent_to_date_usd + r.carried_in_usd < r.promise_usd * 0.99,
        lambda _: {"met_on": date(1999, 1, 1)},
    )


@corruption("commitment_window")
def forget_a_window(scenario: Scenario, plan: Plan) -> Plan | None:
    """A window is left out."""
    return _drop(plan, "windows")


@corruption("commitment_window")
def count_a_window_further(scenario: Scenario, plan: Plan) -> Plan | None:
    """A window is counted to a later day."""
    return _edit(plan, "windows", lambda _: True, lambda r: {"counted_to": r.counted_to + timedelta(days=30)})


@corruption("commitment_window")
def settle_a_window_in_another_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """A window is settled a period later."""
    return _edit(plan, "windows", lambda _: True, lambda r: {"settled_in_period": r.settled_in_period + 1})


@corruption("price_tiers")
def reach_a_higher_level(scenario: Scenario, plan: Plan) -> Plan | None:
    """A level is claimed that the spend does not reach."""
    return _edit(plan, "tiers", lambda _: True, lambda record: {"level": record.level + 1})


@corruption("price_tiers")
def credit_more(scenario: Scenario, plan: Plan) -> Plan | None:
    """A credit is larger than its spend earns."""
    return _edit(plan, "tiers", lambda r: r.credit_usd > 1, lambda r: {"credit_usd": r.credit_usd * 1.01})


@corruption("price_tiers")
def spend_more_in_a_tier_window(scenario: Scenario, plan: Plan) -> Plan | None:
    """A tier window counts spend that is not there."""
    return _edit(plan, "tiers", lambda r: r.spend_usd > 1, lambda r: {"spend_usd": r.spend_usd * 1.1})


@corruption("price_tiers")
def forget_a_tier_window(scenario: Scenario, plan: Plan) -> Plan | None:
    """A tier window is left out."""
    return _drop(plan, "tiers")


# Limits and affinity


@corruption("breach")
def hide_a_cash_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A broken cash ceiling is not declared."""
    wanted = _at("limits.cash")
    return _drop(plan, "breaches", lambda r: wanted(r) and r.amount > 1e-4 * plan.totals.cash_usd)


@corruption("breach")
def hide_a_share_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A provider share that is not kept is not declared."""
    return _drop(plan, "breaches", lambda r: _at("limits.provider_shares")(r) and r.amount > 1)


@corruption("breach")
def understate_a_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A breach is declared at half of its amount."""
    return _edit(plan, "breaches", lambda record: record.amount > 1, lambda r: {"amount": r.amount / 2})


@corruption("breach")
def invent_a_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A breach is declared where there is none: a share limit's record without its period."""
    return _edit(plan, "breaches", _at("limits.provider_shares"), lambda _: {"period": None})


@corruption("affinity")
def answer_more_calls_locally(scenario: Scenario, plan: Plan) -> Plan | None:
    """More calls are answered within a provider than are made there."""
    return _edit(plan, "local_calls", lambda r: r.quantity > 0.01, lambda r: {"quantity": r.quantity * 1e6})


def _at(prefix: str) -> Callable[[Any], bool]:
    return lambda record: bool(record.limit.startswith(prefix))


# The bill and its totals


def _drop_bill_line(category: BillCategory) -> Change:
    def change(scenario: Scenario, plan: Plan) -> Plan | None:
        return _drop(plan, "bill", lambda line: line.category is category and abs(line.amount_usd) >= 1)

    change.__name__ = f"drop_{category.value}_line"
    return change


for _category in BillCategory:
    corruption("bill_line")(_drop_bill_line(_category))


@corruption("bill_line")
def bill_twice(scenario: Scenario, plan: Plan) -> Plan | None:
    """A line is billed twice."""
    return _twice(plan, "bill", lambda line: abs(line.amount_usd) >= 1)


def _small(line: BillLine) -> bool:
    # Float error of large amounts may hide some cents.
    return 1 <= abs(line.amount_usd) < 1e6


@corruption("bill_line")
def bill_three_cents_more(scenario: Scenario, plan: Plan) -> Plan | None:
    """An amount is three cents off."""
    return _edit(plan, "bill", _small, lambda line: {"amount_usd": round(line.amount_usd + 0.03, 2)})


@corruption("bill_line")
def bill_parts_of_a_cent(scenario: Scenario, plan: Plan) -> Plan | None:
    """An amount is not rounded to cents."""
    return _edit(plan, "bill", _small, lambda line: {"amount_usd": line.amount_usd + 0.002})


@corruption("bill_line")
def bill_another_price(scenario: Scenario, plan: Plan) -> Plan | None:
    """Price and quantity are not those of the line, though their product is."""

    def change(line: BillLine) -> dict[str, Any]:
        return {"usd_per_unit": line.usd_per_unit * 2, "quantity": line.quantity / 2}

    return _edit(plan, "bill", lambda r: r.category is BillCategory.USAGE and r.amount_usd >= 1, change)


@corruption("bill_line")
def bill_a_reservation_at_another_price(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation is billed at half the price for twice the hours."""

    def change(line: BillLine) -> dict[str, Any]:
        return {"usd_per_unit": line.usd_per_unit / 2, "quantity": line.quantity * 2}

    return _edit(plan, "bill", lambda r: r.category is BillCategory.RESERVATION and r.amount_usd >= 1, change)


@corruption("bill_line")
def bill_in_another_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """A line is billed a period later."""
    last = plan.periods[-1].index
    return _edit(plan, "bill", lambda r: r.period < last and r.amount_usd >= 1, lambda r: {"period": r.period + 1})


@corruption("bill_line")
def bill_in_another_unit(scenario: Scenario, plan: Plan) -> Plan | None:
    """A line's unit is not that of its category."""
    return _edit(plan, "bill", lambda line: line.amount_usd >= 1, lambda _: {"unit": "bananas"})


@corruption("bill_line")
def bill_under_no_contract(scenario: Scenario, plan: Plan) -> Plan | None:
    """Usage under a contract is billed under none."""

    def wanted(line: BillLine) -> bool:
        return line.category is BillCategory.USAGE and line.contract is not None and line.amount_usd >= 1

    return _edit(plan, "bill", wanted, lambda _: {"contract": None})


def _change_total(field: str, key: str | None = None) -> Change:
    def change(scenario: Scenario, plan: Plan) -> Plan | None:
        value = getattr(plan.totals, field)
        if isinstance(value, dict):
            found = next((name for name, usd in value.items() if abs(usd) >= 1), None)
            update: Any = None if found is None else value | {found: value[found] * 1.001 + 1}
        else:
            update = value * 1.001 + 1
        if update is None:
            return None
        return plan.model_copy(update={"totals": plan.totals.model_copy(update={field: update})})

    change.__name__ = f"change_total_{field}"
    return change


for _field in ("cost_usd", "cash_usd", "by_category_usd", "by_provider_usd", "cash_by_year_usd"):
    corruption("totals")(_change_total(_field))


# The solver's claims, periods and names


def _solve(plan: Plan, **update: Any) -> Plan:
    return plan.model_copy(update={"solve": plan.solve.model_copy(update=update)})


@corruption("solve")
def claim_a_lower_cost(scenario: Scenario, plan: Plan) -> Plan | None:
    """The solver's cost is not the bill's."""
    return _solve(plan, cost_usd=plan.solve.cost_usd * 0.99 - 1)


@corruption("bound")
def claim_a_bound_above_the_cost(scenario: Scenario, plan: Plan) -> Plan | None:
    """The bound is higher than a plan's cost."""
    return _solve(plan, lower_bound_usd=plan.solve.cost_usd * 1.01 + 1)


@corruption("gap")
def claim_a_smaller_gap(scenario: Scenario, plan: Plan) -> Plan | None:
    """The gap does not follow from cost and bound."""
    return _solve(plan, gap=plan.solve.gap + 0.01)


@corruption("gap")
def claim_optimality(scenario: Scenario, plan: Plan) -> Plan | None:
    """A plan calls itself optimal at a gap above the one asked for."""
    return _solve(plan, status="optimal", gap_asked=plan.solve.gap - 0.001)


def _change_period(field: str, change: Callable[[Any], Any]) -> Change:
    def corrupt(scenario: Scenario, plan: Plan) -> Plan | None:
        return _edit(plan, "periods", lambda _: True, lambda record: {field: change(getattr(record, field))})

    corrupt.__name__ = f"change_period_{field}"
    return corrupt


corruption("periods")(_change_period("hours", lambda hours: hours + 1))
corruption("periods")(_change_period("end", lambda end: end + timedelta(days=1)))
corruption("periods")(_change_period("discount_factor", lambda factor: factor * 0.999))
corruption("periods")(_change_period("slice_hours", lambda hours: {key: hours[key] + 1 for key in hours}))


@corruption("periods")
def forget_a_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """The last period is left out."""
    return plan.model_copy(update={"periods": plan.periods[:-1]})


def _unknown(part: str, field: str, value: Any) -> Change:
    def change(scenario: Scenario, plan: Plan) -> Plan | None:
        return _edit(plan, part, lambda _: True, lambda _: {field: value})

    change.__name__ = f"unknown_{part}_{field}"
    return change


for _part, _field, _value in (
    ("serving", "pool", "nowhere"),
    ("serving", "stream", "nobody"),
    ("serving", "period", 10**6),
    ("serving", "slice", "never"),
    ("rentals", "pool", "nowhere"),
    ("rentals", "contract", "handshake"),
    ("rentals", "period", -1),
    ("reservations", "pool", "nowhere"),
    ("runs", "workload", "nothing"),
    ("runs", "pool", "nowhere"),
    ("local_calls", "provider", "nobody"),
    ("unserved", "workload", "nothing"),
    ("breaches", "limit", "limits.cash[99]"),
    ("bill", "provider", "nobody"),
    ("bill", "contract", "handshake"),
    ("bill", "period", 10**6),
):
    corruption("references")(_unknown(_part, _field, _value))
