"""The demand grid: rows, values and what edits of its cells change in the scenario."""

from __future__ import annotations

import numpy as np
import pytest

from router.report.letters import letters_for
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.view.demand_grid import DEADLINE, START, demand_grid, with_plan
from router.view.entry import read_entry
from router.view.grid import Cells, OneValue, OverTime, SumOf
from router.view.grid_edit import edited, shifted
from tests.scenarios import horizon, job, pool, scenario, service
from tests.solving import answer
from tests.view.grids import changed

LETTERS = letters_for("utf-8")
TINY = load_scenario(scenario_path("tiny"))
STREAMS = {name: {"geography": "us", "demand": demand} for name, demand in (("a", 6), ("b", 2))}


def test_rows_by_kind_and_their_values() -> None:
    grid = demand_grid(TINY, LETTERS)
    assert [row.name for row in grid.rows] == ["Inference", "chat", "Training", "fine-tune"]
    assert [row.is_heading for row in grid.rows] == [True, False, True, False]
    assert [column.label for column in grid.columns] == ["2026-01", "2026-02", "2026-03"]
    assert list(grid.values[1]) == [240, 320, 400]
    assert np.isnan(grid.values[0]).all()
    assert list(grid.values[3]) == [10752] * 3
    assert isinstance(grid.rows[1].meaning, OverTime)
    assert isinstance(grid.rows[3].meaning, OneValue)
    assert set(grid.rows[3].moves) == {DEADLINE, START}
    assert not grid.alerts.any()


def test_several_streams_have_a_sum_above_them() -> None:
    grid = demand_grid(scenario(workloads={"chat": {**service(), "streams": STREAMS}}), LETTERS)
    assert [(row.name, row.depth) for row in grid.rows] == [("Inference", 0), ("chat", 0), ("a", 1), ("b", 1)]
    assert isinstance(grid.rows[1].meaning, SumOf)
    assert grid.values[1, 0] == 8
    assert list(grid.values[2:, 0]) == [6, 2]


@pytest.mark.parametrize("typed", ["12", "+4", "*1.5", "+50%"])
def test_an_edit_of_the_sum_reaches_its_streams_in_proportion(typed: str) -> None:
    before = scenario(workloads={"chat": {**service(), "streams": STREAMS}})
    changes = edited(demand_grid(before, LETTERS), Cells(1, 0, 1, 0), read_entry(typed))
    after = demand_grid(changed(before, changes).scenario, LETTERS)
    assert list(after.values[1:, 0]) == pytest.approx([12, 9, 3])
    assert list(after.values[1:, 1]) == pytest.approx([8, 6, 2]), "the other day stays"


def test_a_window_and_the_run_in_it() -> None:
    made = scenario(
        horizon=horizon(count=4), workloads={"train": job(96, earliest_start="2026-01-02", deadline="2026-01-04")}
    )
    grid = demand_grid(made, LETTERS)
    assert grid.rows[1].shown == ("", LETTERS.empty, LETTERS.empty, "")
    plan = answer(made).plan
    (run,) = plan.runs
    shown = with_plan(grid, plan, LETTERS).rows[1].shown
    assert shown is not None
    assert [at for at, letter in enumerate(shown) if letter == LETTERS.full] == list(
        range(run.first_period, run.last_period + 1)
    )
    assert shown[0] == shown[3] == ""


def test_what_is_not_served_is_alerted() -> None:
    made = scenario(workloads={"chat": {**service(), "streams": STREAMS}}, pools={"north": pool(capacity=1)})
    plan = answer(made).plan
    assert plan.unserved
    grid = with_plan(demand_grid(made, LETTERS), plan, LETTERS)
    assert grid.alerts[1].all(), "the workload"
    missed = {(record.stream, record.period) for record in plan.unserved}
    for row, stream in ((2, "a"), (3, "b")):
        assert [bool(alert) for alert in grid.alerts[row]] == [(stream, period) in missed for period in range(2)]
    assert not with_plan(demand_grid(made, LETTERS), None, LETTERS).alerts.any()


def test_a_plan_of_a_longer_horizon_does_not_reach_over_the_edge() -> None:
    long, short = (scenario(horizon=horizon(count=count), pools={"north": pool(capacity=1)}) for count in (4, 2))
    grid = with_plan(demand_grid(short, LETTERS), answer(long).plan, LETTERS)
    assert grid.alerts.shape == grid.values.shape == (2, 2)


def test_disabled_workloads_are_off() -> None:
    made = scenario(workloads={"chat": service(enabled=False), "train": job(enabled=False), "talk": service()})
    grid = demand_grid(made, LETTERS)
    assert [row.is_off for row in grid.rows if not row.is_heading] == [True, False, True]
    assert {row.facts[0] for row in grid.rows if row.is_off} == {"disabled"}


def test_shifted_dates_move() -> None:
    changes = shifted(demand_grid(TINY, LETTERS), [3], DEADLINE, 1)
    after = changed(TINY, changes).scenario
    assert str(after.workloads["fine-tune"].deadline) == "2026-04-30"  # type: ignore[union-attr]


def test_ascii_letters_alone_draw_it_too() -> None:
    grid = demand_grid(TINY, letters_for("ascii"))
    assert all(fact.isascii() for row in grid.rows for fact in row.facts)
    assert all(letter.isascii() for row in grid.rows for letter in row.shown or ())
