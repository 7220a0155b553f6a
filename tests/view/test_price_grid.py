"""The price grid: USD per instance-hour by offer and period."""

from __future__ import annotations

import numpy as np
import pytest

from router.report.letters import letters_for
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.view.entry import read_entry
from router.view.grid import Cells
from router.view.grid_edit import edited
from router.view.price_grid import price_grid
from tests.scenarios import both, horizon, offer, scenario
from tests.view.grids import changed

LETTERS = letters_for("utf-8")


def test_list_prices() -> None:
    grid = price_grid(load_scenario(scenario_path("tiny")), LETTERS)
    assert list(grid.values[1]) == [55.04] * 3
    assert list(grid.values[3]) == [80.0] * 3
    assert grid.text(1, 0) == "$55.04"
    assert grid.rows[1].facts[1] == "on demand"


def test_a_change_within_a_period_is_averaged_by_days() -> None:
    made = scenario(horizon=horizon("month", 2), offers=[offer(usd_per_hour={"2026-01-01": 10, "2026-01-11": 20})])
    assert list(price_grid(made, LETTERS).values[1]) == [pytest.approx((10 * 10 + 21 * 20) / 31), 20]


def test_an_offer_that_comes_later_has_nothing_before() -> None:
    made = scenario(
        horizon=horizon("month", 2), offers=[offer(), offer(usd_per_hour={"2026-02-01": 20}, option="spot")]
    )
    line = price_grid(made, LETTERS).values[2]
    assert np.isnan(line[0])
    assert line[1] == 20


def test_the_offers_of_each_provider_are_together_and_edits_find_the_right_one() -> None:
    parts = both()
    before = scenario(**{**parts, "offers": [offer("south", 12), offer("north", 10), offer("south", 6, "spot")]})
    grid = price_grid(before, LETTERS)
    assert [row.key for row in grid.rows if not row.is_heading] == [("offers", "1"), ("offers", "0"), ("offers", "2")]
    last = len(grid.rows) - 1
    after = changed(before, edited(grid, Cells(last, 0, last, 1), read_entry("+50%"))).scenario
    assert [float(price_grid(after, LETTERS).values[at, 0]) for at in (1, 3, 4)] == [10, 12, pytest.approx(9)]
