"""The second opinion on a plan.

Takes a scenario and a plan, imports nothing of the model, the solver or the bill, and recomputes every
limit and every cent from docs/model.md.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from router.audit.affinity import check_affinity
from router.audit.bill import check_bill
from router.audit.capacity import check_capacity, check_whole_numbers, loads_of
from router.audit.charges import (
    migration_charges,
    rental_charges,
    spend_of,
    transfer_charges,
    unserved_charges,
)
from router.audit.commitments import check_commitments
from router.audit.decisions import read_decisions
from router.audit.demand import check_demand
from router.audit.facts import facts_of
from router.audit.limits import check_limits
from router.audit.report import AuditReport, AuditStoppedError, Finding, Ledger
from router.audit.reservations import read_reservations
from router.audit.runs import check_one_run_per_job, read_runs
from router.audit.tiers import check_tiers, credit_charges
from router.audit.totals import check_periods, check_solve, check_totals
from router.plan.document import Plan
from router.scenario.scenario import Scenario

__all__ = ["AuditReport", "AuditStoppedError", "Finding", "audit"]


def audit(scenario: Scenario, plan: Plan, is_wanted: Callable[[], bool] = lambda: True) -> AuditReport:
    """Recompute all that the plan states. The scenario is one that passed its checks; any plan has a report.

    Each figure is checked given the figures it follows from, so that one mistake is found where it is made.
    Declared breaches and unserved demand are no findings. Whether the plan is of this very scenario (its
    hash) is for the caller to check. ``is_wanted`` is asked now and then; AuditStoppedError where it says no.
    """
    ledger = Ledger(is_wanted=is_wanted)
    # A plan may hold any finite number: overflow then is a difference to report, not a warning to print.
    with np.errstate(all="ignore"):
        _check(scenario, plan, ledger)
    return AuditReport(
        passed=not ledger.findings,
        checks=ledger.checks,
        findings=tuple(ledger.findings),
        unserved=len(plan.unserved),
        breaches=len(plan.breaches),
    )


def _check(scenario: Scenario, plan: Plan, ledger: Ledger) -> None:
    facts = facts_of(scenario)
    check_periods(facts, plan, ledger)
    decisions = read_decisions(facts, plan, ledger)
    runs = read_runs(facts, plan, ledger)
    reservations = read_reservations(facts, plan, ledger)
    check_one_run_per_job(facts, plan, decisions.unserved_jobs, ledger)
    check_demand(facts, decisions, ledger)
    loads = loads_of(facts, decisions, runs, reservations)
    check_capacity(facts, decisions, loads, reservations, ledger)
    check_whole_numbers(facts, decisions, plan, loads, ledger)
    check_affinity(facts, decisions, ledger)

    charges = rental_charges(facts, decisions, reservations)
    spend = spend_of(facts, charges)
    credits = check_tiers(facts, plan, spend, ledger)
    charges += credit_charges(facts, credits)
    charges += check_commitments(facts, plan, spend, credits, ledger)
    charges += transfer_charges(facts, decisions, runs)
    charges += migration_charges(facts, decisions)
    charges += unserved_charges(facts, decisions)
    charges += check_limits(facts, plan, charges, loads, ledger)
    check_bill(facts, plan, charges, ledger)
    check_totals(facts, plan, ledger)
    check_solve(facts, plan, ledger)
