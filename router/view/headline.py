"""What the app's header shows of a plan: cost, what changed, what is missed, how good the plan is proved to be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from router.report import numbers
from router.report.difference_words import signed_money, signed_share
from router.view.fact import Fact, FactRole, ShownFact, fitted
from router.view.solver_state import SolverState, solver_fact

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.problem.problem import Problem

_HALF_A_CENT = 0.005
_ROUNDING = 1e-12
"""What a sum of many cents may be off by, over the sum."""


@dataclass(frozen=True)
class Headline:
    """The header's facts. Amounts in USD: cost discounted, shortfall and unserved value not.

    `change_usd` is against the saved scenario's plan, None where there is none; `unserved_share` is of the value of
    all demand, None where that is not known. Without a plan, all amounts are None and only the solver has a fact.
    """

    is_stale: bool
    cost_usd: float | None
    change_usd: float | None
    shortfall_usd: float | None
    unserved_usd: float | None
    unserved_share: float | None
    gap: float | None
    facts: tuple[Fact, ...]

    def fact(self, name: str) -> Fact:
        """One of cost, change, shortfall, unserved, gap, solver, audit, stale. Raises KeyError for any other."""
        for fact in self.facts:
            if fact.name == name:
                return fact
        raise KeyError(name)

    def line(self, width: int) -> tuple[ShownFact, ...]:
        """What fits into `width` letters with two blanks between."""
        return fitted(self.facts, width)


def headline(
    plan: Plan | None,
    state: SolverState,
    *,
    saved_cost_usd: float | None = None,
    is_stale: bool = False,
    demand_value_usd: float | None = None,
) -> Headline:
    """The header of a plan. `is_stale`: the plan is of a scenario that was edited since.

    `saved_cost_usd` is the cost of the saved scenario's plan; `demand_value_usd` what all demand is worth (see
    `demand_value`), for the share that is left out.
    """
    if plan is None:
        return Headline(is_stale, None, None, None, None, None, None, (solver_fact(state),))
    cost, gap = plan.totals.cost_usd, plan.solve.gap
    change = None if saved_cost_usd is None else cost - saved_cost_usd
    unserved = sum(record.value_usd for record in plan.unserved)
    share = unserved / demand_value_usd if demand_value_usd and demand_value_usd > 0 else None
    facts = (
        _stale(is_stale),
        _cost(plan),
        _change(change, saved_cost_usd),
        _shortfall(plan),
        _unserved(unserved, share, bool(plan.unserved)),
        _gap(plan),
        solver_fact(state),
        _audit(plan),
    )
    short = sum(window.shortfall_usd for window in plan.windows)
    return Headline(is_stale, cost, change, short, unserved, share, gap, facts)


def demand_value(problem: Problem) -> float:
    """USD that all demand and all training jobs of a problem are worth by their values of unserved demand."""
    streams, hours = problem.streams, problem.calendar.slice_hours
    unit_hours = np.einsum("sth,th->s", streams.demand, hours)
    return float(unit_hours @ streams.unserved_usd_per_unit_hour + problem.jobs.value_usd.sum())


def _stale(is_stale: bool) -> Fact:
    if not is_stale:
        return Fact("stale", "", "", 2)
    return Fact("stale", "STALE", "STALE: from before the last edit", 2, FactRole.WORKING)


def _cost(plan: Plan) -> Fact:
    cost, cash = plan.totals.cost_usd, plan.totals.cash_usd
    told = f"cost {numbers.money(cost)}"
    if not math.isclose(cost, cash, rel_tol=1e-6, abs_tol=_HALF_A_CENT):
        told += f" discounted, cash {numbers.money(cash)}"
    return Fact("cost", numbers.money(cost), told, 1)


def _change(change: float | None, saved: float | None) -> Fact:
    if change is None or saved is None:
        return Fact("change", "", "", 3)
    if abs(change) < max(_HALF_A_CENT, _ROUNDING * abs(saved)):
        return Fact("change", "as saved", "costs the same as saved", 3)
    usd = signed_money(change)
    share = f" ({signed_share(change / abs(saved))})" if abs(saved) >= _HALF_A_CENT else ""
    return Fact("change", usd, f"{usd}{share} against saved", 3)


def _shortfall(plan: Plan) -> Fact:
    missed = [window for window in plan.windows if window.shortfall_usd > 0]
    if not plan.windows:
        return Fact("shortfall", "", "no commitments", 5)
    if not missed:
        met = f"all {len(plan.windows)} commitment windows met" if len(plan.windows) > 1 else "commitment met"
        return Fact("shortfall", "no shortfall", met, 5, FactRole.GOOD)
    usd = numbers.money(sum(window.shortfall_usd for window in missed))
    windows = f"{len(missed)} of {len(plan.windows)} window{'' if len(plan.windows) == 1 else 's'}"
    return Fact("shortfall", f"SHORT {usd}", f"SHORT by {usd} in {windows}", 5, FactRole.ALERT)


def _unserved(usd: float, share: float | None, is_any: bool) -> Fact:
    if not is_any:
        return Fact("unserved", "all served", "all demand served", 6, FactRole.GOOD)
    of_all = "" if share is None else f", {numbers.share(share)} of all demand's value"
    value = numbers.money(usd)
    return Fact("unserved", f"UNSERVED {value}", f"UNSERVED {value}{of_all}", 6, FactRole.ALERT)


def _gap(plan: Plan) -> Fact:
    solve = plan.solve
    gap = f"gap {numbers.at_most_share(solve.gap)}"
    spare = max(0.0, solve.cost_usd - solve.lower_bound_usd)
    return Fact("gap", gap, f"{gap}: ≤ {numbers.money(spare)} to save" if spare >= 0.01 else gap, 7)


def _audit(plan: Plan) -> Fact:
    audit = plan.audit
    if audit is None:
        return Fact("audit", "unaudited", "not audited yet", 8, FactRole.WORKING)
    if audit.passed:
        return Fact("audit", "audit ok", f"audit passed, {numbers.whole(audit.checks)} checks", 8, FactRole.GOOD)
    count = len(audit.differences)
    found = f"{count} difference{'' if count == 1 else 's'}"
    return Fact("audit", "AUDIT FAILED", f"AUDIT FAILED: {found}, do not rely on the plan", 8, FactRole.ALERT)
