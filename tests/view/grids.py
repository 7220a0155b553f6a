"""A grid of each kind of row, put together by hand, for the tests of what is done to grids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from router.change.apply import Applied, unchecked
from router.change.change import Change, Dates
from router.change.error import numbered
from router.reading.key_path import KeyPath
from router.scenario.scenario import Scenario
from router.view.grid import Apart, CellUnit, Fact, Grid, GridColumn, GridRow, Meaning, OneValue, OverTime, SumOf

FIRST: KeyPath = ("workloads", "chat", "streams", "us", "demand")
SECOND: KeyPath = ("workloads", "chat", "streams", "eu", "demand")
WORK: KeyPath = ("workloads", "train", "work")
DEADLINE: KeyPath = ("workloads", "train", "deadline")
PROMISES: tuple[KeyPath | None, ...] = (("contracts", "c", "a"), None, ("contracts", "c", "b"), None)

HEADING, SUM, US, EU, JOB, APART = range(6)
"""Rows of the grid."""
MONTHS = tuple(date(2026, month, 1) for month in (1, 2, 3, 4, 5))


def row(name: str, meaning: Meaning | None, **more: object) -> GridRow:
    """A row of counts."""
    return GridRow((name,), name, f"the {name}", CellUnit.COUNT, meaning, **more)  # type: ignore[arg-type]


def grid(values: list[list[float]] | None = None) -> Grid:
    """Four months; a sum of two streams, a job with one value, promises in every other cell."""
    nan = np.nan
    table = values or [
        [nan, nan, nan, nan],
        [300, 310, 320, 0],
        [100, 110, 120, 0],
        [200, 200, 200, 0],
        [5000, 5000, 5000, 5000],
        [7, nan, 9, nan],
    ]
    rows = (
        row("heading", None, is_heading=True, facts=("",)),
        row("chat", SumOf((FIRST, SECOND)), quantity_unit="tokens/s", facts=("both",)),
        row("us", OverTime(FIRST), depth=1, facts=("us",)),
        row("eu", OverTime(SECOND), depth=1, facts=("eu",)),
        row("train", OneValue(WORK), moves={"deadline": DEADLINE}, facts=("a job",)),
        row("promise", Apart(PROMISES), facts=("",)),
    )
    columns = tuple(GridColumn(f"{start:%Y-%m}", Dates(start, end)) for start, end in pairwise(MONTHS))
    numbers = np.array(table, dtype=np.float64)
    return Grid("test", (Fact("kind", 8, 1),), columns, rows, numbers, np.zeros(numbers.shape, dtype=np.bool_))


def dates(first: int, last: int) -> Dates:
    """From a column up to and including another."""
    return Dates(MONTHS[first], MONTHS[last + 1])


def changed(scenario: Scenario, changes: Sequence[Change]) -> Applied:
    """A scenario with changes made, even where it is one of tests/scenarios.py, whose prices have no origin."""
    return unchecked(scenario, changes, [numbered(at) for at in range(len(changes))])
