"""Corruptions of the bill and its totals."""

from __future__ import annotations

from typing import Any

from router.plan.document import BillCategory, BillLine, Plan
from router.scenario.scenario import Scenario

from .corrupting import Change, Registry, drop, edit, twice

corruption = Registry()


def _drop_bill_line(category: BillCategory) -> Change:
    def change(scenario: Scenario, plan: Plan) -> Plan | None:
        return drop(plan, "bill", lambda line: line.category is category and abs(line.amount_usd) >= 1)

    change.__name__ = f"drop_{category.value}_line"
    return change


for _category in BillCategory:
    corruption("bill_line")(_drop_bill_line(_category))


@corruption("bill_line")
def bill_twice(scenario: Scenario, plan: Plan) -> Plan | None:
    """A line is billed twice."""
    return twice(plan, "bill", lambda line: abs(line.amount_usd) >= 1)


def _small(line: BillLine) -> bool:
    # Float error of large amounts may hide some cents.
    return 1 <= abs(line.amount_usd) < 1e6


@corruption("bill_line")
def bill_three_cents_more(scenario: Scenario, plan: Plan) -> Plan | None:
    """An amount is three cents off."""
    return edit(plan, "bill", _small, lambda line: {"amount_usd": round(line.amount_usd + 0.03, 2)})


@corruption("bill_line")
def bill_parts_of_a_cent(scenario: Scenario, plan: Plan) -> Plan | None:
    """An amount is not rounded to cents."""
    return edit(plan, "bill", _small, lambda line: {"amount_usd": line.amount_usd + 0.002})


@corruption("bill_line")
def bill_another_price(scenario: Scenario, plan: Plan) -> Plan | None:
    """Price and quantity are not those of the line, though their product is."""

    def change(line: BillLine) -> dict[str, Any]:
        return {"usd_per_unit": line.usd_per_unit * 2, "quantity": line.quantity / 2}

    return edit(plan, "bill", lambda r: r.category is BillCategory.USAGE and r.amount_usd >= 1, change)


@corruption("bill_line")
def bill_a_reservation_at_another_price(scenario: Scenario, plan: Plan) -> Plan | None:
    """A reservation is billed at half the price for twice the hours."""

    def change(line: BillLine) -> dict[str, Any]:
        return {"usd_per_unit": line.usd_per_unit / 2, "quantity": line.quantity * 2}

    return edit(plan, "bill", lambda r: r.category is BillCategory.RESERVATION and r.amount_usd >= 1, change)


@corruption("bill_line")
def bill_in_another_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """A line is billed a period later."""
    last = plan.periods[-1].index
    return edit(plan, "bill", lambda r: r.period < last and r.amount_usd >= 1, lambda r: {"period": r.period + 1})


@corruption("bill_line")
def bill_in_another_unit(scenario: Scenario, plan: Plan) -> Plan | None:
    """A line's unit is not that of its category."""
    return edit(plan, "bill", lambda line: line.amount_usd >= 1, lambda _: {"unit": "bananas"})


@corruption("bill_line")
def bill_under_no_contract(scenario: Scenario, plan: Plan) -> Plan | None:
    """Usage under a contract is billed under none."""

    def wanted(line: BillLine) -> bool:
        return line.category is BillCategory.USAGE and line.contract is not None and line.amount_usd >= 1

    return edit(plan, "bill", wanted, lambda _: {"contract": None})


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
