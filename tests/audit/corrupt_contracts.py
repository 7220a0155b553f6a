"""Corruptions of contracts, limits and calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from router.plan.document import Plan
from router.scenario.scenario import Scenario

from .corrupting import Change, Registry, drop, edit

corruption = Registry()


def _change_window(field: str, by_usd: float, wanted: Callable[[Any], bool] = lambda _: True) -> Change:
    def change(scenario: Scenario, plan: Plan) -> Plan | None:
        return edit(plan, "windows", wanted, lambda record: {field: getattr(record, field) + by_usd})

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
    return edit(plan, "windows", lambda record: record.shortfall_usd > 100, lambda _: nothing)


@corruption("met_on")
def meet_a_missed_promise(scenario: Scenario, plan: Plan) -> Plan | None:
    """A promise that is missed is said to be met."""
    return edit(
        plan, "windows", lambda record: record.shortfall_usd > 100, lambda record: {"met_on": record.counted_to}
    )


@corruption("met_on")
def meet_a_promise_early(scenario: Scenario, plan: Plan) -> Plan | None:
    """A promise is met long before the window starts."""
    return edit(
        plan,
        "windows",
        lambda r: r.met_on is not None and r.spent_to_date_usd + r.carried_in_usd < r.promise_usd * 0.99,
        lambda _: {"met_on": date(1999, 1, 1)},
    )


@corruption("commitment_window")
def forget_a_window(scenario: Scenario, plan: Plan) -> Plan | None:
    """A window is left out."""
    return drop(plan, "windows")


@corruption("commitment_window")
def count_a_window_further(scenario: Scenario, plan: Plan) -> Plan | None:
    """A window is counted to a later day."""
    return edit(plan, "windows", lambda _: True, lambda r: {"counted_to": r.counted_to + timedelta(days=30)})


@corruption("commitment_window")
def settle_a_window_in_another_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """A window is settled a period later."""
    return edit(plan, "windows", lambda _: True, lambda r: {"settled_in_period": r.settled_in_period + 1})


@corruption("price_tiers")
def reach_a_higher_level(scenario: Scenario, plan: Plan) -> Plan | None:
    """A level is claimed that the spend does not reach."""
    return edit(plan, "tiers", lambda _: True, lambda record: {"level": record.level + 1})


@corruption("price_tiers")
def credit_more(scenario: Scenario, plan: Plan) -> Plan | None:
    """A credit is larger than its spend earns."""
    return edit(plan, "tiers", lambda r: r.credit_usd > 1, lambda r: {"credit_usd": r.credit_usd * 1.01})


@corruption("price_tiers")
def spend_more_in_a_tier_window(scenario: Scenario, plan: Plan) -> Plan | None:
    """A tier window counts spend that is not there."""
    return edit(plan, "tiers", lambda r: r.spend_usd > 1, lambda r: {"spend_usd": r.spend_usd * 1.1})


@corruption("price_tiers")
def forget_a_tier_window(scenario: Scenario, plan: Plan) -> Plan | None:
    """A tier window is left out."""
    return drop(plan, "tiers")


@corruption("breach")
def hide_a_cash_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A broken cash ceiling is not declared."""
    wanted = _at("limits.cash")
    return drop(plan, "breaches", lambda r: wanted(r) and r.amount > 1e-4 * plan.totals.cash_usd)


@corruption("breach")
def hide_a_share_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A provider share that is not kept is not declared."""
    return drop(plan, "breaches", lambda r: _at("limits.provider_shares")(r) and r.amount > 1)


@corruption("breach")
def understate_a_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A breach is declared at half of its amount."""
    return edit(plan, "breaches", lambda record: record.amount > 1, lambda r: {"amount": r.amount / 2})


@corruption("breach")
def invent_a_breach(scenario: Scenario, plan: Plan) -> Plan | None:
    """A breach is declared where there is none: a share limit's record without its period."""
    return edit(plan, "breaches", _at("limits.provider_shares"), lambda _: {"period": None})


@corruption("affinity")
def answer_more_calls_locally(scenario: Scenario, plan: Plan) -> Plan | None:
    """More calls are answered within a provider than are made there."""
    return edit(plan, "local_calls", lambda r: r.quantity > 0.01, lambda r: {"quantity": r.quantity * 1e6})


def _at(prefix: str) -> Callable[[Any], bool]:
    return lambda record: bool(record.limit.startswith(prefix))
