"""Training runs: when, where and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report.pool_facts import PoolBook
from router.report.table import Column, Row, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario


def training_table(plan: Plan, scenario: Scenario) -> Table:
    """A row for each run, in order of start."""
    book = PoolBook(scenario)
    rows = []
    for run in sorted(plan.runs, key=lambda run: (run.start, run.end, run.workload)):
        job = scenario.workloads.get(run.workload)
        deadline = job.deadline if job is not None and job.kind == "training" else None
        rows.append(
            Row(
                (
                    run.workload,
                    run.pool,
                    book[run.pool].kind,
                    run.start,
                    run.end,
                    deadline,
                    run.hours,
                    run.accelerators,
                    run.instances,
                    "spot" if run.spot else "firm",
                )
            )
        )
    return Table(
        key="training",
        title="Training runs",
        columns=(
            Column("Job", least_width=10),
            Column("Pool", least_width=12),
            Column("Kind", drop_order=3, least_width=8, spared=True),
            Column("Start", Unit.DATE),
            Column("End", Unit.DATE),
            Column("Deadline", Unit.DATE, drop_order=2, spared=True),
            Column("Runs for", Unit.HOURS, drop_order=4),
            Column("Gang", Unit.COUNT),
            Column("Instances", Unit.COUNT, drop_order=5),
            Column("On", drop_order=1, least_width=4),
        ),
        rows=tuple(rows),
        footnotes=("Gang: accelerators that train together in one pool.",) if rows else (),
        when_empty="No training job runs.",
    )
