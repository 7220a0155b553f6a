"""The bill: every line that is due and no other, to the cent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from router.audit.charges import Charge
from router.audit.facts import Facts
from router.audit.limits import plain_path
from router.audit.report import Ledger
from router.audit.tolerance import CENT_USD, HALF_CENT_USD, MONEY_RELATIVE, QUANTITY, same_money
from router.plan.document import BillCategory, BillLine, Plan

_WITH_OPTION = frozenset({BillCategory.USAGE, BillCategory.RESERVATION})
_WITH_CONTRACT = _WITH_OPTION | {BillCategory.RESERVATION_AFTER_HORIZON}
"""Categories whose lines are told apart by purchase option and contract."""

_Key = tuple[int, BillCategory, str, str | None, str | None, str | None]
"""Period, category, item, provider, purchase option, contract."""


@dataclass
class _Due:
    """Charges and lines of one key."""

    charges: list[Charge] = field(default_factory=list)
    lines: list[BillLine] = field(default_factory=list)


def check_bill(facts: Facts, plan: Plan, charges: list[Charge], ledger: Ledger) -> None:
    """Compare the plan's bill with the charges that are due."""
    due: dict[_Key, _Due] = defaultdict(_Due)
    for charge in charges:
        due[_key(charge)].charges.append(charge)
    for line in plan.bill:
        _check_line(facts, line, ledger)
        due[_key(line)].lines.append(line)
    for key, both in due.items():
        if key[1] is BillCategory.RESERVATION:
            for cohort in _by_price(both):
                _compare(cohort, ledger)
        else:
            _compare(both, ledger)


def words(line: BillLine | Charge) -> str:
    """A line as findings name it."""
    text = f"bill line {line.category.value} of {line.item}, period {line.period}"
    if line.provider is not None:
        text += f", {line.provider}"
    if line.purchase_option is not None:
        text += f", {line.purchase_option}"
    return text + (f", under {line.contract}" if line.contract is not None else "")


def _key(line: BillLine | Charge) -> _Key:
    category = line.category
    return (
        line.period,
        category,
        plain_path(line.item) if category is BillCategory.BREACH else line.item,
        line.provider,
        line.purchase_option if category in _WITH_OPTION else None,
        line.contract if category in _WITH_CONTRACT else None,
    )


def _check_line(facts: Facts, line: BillLine, ledger: Ledger) -> None:
    ledger.checks += 5
    amount = line.amount_usd
    if not 0 <= line.period < facts.calendar.count:
        ledger.find("references", words(line), f"period {line.period}", "a period of the plan")
    if line.provider is not None and line.provider not in facts.provider_index:
        ledger.find("references", words(line), f"provider {line.provider}", "a provider of the scenario")
    if line.contract is not None and line.contract not in facts.scenario.contracts:
        ledger.find("references", words(line), f"contract {line.contract}", "a contract of the scenario")
    cents = amount * 100
    if not abs(cents - np.round(cents)) <= max(1e-5, 1e-15 * abs(cents)):
        ledger.find("bill_line", f"{words(line)}, amount", amount, "whole cents")
    product = line.quantity * line.usd_per_unit
    if not abs(product - amount) <= CENT_USD + MONEY_RELATIVE * abs(amount):
        ledger.find("bill_line", f"{words(line)}, quantity times price", product, amount)


def _by_price(both: _Due) -> list[_Due]:
    # Cohorts of a pool's reservations differ by price only; a line belongs to the nearest price.
    cohorts: dict[float, _Due] = {}

    def cohort(usd: float) -> _Due:
        for known in cohorts:
            if abs(known - usd) <= QUANTITY * abs(known) + 1e-12:
                return cohorts[known]
        return cohorts.setdefault(usd, _Due())

    for charge in both.charges:
        cohort(charge.usd_per_unit or 0.0).charges.append(charge)
    for line in both.lines:
        cohort(line.usd_per_unit).lines.append(line)
    return list(cohorts.values())


def _compare(due: _Due, ledger: Ledger) -> None:
    ledger.checks += 1
    expected = sum(charge.amount_usd for charge in due.charges)
    found = sum(line.amount_usd for line in due.lines)
    place = words(due.lines[0] if due.lines else due.charges[0])
    if not due.lines:
        if abs(expected) > HALF_CENT_USD * max(1, len(due.charges)) * 1.0001:
            ledger.find("bill_line", place, "no line", expected)
        return
    if not due.charges:
        if any(line.amount_usd for line in due.lines):
            ledger.find("bill_line", place, found, "no such line")
        return
    # Reservations of the same price are a line each; any other line stands once.
    if len(due.lines) > len(due.charges):
        ledger.find("bill_line", place, f"{len(due.lines)} lines", len(due.charges))
    extra = max(len(due.lines), len(due.charges)) - 1
    scale = sum(abs(charge.amount_usd) for charge in due.charges)
    if not same_money(found, expected, 2 * extra, scale):
        ledger.find("bill_line", place, found, expected)
    prices = [charge.usd_per_unit for charge in due.charges if charge.usd_per_unit is not None]
    unit = due.charges[0].unit
    for line in due.lines:
        ledger.checks += 4
        if not any(line.contract == charge.contract for charge in due.charges):
            ledger.find("bill_line", f"{place}, contract", line.contract, due.charges[0].contract)
        if not any(line.purchase_option == charge.purchase_option for charge in due.charges):
            option = due.charges[0].purchase_option
            ledger.find("bill_line", f"{place}, purchase option", line.purchase_option, option)
        if line.unit != unit:
            ledger.find("bill_line", f"{place}, unit", line.unit, unit)
        priced = [abs(line.usd_per_unit - usd) <= MONEY_RELATIVE * 10 * abs(usd) + 1e-12 for usd in prices]
        if prices and not any(priced):
            ledger.find("bill_line", f"{place}, USD per unit", line.usd_per_unit, prices[0])
