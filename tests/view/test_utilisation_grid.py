"""How full pools are as a grid, and full pools in the capacity grid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.report.letters import letters_for
from router.view.capacity_grid import capacity_grid
from router.view.capacity_words import capacity_words
from router.view.grid import Cells
from router.view.utilisation import PoolUtilisation, Reading, utilisation
from router.view.utilisation_grid import (
    MODES,
    NO_PLAN,
    NO_WORTH,
    UtilisationGrid,
    mode_words,
    no_grid,
    same_cells,
    utilisation_grid,
)
from tests.report.sample_plans import small_plan, small_scenario

UTF = letters_for("utf-8")


def found() -> PoolUtilisation:
    """Of the small sample."""
    return utilisation(small_plan(), small_scenario())


def small(reading: Reading = Reading.SHARE) -> UtilisationGrid:
    """Of the small sample."""
    return utilisation_grid(found(), small_plan(), reading, UTF)


def full_in(pool: str, column: int) -> PoolUtilisation:
    """The small sample with a pool full in a period."""
    base = found()
    share = np.zeros_like(base.share)
    share[[row.pool for row in base.rows].index(pool), column] = 1.0
    return replace(base, share=share)


@pytest.mark.parametrize("reading", list(Reading))
def test_cells_say_what_the_reading_says(reading: Reading) -> None:
    grid, base = small(reading), found()
    for row in range(len(grid.rows)):
        for column in range(4):
            assert grid.text(row, column) == base.text(row, column, reading)
    assert grid.shades is not None
    assert grid.shades.tolist() == base.shades(reading).tolist()
    assert all(row.meaning is None for row in grid.rows), "nothing here is edited"
    assert [row.is_heading for row in grid.rows] == [row.pool is None for row in base.rows]


def test_rows_have_the_keys_of_the_capacity_grid() -> None:
    keys = {row.key for row in capacity_grid(small_scenario(), UTF).rows}
    assert all(row.key in keys for row in small().rows)


def test_full_pools_are_alerted_where_shares_are_read() -> None:
    for reading in Reading:
        grid = utilisation_grid(full_in("aws-cpu", 2), small_plan(), reading, UTF)
        expected = [[grid.row_at(("pools", "aws-cpu")), 2]] if reading in (Reading.SHARE, Reading.USED) else []
        assert np.argwhere(grid.alerts).tolist() == expected


def test_full_pools_are_alerted_in_the_capacity_grid() -> None:
    scenario = small_scenario()
    assert not capacity_grid(scenario, UTF).alerts.any()
    grid = capacity_grid(scenario, UTF, full_in("aws-cpu", 2))
    assert np.argwhere(grid.alerts).tolist() == [[grid.row_at(("pools", "aws-cpu")), 2]]
    # A plan of another horizon or of other pools: what has the same names is marked.
    other = replace(full_in("aws-cpu", 2), columns=("2026-12", "2027-01", "2027-02", "2027-03"))
    grid = capacity_grid(scenario, UTF, other)
    assert np.argwhere(grid.alerts).tolist() == [[grid.row_at(("pools", "aws-cpu")), 1]]
    without = scenario.model_copy(update={"pools": {"aws-h100": scenario.pools["aws-h100"]}})
    assert not capacity_grid(without, UTF, full_in("aws-cpu", 2)).alerts.any()


def test_the_line_on_a_cell() -> None:
    base, numbers, shares = found(), capacity_grid(small_scenario(), UTF, found()), small()
    row = shares.row_at(("pools", "aws-h100"))
    assert row is not None
    assert capacity_words(shares, base, Cells(row, 1, row, 1), row, 1) == base.line(row, 1)
    words = capacity_words(numbers, base, Cells(1, 1, 1, 1), 1, 1)
    assert words.startswith("capacity of aws-h100, ")
    assert words.endswith(f"   in the plan: {base.use_words(row, 1)}")
    assert "in the plan" not in capacity_words(numbers, None, Cells(1, 1, 1, 1), 1, 1)
    assert capacity_words(numbers, base, Cells(0, 1, 0, 1), 0, 1) == "aws"
    assert "2 cells" in capacity_words(shares, base, Cells(row, 1, row, 2), row, 2)


def test_words_of_each_mode() -> None:
    base = found()
    assert [mode_words(base, reading) for _, reading in MODES[1:-1]] == [
        base.words(reading).partition(": ")[2] for _, reading in MODES[1:-1] if reading is not None
    ]
    assert mode_words(base, Reading.WORTH) == NO_WORTH
    known = replace(base, worth_usd=np.zeros_like(base.worth_usd))
    assert mode_words(known, Reading.WORTH).startswith("what one more instance")
    assert mode_words(None, Reading.SHARE) == NO_PLAN
    assert "type over" in mode_words(None, None)
    assert no_grid().rows == ()


def test_the_same_cells_in_another_grid() -> None:
    shares, numbers = small(), capacity_grid(small_scenario(), UTF)
    row = shares.row_at(("pools", "oracle-h100"))
    there = numbers.row_at(("pools", "oracle-h100"))
    assert row is not None
    assert there is not None
    assert same_cells(shares, Cells(row, 1, row, 2), numbers) == Cells(there, 1, there, 2)
    scenario = small_scenario()
    without = capacity_grid(scenario.model_copy(update={"pools": {"aws-cpu": scenario.pools["aws-cpu"]}}), UTF)
    assert same_cells(shares, Cells(row, 1, row, 2), without) is None
    assert same_cells(shares, Cells(row, 1, row, 2), replace(numbers, columns=numbers.columns[::-1])) is not None
