"""The demand grid: workloads and their streams by period, training jobs with their windows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from router.arrays import FloatArray
from router.plan.document import Plan, RunRecord
from router.problem.calendar import Calendar, build_calendar
from router.problem.values import series
from router.report import numbers
from router.report.letters import Letters
from router.scenario.scenario import Scenario
from router.scenario.workload import Agents, Inference, Training, Workload
from router.view.grid import CellUnit, Fact, Grid, GridRow, OneValue, OverTime, SumOf
from router.view.periods import period_columns
from router.view.sparkline import sparkline

TREND_WIDTH = 8
DEADLINE, START = "deadline", "start"
"""The dates of a training job that can be shifted."""

_FACTS = (
    Fact("kind", 9, drop_order=3),
    Fact("unserved costs", 15, drop_order=2, to_the_right=True),
    Fact("trend", TREND_WIDTH, drop_order=1),
)
_KINDS: tuple[tuple[type[Workload], str], ...] = (
    (Inference, "Inference"),
    (Agents, "Agents"),
    (Training, "Training"),
)


def with_plan(grid: Grid, plan: Plan | None, letters: Letters) -> Grid:
    """The grid with what a plan leaves out alerted and its runs drawn over the windows of their jobs."""
    if plan is None:
        return grid
    alerts = np.zeros(grid.values.shape, dtype=np.bool_)
    _mark_unserved(plan, grid.rows, alerts)
    runs: dict[tuple[str, ...], RunRecord] = {("workloads", run.workload): run for run in plan.runs}
    rows = tuple(
        replace(row, shown=_with_run(row.shown, run, letters.full))
        if row.shown is not None and (run := runs.get(row.key))
        else row
        for row in grid.rows
    )
    return replace(grid, rows=rows, alerts=alerts)


def _with_run(shown: tuple[str, ...], run: RunRecord, letter: str) -> tuple[str, ...]:
    first, last = run.first_period, run.last_period
    return (*shown[:first], *[letter] * (min(last + 1, len(shown)) - first), *shown[last + 1 :])


def demand_grid(scenario: Scenario, letters: Letters) -> Grid:
    """Demand as the file gives it, before slices; training jobs with their windows."""
    calendar = build_calendar(scenario.horizon)
    rows: list[GridRow] = []
    values: list[FloatArray] = []
    nothing = np.full(calendar.periods, np.nan)
    for kind, title in _KINDS:
        mine = [(name, workload) for name, workload in scenario.workloads.items() if isinstance(workload, kind)]
        if mine:
            rows.append(GridRow((title,), title, title, CellUnit.COUNT, None, ("", "", ""), is_heading=True))
            values.append(nothing)
        for name, workload in mine:
            made = (
                _job_rows(name, workload, calendar, letters)
                if isinstance(workload, Training)
                else (_service_rows(name, workload, calendar, letters))
            )
            for row, line in made:
                rows.append(row)
                values.append(line)
    table = np.array(values).reshape(len(rows), calendar.periods)
    alerts = np.zeros(table.shape, dtype=np.bool_)
    return Grid(
        "demand", _FACTS, period_columns(calendar), tuple(rows), table, alerts, alert_words="! not all of it is served"
    )


def _service_rows(
    name: str, workload: Inference | Agents, calendar: Calendar, letters: Letters
) -> Iterable[tuple[GridRow, FloatArray]]:
    lines = {stream: series(held.demand, calendar) for stream, held in workload.streams.items()}
    paths = {stream: ("workloads", name, "streams", stream, "demand") for stream in workload.streams}
    value = f"{numbers.price(workload.value_of_unserved_usd_per_unit_hour)}/unit-h"
    off = not workload.enabled
    several = len(lines) > 1
    total = np.sum(list(lines.values()), axis=0)
    kind = _off_or(workload.kind, off)
    only = next(iter(paths.values()))
    yield (
        GridRow(
            ("workloads", name),
            name,
            name if several else f"{name}/{next(iter(lines))}",
            CellUnit.COUNT,
            SumOf(tuple(paths.values())) if several else OverTime(only),
            (kind, value, sparkline(total, TREND_WIDTH, letters)),
            quantity_unit=workload.unit,
            is_off=off,
        ),
        total,
    )
    for stream, line in lines.items() if several else ():
        yield (
            GridRow(
                ("workloads", name, stream),
                stream,
                f"{name}/{stream}",
                CellUnit.COUNT,
                OverTime(paths[stream]),
                ("", "", sparkline(line, TREND_WIDTH, letters)),
                quantity_unit=workload.unit,
                depth=1,
                is_off=off,
            ),
            line,
        )


def _job_rows(name: str, job: Training, calendar: Calendar, letters: Letters) -> Iterable[tuple[GridRow, FloatArray]]:
    shown = [
        letters.empty if start < job.deadline and end > job.earliest_start else ""
        for start, end in zip(calendar.starts, calendar.ends, strict=True)
    ]
    yield (
        GridRow(
            ("workloads", name),
            name,
            f"work of {name}",
            CellUnit.COUNT,
            OneValue(("workloads", name, "work")),
            (_off_or(job.kind, not job.enabled), numbers.money(job.value_of_unserved_usd), numbers.count(job.work)),
            quantity_unit="units of work",
            is_off=not job.enabled,
            shown=tuple(shown),
            moves={DEADLINE: ("workloads", name, "deadline"), START: ("workloads", name, "earliest_start")},
        ),
        np.full(calendar.periods, job.work),
    )


def _off_or(kind: str, off: bool) -> str:
    return "disabled" if off else kind


def _mark_unserved(plan: Plan, rows: Sequence[GridRow], alerts: np.ndarray) -> None:
    at = {row.key: index for index, row in enumerate(rows)}
    for record in plan.unserved:
        if record.period >= alerts.shape[1]:
            continue
        keys: list[tuple[str, ...]] = [("workloads", record.workload)]
        if record.stream is not None:
            keys.append(("workloads", record.workload, record.stream))
        for key in keys:
            if key in at:
                alerts[at[key], record.period] = True
