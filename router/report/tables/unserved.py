"""Demand left out, and which limit caused it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from router.report import numbers
from router.report.table import Column, Row, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import Plan, UnservedRecord
    from router.scenario.scenario import Scenario

_FIGURE = re.compile(r"(?<![\w.-])\d[\d.,]*(?:e[+-]?\d+)?(?![\w-])")
"""A number that stands alone, not one within a name such as gb200-nvl72."""


@dataclass(frozen=True)
class UnservedStretch:
    """Unserved demand of one stream (or job: stream None) for one cause over consecutive periods.

    `quantity_hours` and `demand_hours` are in the workload's unit times hours, `peak` in its unit.
    """

    workload: str
    stream: str | None
    because: str
    first_period: int
    last_period: int
    slices: tuple[str, ...]
    quantity_hours: float
    demand_hours: float
    peak: float
    value_usd: float


def unserved_stretches(plan: Plan) -> tuple[UnservedStretch, ...]:
    """Unserved demand merged over slices and consecutive periods, most valuable first.

    Causes that differ in figures only (a price that moves) are one cause, told in the words of the period
    and slice where most is lost.
    """
    by_cause: dict[tuple[str, str | None, str], list[UnservedRecord]] = {}
    for record in plan.unserved:
        cause = _FIGURE.sub("#", record.because)
        by_cause.setdefault((record.workload, record.stream, cause), []).append(record)
    stretches = []
    for records in by_cause.values():
        records.sort(key=lambda record: record.period)
        part: list[UnservedRecord] = []
        for record in records:
            if part and record.period > part[-1].period + 1:
                stretches.append(_stretch(plan, part))
                part = []
            part.append(record)
        stretches.append(_stretch(plan, part))
    return tuple(sorted(stretches, key=lambda stretch: (-stretch.value_usd, stretch.first_period)))


def unserved_table(plan: Plan, scenario: Scenario, most_rows: int | None = None) -> Table:
    """A row for each stretch of unserved demand, most valuable first; those beyond `most_rows` in one row."""
    stretches = unserved_stretches(plan)
    shown = stretches if most_rows is None or len(stretches) <= most_rows else stretches[: most_rows - 1]
    rows = []
    for stretch in shown:
        job = stretch.stream is None
        workload = scenario.workloads.get(stretch.workload)
        unit = "" if workload is None or workload.kind == "training" else workload.unit
        all_slices = len(stretch.slices) == len(plan.periods[stretch.first_period].slice_hours)
        rows.append(
            Row(
                (
                    stretch.workload if job else f"{stretch.workload}/{stretch.stream}",
                    plan.periods[stretch.first_period].start,
                    None if job else numbers.last_day(plan.periods[stretch.last_period].end),
                    None if job else "all" if all_slices else ", ".join(stretch.slices),
                    "whole job" if job else numbers.quantity(stretch.peak, unit),
                    1.0 if job else stretch.quantity_hours / stretch.demand_hours if stretch.demand_hours else None,
                    stretch.value_usd,
                    stretch.because,
                )
            )
        )
    rest = stretches[len(shown) :]
    if rest:
        value = sum(stretch.value_usd for stretch in rest)
        cells = (f"{len(rest)} more rows", None, None, None, None, None, value, "in report.html and plan.json")
        rows.append(Row(cells))
    total = sum(record.value_usd for record in plan.unserved)
    if len(rows) > 1:
        rows.append(Row(("all", None, None, None, None, None, total, None), "total"))
    return Table(
        key="unserved",
        title="Unserved demand",
        columns=(
            Column("Demand", least_width=12),
            Column("From", Unit.DATE),
            Column("Last day", Unit.DATE, drop_order=1),
            Column("Slices", drop_order=4, least_width=6),
            Column("At most", drop_order=3, least_width=9),
            Column("Share", Unit.SHARE, drop_order=2),
            Column("Value", Unit.USD),
            Column("Because", least_width=24),
        ),
        rows=tuple(rows),
        footnotes=("Share: of the demand of the slices and periods named.",) if rows else (),
        when_empty="All demand is served.",
    )


def _stretch(plan: Plan, records: list[UnservedRecord]) -> UnservedStretch:
    first = records[0]
    quantity_hours = demand_hours = 0.0
    for record in records:
        hours = plan.periods[record.period].slice_hours[record.slice] if record.slice is not None else 1.0
        quantity_hours += record.quantity * hours
        demand_hours += record.demand * hours
    return UnservedStretch(
        workload=first.workload,
        stream=first.stream,
        because=max(records, key=lambda record: record.value_usd).because,
        first_period=first.period,
        last_period=records[-1].period,
        slices=tuple(dict.fromkeys(record.slice for record in records if record.slice is not None)),
        quantity_hours=quantity_hours,
        demand_hours=demand_hours,
        peak=max(record.quantity for record in records),
        value_usd=sum(record.value_usd for record in records),
    )
