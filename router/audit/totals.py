"""Periods as the plan states them, totals of the bill, and what the solver claims about them."""

from __future__ import annotations

from collections.abc import Mapping

from router.audit.facts import Facts
from router.audit.limits import share_of_year
from router.audit.report import Ledger
from router.audit.tolerance import HALF_CENT_USD, QUANTITY, same_money, same_ratio
from router.plan.document import NOT_CASH, BillCategory, BillLine, Plan

NO_PROVIDER = "-"
_GAP = 1e-9


def check_periods(facts: Facts, plan: Plan, ledger: Ledger) -> None:
    """The plan's periods are the horizon's."""
    calendar = facts.calendar
    ledger.require(len(plan.periods) == calendar.count, "periods", "periods", len(plan.periods), calendar.count)
    for index, record in enumerate(plan.periods[: calendar.count]):
        where = f"period {index}"
        exact: list[tuple[str, object, object]] = [
            ("index", record.index, index),
            ("start", record.start, calendar.bounds[index]),
            ("end", record.end, calendar.bounds[index + 1]),
            ("slices", ", ".join(sorted(record.slice_hours)), ", ".join(sorted(calendar.slices))),
        ]
        for label, found, expected in exact:
            ledger.require(found == expected, "periods", f"{where}, {label}", found, expected)
        close = [
            ("hours", record.hours, float(calendar.hours[index])),
            ("discount factor", record.discount_factor, float(calendar.discount_factors[index])),
        ]
        for part, name in enumerate(calendar.slices):
            if name in record.slice_hours:
                hours = float(calendar.slice_hours[index, part])
                close.append((f"hours of slice {name}", record.slice_hours[name], hours))
        for label, value, definition in close:
            ledger.require(same_ratio(value, definition), "periods", f"{where}, {label}", value, definition)


def check_totals(facts: Facts, plan: Plan, ledger: Ledger) -> None:
    """Totals are sums of the bill's lines."""
    calendar, totals = facts.calendar, plan.totals
    lines = [line for line in plan.bill if 0 <= line.period < calendar.count]
    size = sum(abs(line.amount_usd) for line in lines)

    def require(where: str, found: float, expected: float) -> None:
        ledger.require(same_money(found, expected, scale_usd=size), "totals", where, found, expected)

    factors = calendar.discount_factors
    cost = sum(float(factors[line.period]) * line.amount_usd for line in lines)
    cash = [line for line in lines if line.category not in NOT_CASH]
    require("cost_usd", totals.cost_usd, cost)
    require("cash_usd", totals.cash_usd, sum(line.amount_usd for line in cash))

    def require_all(name: str, found: Mapping[str, float], expected: Mapping[str, float]) -> None:
        for key in dict.fromkeys([*expected, *found]):
            if key not in expected:
                ledger.require(found[key] == 0, "totals", f"{name}, {key}", found[key], "no such entry")
            else:
                require(f"{name}, {key}", found.get(key, 0.0), expected[key])

    by_category = {category.value: 0.0 for category in BillCategory}
    for line in lines:
        by_category[line.category.value] += line.amount_usd
    require_all("by_category_usd", totals.by_category_usd, by_category)
    by_provider = dict.fromkeys([*facts.providers, NO_PROVIDER], 0.0)
    for line in cash:
        name = line.provider if line.provider in by_provider and line.provider is not None else NO_PROVIDER
        by_provider[name] += line.amount_usd
    require_all("by_provider_usd", totals.by_provider_usd, by_provider)
    require_all("cash_by_year_usd", totals.cash_by_year_usd, _cash_by_year(facts, cash))


def check_solve(facts: Facts, plan: Plan, ledger: Ledger) -> None:
    """The solver's cost is the bill's, its bound is no higher, and the gap follows from the two."""
    solve, cost = plan.solve, plan.totals.cost_usd
    ledger.require(
        plan.scenario.name == facts.scenario.name,
        "references",
        "scenario",
        plan.scenario.name,
        facts.scenario.name,
    )
    ledger.require(same_money(solve.cost_usd, cost), "solve", "cost_usd", solve.cost_usd, cost)
    # The bill is rounded to cents and decisions are kept to QUANTITY: both may put the cost under the bound.
    size = sum(abs(line.amount_usd) for line in plan.bill)
    margin = QUANTITY * max(1.0, size) + HALF_CENT_USD * len(plan.bill)
    bound = solve.lower_bound_usd
    ledger.require(bound <= cost + margin, "bound", "lower_bound_usd", bound, f"at most the cost of {cost:.12g}")
    gap = (solve.cost_usd - bound) / abs(solve.cost_usd) if solve.cost_usd else None
    if gap is None:
        ledger.require(bound != 0 or solve.gap == 0, "gap", "gap", solve.gap, 0.0)
    else:
        same = abs(solve.gap - gap) <= _GAP * max(1.0, abs(gap)) or (gap < 0 and solve.gap == 0)
        ledger.require(same, "gap", "gap", solve.gap, gap)
    reached = solve.status != "optimal" or solve.gap <= solve.gap_asked + _GAP
    ledger.require(reached, "gap", "status optimal", solve.gap, f"at most the gap asked for, {solve.gap_asked:.6g}")


def _cash_by_year(facts: Facts, cash: list[BillLine]) -> dict[str, float]:
    calendar = facts.calendar
    years = range(calendar.start.year, calendar.bounds[-1].year + 1)
    by_category: dict[BillCategory, list[float]] = {}
    for line in cash:
        amounts = by_category.setdefault(line.category, [0.0] * calendar.count)
        amounts[line.period] += line.amount_usd
    found = {}
    for year in years:
        total = 0.0
        for category, amounts in by_category.items():
            total += float(share_of_year(facts, category, year) @ amounts)
        found[str(year)] = total
    return found
