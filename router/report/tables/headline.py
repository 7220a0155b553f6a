"""The headline: what the plan costs, how good it is proved to be, and what it does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.plan.document import BillCategory
from router.report import numbers
from router.report.table import Column, Row, Table

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

_STAGES = {
    "linear program": "the linear relaxation, whose plan was already whole",
    "branching": "the linear relaxation and branching",
    "dive": "the linear relaxation and a dive",
    "upward dive": "the linear relaxation and an upward dive",
    "careful dive": "the linear relaxation and a careful dive",
    "HiGHS": "the linear relaxation, dives and a search by HiGHS",
    "SCIP": "the linear relaxation, dives and a search by SCIP",
    "CP-SAT": "the linear relaxation, dives and a search by CP-SAT",
}
_EXTRA_WORDS = {
    BillCategory.RESERVATION_AFTER_HORIZON: "reservations after the horizon",
    BillCategory.UNSERVED: "the value of unserved demand",
    BillCategory.BREACH: "penalties for broken limits",
}
_MOST_DIFFERENCES = 5


def headline_table(plan: Plan, scenario: Scenario) -> Table:
    """Cost, cash, bound and gap in words, how the plan was found, the audit, unserved demand, shortfall."""
    solve, totals = plan.solve, plan.totals
    first, last = plan.periods[0].start, plan.periods[-1].end
    rows = [
        Row(("Scenario", plan.scenario.name)),
        Row(("Horizon", f"{first} to {numbers.last_day(last)}, {_counted(len(plan.periods), 'period')}")),
        Row(("Total cost", _both(totals.cost_usd) + _counted_in(plan, scenario)), "total"),
        Row(("Cash to pay", f"{_both(totals.cash_usd)} within the horizon, undiscounted")),
        Row(("Lower bound", f"{_both(solve.lower_bound_usd)}: no plan can cost less")),
        Row(("Proof", proof_words(plan))),
        Row(
            (
                "Found by" if solve.status == "optimal" else "Search ended",
                f"{_STAGES.get(solve.closed_by, solve.closed_by)}; {numbers.whole(solve.columns)} columns "
                f"({numbers.whole(solve.integer_columns)} whole), {numbers.whole(solve.rows)} rows, "
                f"{_counted(solve.threads, 'thread')}",
            )
        ),
        *_audit_rows(plan),
        _unserved_row(plan),
        _shortfall_row(plan),
        Row(
            ("Limits broken", f"{len(plan.breaches)}, listed below" if plan.breaches else "none"),
            "alert" if plan.breaches else "plain",
        ),
    ]
    return Table(
        key="headline",
        title="The plan in short",
        columns=(Column("What", least_width=15), Column("Value", least_width=30)),
        rows=tuple(rows),
        headed=False,
    )


def proof_words(plan: Plan) -> str:
    """How far from the cheapest possible plan this one can be, in plain words."""
    solve = plan.solve
    distance = max(0.0, solve.cost_usd - solve.lower_bound_usd)
    if distance < 0.01:
        words = "proved the cheapest possible, to the cent"
    else:
        words = (
            f"proved within {numbers.at_most_share(solve.gap)} of the cheapest possible "
            f"(at most {numbers.money(distance)} could be saved)"
        )
    if solve.status == "optimal":
        return words
    return f"{words}; the {numbers.at_most_share(solve.gap_asked)} asked for was NOT reached"


def _both(amount: float) -> str:
    short, full = numbers.money(amount), numbers.money_in_full(amount)
    return short if short == full else f"{short} ({full})"


def _counted_in(plan: Plan, scenario: Scenario) -> str:
    """What the cost has in it besides cash, and its discount rate."""
    rate = scenario.horizon.discount_rate
    words = f", discounted at {numbers.share(rate)} a year" if rate else ""
    by_category = plan.totals.by_category_usd
    extra = [_EXTRA_WORDS[category] for category in _EXTRA_WORDS if abs(by_category.get(category, 0.0)) >= 0.005]
    if not extra:
        return words
    return f"{words}, with {' and '.join([', '.join(extra[:-1]), extra[-1]] if extra[1:] else extra)}"


def _audit_rows(plan: Plan) -> list[Row]:
    audit = plan.audit
    if audit is None:
        return [Row(("Audit", "not made"))]
    if audit.passed:
        return [Row(("Audit", f"passed: {_counted(audit.checks, 'check')} recomputed from the definitions agree"))]
    rows = [Row(("Audit", f"FAILED: {_counted(len(audit.differences), 'difference')}; do not rely on it"), "alert")]
    rows += [Row(("", difference), "alert") for difference in audit.differences[:_MOST_DIFFERENCES]]
    if len(audit.differences) > _MOST_DIFFERENCES:
        rows.append(Row(("", f"and {len(audit.differences) - _MOST_DIFFERENCES} more"), "alert"))
    return rows


def _unserved_row(plan: Plan) -> Row:
    if not plan.unserved:
        return Row(("Unserved demand", "none: all demand is served"))
    workloads = {record.workload for record in plan.unserved}
    value = sum(record.value_usd for record in plan.unserved)
    words = f"worth {numbers.money(value)}, in {_counted(len(workloads), 'workload')}, listed below"
    return Row(("Unserved demand", words), "alert")


def _shortfall_row(plan: Plan) -> Row:
    windows = _counted(len(plan.windows), "commitment window")
    missed = [window for window in plan.windows if window.shortfall_usd > 0]
    if not missed:
        return Row(("Shortfall", f"none: {windows}, all met" if plan.windows else "no commitments"))
    paid = numbers.money(sum(window.shortfall_paid_usd for window in missed))
    missing = numbers.money(sum(window.shortfall_usd for window in missed))
    return Row(("Shortfall", f"{paid} paid for {missing} not spent, in {len(missed)} of {windows}"), "alert")


def _counted(number: int, noun: str) -> str:
    return f"{numbers.whole(number)} {noun}{'' if number == 1 else 's'}"
