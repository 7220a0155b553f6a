"""Cost before and after, split so that the parts sum to the total to the cent."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from router.arrays import FloatArray, Ids
from router.difference.digest import PlanDigest
from router.difference.document import AmountChange, CostChange
from router.difference.failure import DifferenceError
from router.difference.tolerance import CENT, cents

_CAUSE, _PROVIDER, _WORKLOAD = range(3)
_SUM_ROUNDING = 1e-12
"""Sums of amounts agree to this share of all amounts, whatever their order."""


def cost_change(before: PlanDigest, after: PlanDigest) -> CostChange:
    """Total cost by cause, provider and workload, cash by year, and what the bounds prove of the change.

    Raises DifferenceError where a plan's total is not its bill's.
    """
    old, new = before.plan, after.plan
    solved, resolved = old.solve, new.solve
    return CostChange(
        total=amount_change(None, old.totals.cost_usd, new.totals.cost_usd),
        by_cause=_parts(before, after, _CAUSE),
        by_provider=_parts(before, after, _PROVIDER),
        by_workload=_parts(before, after, _WORKLOAD),
        cash=amount_change(None, old.totals.cash_usd, new.totals.cash_usd),
        cash_by_year=[
            amount_change(year, old.totals.cash_by_year_usd.get(year, 0.0), new.totals.cash_by_year_usd.get(year, 0.0))
            for year in sorted({*old.totals.cash_by_year_usd, *new.totals.cash_by_year_usd})
        ],
        change_at_least_usd=cents(resolved.lower_bound_usd - solved.cost_usd),
        change_at_most_usd=cents(resolved.cost_usd - solved.lower_bound_usd),
    )


def amount_change(name: str | None, before_usd: float, after_usd: float) -> AmountChange:
    """Two amounts in whole cents and the difference of these."""
    before, after = round(before_usd * 100), round(after_usd * 100)
    return AmountChange(
        name=name, before_usd=before / 100, after_usd=after / 100, change_usd=(after - before) / 100 + 0.0
    )


def whole_cents(amounts_usd: FloatArray, total_usd: float) -> Ids:
    """Amounts in whole cents that sum to the total in whole cents: those that rounding changes most give way."""
    exact = amounts_usd * 100
    rounded = np.round(exact)
    missing = round(total_usd * 100) - int(rounded.sum())
    order = np.argsort((rounded - exact) * np.sign(missing), kind="stable")
    each, rest = divmod(abs(missing), max(1, len(exact)))
    step = np.full(len(exact), each)
    step[order[:rest]] += 1
    return np.asarray(rounded.astype(np.int64) + step * int(np.sign(missing)))


def _parts(before: PlanDigest, after: PlanDigest, part: int) -> list[AmountChange]:
    old, new = _by(before, part), _by(after, part)
    changes = [
        AmountChange(
            name=name,
            before_usd=old.get(name, 0) / 100,
            after_usd=new.get(name, 0) / 100,
            change_usd=(new.get(name, 0) - old.get(name, 0)) / 100 + 0.0,
        )
        for name in {**old, **new}
    ]
    return sorted(changes, key=lambda change: (-abs(change.change_usd), change.name is None, change.name or ""))


def _by(plan: PlanDigest, part: int) -> Mapping[str | None, int]:
    """Cents of the discounted cost by one part of its keys."""
    total_usd = plan.plan.totals.cost_usd
    sums: dict[str | None, float] = {}
    for key, usd in zip(plan.charges.keys, plan.charges.discounted_usd.tolist(), strict=True):
        sums[key[part]] = sums.get(key[part], 0.0) + usd
    names = sorted(sums, key=lambda name: (name is None, name or ""))
    amounts = np.array([sums[name] for name in names])
    found = float(amounts.sum())
    if abs(found - total_usd) > CENT + _SUM_ROUNDING * float(np.abs(plan.charges.discounted_usd).sum()):
        raise DifferenceError(
            f"plan {plan.plan.scenario.name!r}: totals.cost_usd: found {total_usd:,.2f} USD, expected the bill's "
            f"discounted sum of {found:,.2f} USD; `router audit` says what else is wrong"
        )
    exact = whole_cents(amounts, total_usd)
    return {name: number for name, number in zip(names, exact.tolist(), strict=True) if number}
