"""A timeline as a table to copy and export, and why there is none."""

from __future__ import annotations

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.scenario.workload import Training
from router.view.timeline import Timeline

_TITLES = (
    "job",
    "pool",
    "earliest start",
    "deadline",
    "start",
    "end",
    "hours",
    "accelerators",
    "instances",
    "on",
    "slack days",
    "unserved because",
)


def timeline_table(found: Timeline) -> list[list[str]]:
    """Titles, then each job; numbers to their last digit."""
    rows = [list(_TITLES)]
    for row in found.rows:
        if row.job is None:
            continue
        on = "" if row.start is None else "spot" if row.spot else "firm"
        held = (row.pool, row.earliest_start, row.deadline, row.start, row.end, row.hours, row.accelerators)
        rest = (row.instances, on, None if row.slack_days is None else f"{row.slack_days:.10g}", row.because)
        rows.append([row.job, *("" if each is None else str(each) for each in (*held, *rest))])
    return rows


def why_not_shown(plan: Plan | None, scenario: Scenario) -> str:
    """Why there is nothing to draw; empty where there is."""
    if plan is None:
        return "No plan yet: runs are shown as soon as there is one."
    if not plan.runs and not any(record.stream is None for record in plan.unserved):
        has_jobs = any(isinstance(workload, Training) for workload in scenario.workloads.values())
        return "The plan has no training runs." if has_jobs else "The scenario has no training jobs."
    return ""
