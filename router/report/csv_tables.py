"""The bill and the allocations as CSV: for spreadsheets, and safe to open in one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from router.report.csv_text import csv_text
from router.report.pool_facts import PoolBook

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

BILL_COLUMNS = (
    "period",
    "period_start",
    "period_end",
    "category",
    "provider",
    "item",
    "purchase_option",
    "contract",
    "quantity",
    "unit",
    "usd_per_unit",
    "amount_usd",
)

ALLOCATION_COLUMNS = (
    "kind",
    "workload",
    "stream",
    "pool",
    "provider",
    "region",
    "instance_type",
    "accelerator",
    "capacity",
    "first_period",
    "last_period",
    "start",
    "end",
    "slice",
    "hours",
    "quantity",
    "unit",
    "instances",
    "accelerators",
    "vcpus",
    "instance_hours",
    "accelerator_hours",
)


def bill_csv(plan: Plan, scenario: Scenario) -> str:
    """Every line of the bill. `period_end` is the first day after the period; money is undiscounted USD."""
    return csv_text(
        BILL_COLUMNS,
        (
            (
                line.period,
                plan.periods[line.period].start,
                plan.periods[line.period].end,
                line.category.value,
                line.provider,
                line.item,
                line.purchase_option,
                line.contract,
                line.quantity,
                line.unit,
                line.usd_per_unit,
                f"{line.amount_usd:.2f}",
            )
            for line in plan.bill
        ),
    )


def allocations_csv(plan: Plan, scenario: Scenario) -> str:
    """Who runs where: a line for each serving record (stream, pool, period, slice) and each training run.

    `capacity` is firm or spot; `end` is the first day after a period, and the day on which a run ends;
    `hours` are the slice's in the period, or the run's. A run's `accelerators` are its gang.
    """
    return csv_text(ALLOCATION_COLUMNS, (*_serving_lines(plan, scenario), *_run_lines(plan, scenario)))


def _serving_lines(plan: Plan, scenario: Scenario) -> Iterable[tuple[object, ...]]:
    book = PoolBook(scenario)
    for record in plan.serving:
        facts = book[record.pool]
        period = plan.periods[record.period]
        hours = period.slice_hours[record.slice]
        workload = scenario.workloads.get(record.workload)
        known = workload is not None and workload.kind != "training"
        yield (
            workload.kind if workload is not None else None,
            record.workload,
            record.stream,
            record.pool,
            facts.provider,
            facts.region,
            facts.instance_type,
            facts.kind if facts.accelerators else None,
            "spot" if record.spot else "firm",
            record.period,
            record.period,
            period.start,
            period.end,
            record.slice,
            hours,
            record.quantity,
            getattr(workload, "unit", None) if known else None,
            record.instances,
            record.instances * facts.accelerators,
            record.instances * facts.vcpu,
            record.instances * hours,
            record.instances * hours * facts.accelerators,
        )


def _run_lines(plan: Plan, scenario: Scenario) -> Iterable[tuple[object, ...]]:
    book = PoolBook(scenario)
    for run in plan.runs:
        facts = book[run.pool]
        yield (
            "training",
            run.workload,
            None,
            run.pool,
            facts.provider,
            facts.region,
            facts.instance_type,
            facts.kind if facts.accelerators else None,
            "spot" if run.spot else "firm",
            run.first_period,
            run.last_period,
            run.start,
            run.end,
            None,
            run.hours,
            1,
            "jobs",
            run.instances,
            run.accelerators,
            run.instances * facts.vcpu,
            run.instances * run.hours,
            run.instances * run.hours * facts.accelerators,
        )
