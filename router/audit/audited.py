"""A plan with the audit's word on it."""

from __future__ import annotations

from collections.abc import Callable

from router.audit.audit import audit
from router.plan.document import AuditRecord, Plan
from router.scenario.scenario import Scenario


def audited(scenario: Scenario, plan: Plan, is_wanted: Callable[[], bool] = lambda: True) -> Plan:
    """The plan with the second opinion on it. Raises AuditStoppedError once ``is_wanted`` says no."""
    report = audit(scenario, plan, is_wanted)
    record = AuditRecord(
        passed=report.passed, checks=report.checks, differences=[str(finding) for finding in report.findings]
    )
    return plan.model_copy(update={"audit": record})
