"""The capacity grid: instances by pool and period."""

from __future__ import annotations

from router.report.letters import letters_for
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.view.capacity_grid import capacity_grid
from router.view.entry import read_entry
from router.view.grid import Cells
from router.view.grid_edit import edited
from tests.scenarios import both, horizon, pool, scenario
from tests.view.grids import changed

LETTERS = letters_for("utf-8")


def test_deliveries_over_time() -> None:
    grid = capacity_grid(load_scenario(scenario_path("tiny")), LETTERS)
    rows = {row.name: list(grid.values[at]) for at, row in enumerate(grid.rows) if not row.is_heading}
    assert rows == {"aws-h100": [6, 6, 6], "oracle-h100": [4, 4, 8]}
    assert [row.name for row in grid.rows if row.is_heading] == ["aws", "oracle"]


def test_the_smallest_of_a_period_counts() -> None:
    made = scenario(horizon=horizon("month", 2), pools={"north": pool(capacity={"2026-01-01": 4, "2026-01-20": 2})})
    assert list(capacity_grid(made, LETTERS).values[1]) == [2, 2]


def test_spot_capacity_has_a_row_of_its_own() -> None:
    grid = capacity_grid(scenario(pools={"north": pool(capacity=10, spot_capacity=3)}), LETTERS)
    assert [(row.name, row.depth) for row in grid.rows] == [("north", 0), ("north", 0), ("of it spot", 1)]
    assert list(grid.values[2]) == [3, 3]


def test_an_edit_of_one_period_leaves_the_others() -> None:
    before = scenario(horizon=horizon("month", 3), **both())
    grid = capacity_grid(before, LETTERS)
    after = capacity_grid(changed(before, edited(grid, Cells(1, 1, 1, 1), read_entry("25"))).scenario, LETTERS)
    assert list(after.values[1]) == [10, 25, 10]
    assert list(after.values[3]) == [10, 10, 10]
