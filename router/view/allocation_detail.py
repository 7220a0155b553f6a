"""What stands behind one cell of the allocations: slice by slice, what is rented for it and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from router.difference.charges import charges_of
from router.difference.uses import UseKey, Uses, uses_of
from router.plan.document import Plan, UnservedRecord
from router.report import numbers
from router.report.period_groups import period_label
from router.report.table import Column, Row, Table, Unit
from router.scenario.scenario import Scenario
from router.view.allocations import Allocations, unit_of
from router.view.pivot import label_of
from router.view.plan_amounts import UNSERVED
from router.view.rented_words import rented_words

ALL_SLICES = "all"
_COLUMNS = (
    Column("Demand", least_width=10),
    Column("Pool", least_width=12),
    Column("Slice", drop_order=2, least_width=4),
    Column("Quantity", least_width=8),
    Column("Instances", Unit.COUNT),
    Column("On", drop_order=3, least_width=4),
    Column("The pool rents, or why not", drop_order=1, least_width=16),
    Column("Cost", Unit.USD),
)


def detail(found: Allocations, row: int, period: int) -> Table:
    """The lines of a cell: each use of a pool in each slice and their sum, then what the cell's demand lacks.

    Costs are the pools' usage and reservations in the period, undiscounted, shared by instance-hours, firm and spot
    apart. Raises IndexError for a row or period there is not.
    """
    if not 0 <= row < len(found.rows) or not 0 <= period < len(found.columns):
        raise IndexError(f"detail: found row {row} and period {period}, expected them within {found.share.shape}")
    plan, scenario, amounts = found.plan, found.scenario, found.amounts
    uses: set[UseKey] = set()
    lacking: set[tuple[str, str | None]] = set()
    for at in np.flatnonzero((found.group_row == row) | (found.member_row == row)).tolist():
        demand = (amounts.workloads[at], amounts.streams[at])
        if amounts.pools[at] == UNSERVED:
            lacking.add(demand)
        else:
            uses.add((*demand, amounts.pools[at], bool(amounts.spot[at])))
    lines = list(_lines(plan, uses, period)) if uses else []
    rows = [_row(line, plan, scenario, period) for line in lines]
    if len(rows) > 1:
        rows.append(Row(("all", *(None,) * 6, sum(line.usd for line in lines)), "total"))
    missing = [each for each in plan.unserved if each.period == period and (each.workload, each.stream) in lacking]
    rows += [_missing_row(record, scenario) for record in missing]
    footnotes = []
    if lines:
        footnotes.append("Cost: usage and reservations of the pool, shared by instance-hours; undiscounted.")
        footnotes.append("What the pool rents is for all who use it in the slice.")
    if missing:
        footnotes.append("Unserved: the cost is what the demand is worth.")
    return Table(
        key="allocation",
        title=f"{' > '.join(map(label_of, found.rows[row].key))}, {period_label(plan.periods[period])}",
        columns=_COLUMNS,
        rows=tuple(rows),
        footnotes=tuple(footnotes),
        when_empty="Nothing is served here in this period.",
    )


@dataclass(frozen=True)
class _Line:
    """A use of a pool in a slice, or of a run in all of them, with its part of the pool's cost."""

    use: UseKey
    slice: str | None
    units: float
    instances: float
    usd: float


def _lines(plan: Plan, wanted: set[UseKey], period: int) -> Iterator[_Line]:
    uses = uses_of(plan)
    usd = _usd_of_uses(plan, uses, period)
    hours = {use: float(uses.instance_hours[at, period]) for at, use in enumerate(uses.keys)}
    for record in plan.serving:
        use = (record.workload, record.stream, record.pool, record.spot)
        if record.period == period and use in wanted:
            own = record.instances * plan.periods[period].slice_hours[record.slice]
            part = own / hours[use] if hours[use] > 0 else 0.0
            yield _Line(use, record.slice, record.quantity, record.instances, usd[use] * part)
    for run in plan.runs:
        key = (run.workload, None, run.pool, run.spot)
        if key in wanted and run.first_period <= period <= run.last_period:
            yield _Line(key, None, run.instances, run.instances, usd[key])


def _usd_of_uses(plan: Plan, uses: Uses, period: int) -> dict[UseKey, float]:
    of_period = charges_of(plan, uses).usd_of_uses[:, period]
    return dict(zip(uses.keys, of_period.tolist(), strict=True))


def _row(line: _Line, plan: Plan, scenario: Scenario, period: int) -> Row:
    workload, stream, pool, spot = line.use
    return Row(
        (
            _demand(workload, stream),
            pool,
            line.slice or ALL_SLICES,
            numbers.quantity(line.units, unit_of(scenario, workload, pool)),
            line.instances,
            "spot" if spot else "firm",
            rented_words(plan, pool, spot, period, line.slice) or None,
            line.usd,
        )
    )


def _missing_row(record: UnservedRecord, scenario: Scenario) -> Row:
    job = record.stream is None
    return Row(
        (
            _demand(record.workload, record.stream),
            "unserved",
            record.slice or ALL_SLICES,
            "whole job" if job else numbers.quantity(record.quantity, unit_of(scenario, record.workload, UNSERVED)),
            None,
            None,
            record.because,
            record.value_usd,
        ),
        "alert",
    )


def _demand(workload: str, stream: str | None) -> str:
    return workload if stream is None else f"{workload}/{stream}"
