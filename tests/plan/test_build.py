"""The plan as a whole: its bill is the solver's objective, its sums are its lines, and the audit agrees."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from router.audit.audit import audit
from router.plan.build import build_plan
from router.plan.document import NOT_CASH, ScenarioReference
from tests.plan.random_scenarios import documents
from tests.scenarios import scenario
from tests.solving import answer


@given(parts=documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_bill_is_the_objective_and_the_audit_agrees(parts: dict[str, Any]) -> None:
    made = scenario(**parts)
    found = answer(made)
    plan = found.plan
    # A breach costs ten times what it is, and so does the rounding of what it is measured by.
    rounding_weight = 10 if plan.breaches else 1
    cents_of_rounding = 0.005 * rounding_weight * (len(plan.bill) + 1)
    assert plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6, abs=cents_of_rounding + 0.01)
    assert plan.solve.gap <= 1e-6 or plan.totals.cost_usd - found.cost_usd < cents_of_rounding + 0.01
    discount = [period.discount_factor for period in plan.periods]
    assert plan.totals.cost_usd == pytest.approx(
        math.fsum(line.amount_usd * discount[line.period] for line in plan.bill), abs=0.006
    )
    cash = math.fsum(line.amount_usd for line in plan.bill if line.category not in NOT_CASH)
    assert plan.totals.cash_usd == pytest.approx(cash, abs=0.006)
    assert sum(plan.totals.by_provider_usd.values()) == pytest.approx(cash, abs=0.02)
    assert sum(plan.totals.cash_by_year_usd.values()) == pytest.approx(cash, abs=0.02)
    report = audit(made, plan)
    assert report.passed, "\n".join(str(finding) for finding in report.findings)


def test_a_bound_above_the_cost_is_rounding_and_an_endless_one_no_bound() -> None:
    found = answer(scenario())
    reference = ScenarioReference(name="test", sha256="0" * 64)
    above = build_plan(found.model, found.values, reference, 960.004, 1e-4, "test", threads=2)
    assert above.solve.lower_bound_usd == 960
    assert above.solve.gap == 0
    assert above.solve.status == "optimal"
    below = build_plan(found.model, found.values, reference, 480.0, 1e-4, "test", threads=2)
    assert below.solve.gap == pytest.approx(0.5)
    assert below.solve.status == "feasible"
    endless = build_plan(found.model, found.values, reference, -math.inf, 1e-4, "test", threads=2)
    assert endless.solve.gap == 1
    assert endless.solve.status == "feasible"


def test_the_solve_record_counts_the_model() -> None:
    found = answer(scenario())
    record = found.plan.solve
    assert (record.columns, record.rows) == (found.model.program.columns, found.model.program.rows)
    assert record.nonzeros == len(found.model.program.values)
    assert record.integer_columns == 0
    assert record.closed_by == "test"
