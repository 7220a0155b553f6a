"""Figures of a plan read off its document: the slow way, to hold the fast one against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

import pytest

from router.outcome.outcome import Outcome
from router.plan.document import NOT_CASH, BillCategory, Plan

Name = TypeVar("Name")

_WORST_PENALTY = 10.0
"""USD for each that a ceiling is passed by: what the cents of all lines that it counts are worth."""


def assert_same_figures(outcome: Outcome, plan: Plan) -> None:
    """Every figure of the outcome is that of the document but for the rounding of each of its lines to a cent."""
    has_ceiling = any(breach.limit.startswith("limits.cash") for breach in plan.breaches) or outcome.broken_limits
    cent = 0.006 * (1 + len(plan.bill) + len(plan.unserved)) * (1 + _WORST_PENALTY * bool(has_ceiling))
    hours = {(period.index, name): h for period in plan.periods for name, h in period.slice_hours.items()}
    discount = {period.index: period.discount_factor for period in plan.periods}
    causes: dict[tuple[str, str], float] = defaultdict(float)
    providers: dict[str, float] = defaultdict(float)
    periods = [0.0] * len(plan.periods)
    moved: dict[str, float] = defaultdict(float)
    for line in plan.bill:
        causes[line.category.value, line.provider or "-"] += line.amount_usd * discount[line.period]
        if line.category not in NOT_CASH:
            providers[line.provider or "-"] += line.amount_usd
            periods[line.period] += line.amount_usd
        if line.category is BillCategory.MIGRATION:
            moved[line.item.split("/")[0]] += line.quantity
    left_usd: dict[str, float] = defaultdict(float)
    left: dict[str, float] = defaultdict(float)
    for record in plan.unserved:
        left_usd[record.workload] += record.value_usd
        left[record.workload] += record.quantity * (1.0 if record.slice is None else hours[record.period, record.slice])
    assert outcome.cost_usd == pytest.approx(plan.solve.cost_usd, abs=cent, rel=1e-12)
    assert outcome.lower_bound_usd == pytest.approx(plan.solve.lower_bound_usd, abs=cent, rel=1e-12)
    assert outcome.gap == pytest.approx(plan.solve.gap, abs=2 * cent / max(1.0, abs(plan.solve.cost_usd)))
    assert outcome.cash_usd == pytest.approx(plan.totals.cash_usd, abs=cent, rel=1e-12)
    _assert_same_sums(outcome.cost_by_cause_usd, causes, cent)
    assert sum(outcome.cost_by_cause_usd.values()) == pytest.approx(outcome.cost_usd, abs=1e-6, rel=1e-12)
    assert outcome.cash_by_year_usd == pytest.approx(plan.totals.cash_by_year_usd, abs=cent, rel=1e-12)
    assert outcome.cash_by_period_usd == pytest.approx(tuple(periods), abs=cent, rel=1e-12)
    _assert_same_sums(outcome.cash_by_provider_usd, providers, cent)
    _assert_same_sums(outcome.cash_by_provider_usd, plan.totals.by_provider_usd, cent)
    assert [(window.contract, window.commitment, window.start, window.end) for window in outcome.windows] == [
        (window.contract, window.commitment, window.start, window.end) for window in plan.windows
    ]
    for window, full in zip(outcome.windows, plan.windows, strict=True):
        assert window.promise_usd == full.promise_usd
        assert window.drawdown_usd == pytest.approx(full.drawdown_usd + full.carried_in_usd, rel=1e-12)
        assert window.shortfall_usd == full.shortfall_usd
    _assert_same_sums(outcome.unserved_usd, left_usd, cent)
    assert outcome.unserved_units == pytest.approx(left, rel=1e-12)
    assert outcome.moved_units == pytest.approx(moved, rel=1e-12)
    # At a ceiling to the cent, rounding decides whether it is broken.
    surely = {breach.limit for breach in plan.breaches if breach.amount > cent or breach.period is None}
    assert surely <= set(outcome.broken_limits)
    assert len(outcome.broken_limits) == len(set(outcome.broken_limits))
    if surely == {breach.limit for breach in plan.breaches}:
        assert outcome.broken_limits == tuple(dict.fromkeys(breach.limit for breach in plan.breaches))


def _assert_same_sums(found: Mapping[Name, float], expected: Mapping[Name, float], cent: float) -> None:
    """The same names but for those of a few cents, and the same sums."""
    names = {*found, *expected}
    assert {name: found.get(name, 0.0) for name in names} == pytest.approx(
        {name: expected.get(name, 0.0) for name in names}, abs=cent, rel=1e-12
    )
