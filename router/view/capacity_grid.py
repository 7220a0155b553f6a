"""The capacity grid: instances that each pool has by period, and how many of them can be had as spot."""

from __future__ import annotations

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import build_calendar
from router.problem.values import smallest
from router.report.letters import Letters
from router.scenario.scenario import Scenario
from router.view.grid import CellUnit, Fact, Grid, GridColumn, GridRow, OverTime
from router.view.periods import period_columns
from router.view.sparkline import sparkline
from router.view.utilisation import FULL, PoolUtilisation

TREND_WIDTH = 8

FACTS = (
    Fact("region", 12, drop_order=3),
    Fact("accelerator", 12, drop_order=2),
    Fact("ramp", TREND_WIDTH, drop_order=1),
)


def capacity_grid(scenario: Scenario, letters: Letters, found: PoolUtilisation | None = None) -> Grid:
    """Capacity of each pool: the smallest of any day of a period, as the plan counts it.

    ``found``: how full pools are in a plan, of which the full ones are alerted.
    """
    calendar = build_calendar(scenario.horizon)
    rows: list[GridRow] = []
    values: list[FloatArray] = []
    for provider in scenario.providers:
        mine = {name: pool for name, pool in scenario.pools.items() if pool.provider == provider}
        if mine:
            rows.append(GridRow((provider,), provider, provider, CellUnit.COUNT, None, ("", "", ""), is_heading=True))
            values.append(np.full(calendar.periods, np.nan))
        for name, pool in mine.items():
            line = smallest(pool.capacity, calendar)
            accelerator = scenario.instance_types[pool.instance_type].accelerator or "CPU"
            facts = (pool.region, accelerator, sparkline(line, TREND_WIDTH, letters))
            meaning = OverTime(("pools", name, "capacity"))
            rows.append(
                GridRow(("pools", name), name, f"capacity of {name}", CellUnit.COUNT, meaning, facts, "instances")
            )
            values.append(line)
            if pool.spot_capacity != 0.0:
                spot = smallest(pool.spot_capacity, calendar)
                facts = ("", "", sparkline(spot, TREND_WIDTH, letters))
                rows.append(
                    GridRow(
                        ("pools", name, "spot"),
                        "of it spot",
                        f"spot capacity of {name}",
                        CellUnit.COUNT,
                        OverTime(("pools", name, "spot_capacity")),
                        facts,
                        "instances",
                        depth=1,
                    )
                )
                values.append(spot)
    table = np.array(values).reshape(len(rows), calendar.periods)
    alerts = np.zeros(table.shape, dtype=np.bool_)
    columns = period_columns(calendar)
    if found is not None:
        _mark_full(found, rows, columns, alerts)
    return Grid("capacity", FACTS, columns, tuple(rows), table, alerts, alert_words="! full in the plan")


def _mark_full(found: PoolUtilisation, rows: list[GridRow], columns: tuple[GridColumn, ...], alerts: BoolArray) -> None:
    """Pools and periods are matched by name: the plan may be of the scenario before an edit."""
    period = {label: at for at, label in enumerate(found.columns)}
    here = [at for at, column in enumerate(columns) if column.label in period]
    there = [period[columns[at].label] for at in here]
    full = {row.pool: found.share[at, there] >= FULL for at, row in enumerate(found.rows) if row.pool is not None}
    for at, row in enumerate(rows):
        if len(row.key) == 2 and row.key[1] in full:
            alerts[at, here] = full[row.key[1]]
