"""Who runs where: services and agents by pool and period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from router.report.period_groups import PeriodGroup, group_periods
from router.report.pool_facts import PoolBook
from router.report.table import Cell, Column, Row, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario


def placement_table(plan: Plan, scenario: Scenario, most_periods: int = 12, most_pools: int = 4) -> Table:
    """Average instances of each service in its main pools, in at most `most_periods` groups of periods.

    A workload's main pools are those with the most accelerator-hours (vCPU-hours where it uses none); the
    others are joined in one row, in accelerators or vCPUs, as their instances cannot be added up.
    """
    book = PoolBook(scenario)
    groups = group_periods(plan.periods, most_periods)
    average = _averages(plan, groups)
    rows: list[Row] = []
    joined_any = False
    for workload in _in_order(scenario, {workload for workload, _ in average}):
        pools = {pool: values for (owner, pool), values in average.items() if owner == workload}
        on_accelerators = any(book[pool].accelerators for pool in pools)

        def units(pool: str, on_accelerators: bool = on_accelerators) -> int:
            return book[pool].accelerators if on_accelerators else book[pool].vcpu

        weight = {pool: sum(pools[pool]) * max(1, units(pool)) for pool in pools}
        main = sorted(pools, key=lambda pool: (-weight[pool], pool))
        shown = main if len(main) <= most_pools else main[: most_pools - 1]
        for pool in shown:
            rows.append(_row(workload if pool == main[0] else None, pool, book[pool].kind, pools[pool]))
        rest = main[len(shown) :]
        if rest:
            joined_any = True
            sums = [sum(pools[pool][at] * units(pool) for pool in rest) for at in range(len(groups))]
            unit = "accelerators" if on_accelerators else "vCPUs"
            rows.append(_row(None, f"{len(rest)} more pools ({unit})", None, sums))
    footnotes = ["Average instances over the hours of each column, with what stands by."] if rows else []
    if joined_any:
        footnotes.append("Rows of more than one pool are in accelerators or vCPUs.")
    return Table(
        key="placement",
        title="Who runs where: services and agents",
        columns=(
            Column("Workload", least_width=12),
            Column("Pool", least_width=16),
            Column("Kind", drop_order=1, least_width=8, spared=True),
            *(Column(group.label, Unit.COUNT) for group in groups),
        ),
        rows=tuple(rows),
        footnotes=tuple(footnotes),
        when_empty="No service or agent fleet is served.",
    )


def _row(workload: str | None, pool: str, kind: str | None, values: Sequence[float]) -> Row:
    cells: list[Cell] = [value if value > 1e-9 else None for value in values]
    return Row((workload, pool, kind, *cells))


def _averages(plan: Plan, groups: Sequence[PeriodGroup]) -> dict[tuple[str, str], list[float]]:
    """Hour-weighted average instances of (workload, pool) in each group."""
    group_of = {index: at for at, group in enumerate(groups) for index in range(group.first, group.last + 1)}
    average: dict[tuple[str, str], list[float]] = {}
    for record in plan.serving:
        at = group_of[record.period]
        hours = plan.periods[record.period].slice_hours[record.slice]
        values = average.setdefault((record.workload, record.pool), [0.0] * len(groups))
        values[at] += record.instances * hours / groups[at].hours
    return average


def _in_order(scenario: Scenario, names: set[str]) -> list[str]:
    known = [name for name in scenario.workloads if name in names]
    return known + sorted(names.difference(scenario.workloads))
