"""Corruptions of the solver's claims, periods and names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from router.plan.document import Plan
from router.scenario.scenario import Scenario

from .corrupting import Change, Registry, edit

corruption = Registry()


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
        return edit(plan, "periods", lambda _: True, lambda record: {field: change(getattr(record, field))})

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
        return edit(plan, part, lambda _: True, lambda _: {field: value})

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
