"""Training runs on a time line."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from router.report.time_axis import TimeAxis
from router.view.timeline import Grouping, Timeline, timeline
from router.view.timeline_cells import Span, axis_of, cells_of, share_of_cells
from tests.report.sample_plans import empty_plan, small_plan, small_scenario
from tests.view.test_allocations import solved


def small(grouping: Grouping = Grouping.POOL) -> Timeline:
    """The small sample."""
    return timeline(small_plan(), small_scenario(), grouping)


def test_runs_stand_below_their_pools_and_what_is_left_out_last() -> None:
    assert [("  " * each.depth + each.label, each.role, each.key) for each in small().rows] == [
        ("aws-h100", "subtotal", ("aws-h100", "")),
        ("  fine-tune", "plain", ("aws-h100", "fine-tune")),
        ("oracle-h100", "subtotal", ("oracle-h100", "")),
        ("  evaluate", "plain", ("oracle-h100", "evaluate")),
        ("unserved", "alert", ("unserved", "")),
        ("  distil", "alert", ("unserved", "distil")),
    ]


def test_jobs_stand_in_file_order() -> None:
    found = small(Grouping.JOB)
    assert [(each.label, each.depth, each.role) for each in found.rows] == [
        ("fine-tune", 0, "plain"),
        ("evaluate", 0, "plain"),
        ("distil", 0, "alert"),
    ]
    assert [each.key for each in found.rows] == [("", "fine-tune"), ("", "evaluate"), ("", "distil")]


def test_a_run_has_its_window_gang_and_slack() -> None:
    run = small().rows[1]
    assert (run.earliest_start, run.deadline) == (date(2027, 1, 1), date(2027, 2, 20))
    assert (run.start, run.end, run.hours) == (date(2027, 1, 1), date(2027, 2, 13 + 1), 1056.0)
    assert (run.accelerators, run.instances, run.efficiency, run.spot) == (64, 8, 1.0, False)
    # 50 days to the deadline, of which the run takes 44.
    assert run.slack_days == pytest.approx(6.0)
    assert run.line == (
        "fine-tune: aws-h100 on firm; 2027-01-01 to 2027-02-14 (44 days); 64 accelerators at 100 % in 8 instances; "
        "6 days before the deadline 2027-02-20"
    )
    # A gang of another size than the scenario has.
    assert small().rows[3].efficiency is None
    assert small().rows[3].spot


def test_a_job_left_out_says_why() -> None:
    lost = small().rows[5]
    assert lost.because == "no pool holds a gang of 512 accelerators before the deadline"
    assert lost.line == f"distil: unserved; may run 2027-01-01 to 2027-03-01; {lost.because}"
    assert lost.slack_days is None


def test_headings_hold_what_their_runs_hold() -> None:
    found = small()
    assert found.held.tolist() == [
        [8.0, 8.0, 0.0, 0.0],
        [8.0, 8.0, 0.0, 0.0],
        [0.0, 0.0, 4.0, 0.0],
        [0.0, 0.0, 4.0, 0.0],
        [0.0] * 4,
        [0.0] * 4,
    ]
    assert found.share[0].tolist() == [0.4, 0.4, 0.0, 0.0]
    assert np.isnan(found.share[5]).all()


def test_cells_of_windows_and_runs() -> None:
    found = small()
    axis = axis_of(found, 120)
    assert (axis.start, axis.end, axis.columns) == (date(2027, 1, 1), date(2027, 5, 1), 120)
    # A cell is a day. The window ends the day before the deadline, the run on its last day.
    cells = cells_of(found.rows[1], axis)
    assert cells.window == Span(0, 49)
    assert cells.run == Span(0, 44)
    assert cells_of(found.rows[0], axis).window is None
    assert cells_of(found.rows[5], axis).run is None
    assert cells_of(found.rows[5], axis).window == Span(0, 58)


def test_an_axis_over_a_part_of_the_horizon_cuts_what_goes_beyond() -> None:
    found = small()
    axis = TimeAxis(date(2027, 2, 1), date(2027, 2, 11), 10)
    cells = cells_of(found.rows[1], axis)
    assert cells.run == Span(0, 9, before=True, after=True)
    later = cells_of(found.rows[1], TimeAxis(date(2027, 2, 14), date(2027, 3, 1), 15))
    assert later.run == Span(0, 0, before=True)
    assert later.window == Span(0, 5, before=True)
    assert cells_of(found.rows[1], TimeAxis(date(2027, 2, 15), date(2027, 3, 1), 14)).run is None
    assert cells_of(found.rows[3], axis).run is None


def test_the_shortest_run_is_one_cell() -> None:
    found = small()
    assert cells_of(found.rows[3], axis_of(found, 7)).run == Span(3, 3)
    assert cells_of(found.rows[3], axis_of(found, 0)).run == Span(0, 0)


def test_capacity_that_runs_hold_cell_by_cell() -> None:
    found = small()
    assert share_of_cells(found, 0, axis_of(found, 4)).tolist() == [0.4, 0.4, 0.0, 0.0]
    beyond = share_of_cells(found, 0, TimeAxis(date(2026, 12, 1), date(2027, 7, 1), 7))
    assert np.isnan(beyond[[0, 5, 6]]).all()
    assert beyond[1:5].tolist() == [0.4, 0.4, 0.0, 0.0]


@pytest.mark.parametrize("seed", range(6))
def test_runs_of_real_plans_lie_in_their_windows(seed: int) -> None:
    plan, scenario = solved(seed)
    found = timeline(plan, scenario)
    jobs = {name for name, workload in scenario.workloads.items() if workload.kind == "training"}
    assert {each.job for each in found.rows if each.job} == jobs
    axis = axis_of(found, (found.periods[-1].end - found.periods[0].start).days)
    for each in found.rows:
        cells = cells_of(each, axis)
        if each.job is None or each.start is None:
            assert cells.run is None
            continue
        assert each.slack_days is not None
        assert each.slack_days >= -1e-6
        assert cells.run is not None
        assert cells.window is not None
        assert cells.window.first <= cells.run.first <= cells.run.last <= cells.window.last
    assert (np.nan_to_num(found.share) <= 1 + 1e-6).all()


def test_a_plan_without_runs() -> None:
    found = timeline(empty_plan(), small_scenario())
    assert found.rows == ()
    assert found.held.shape == (0, len(empty_plan().periods))
    assert next(each.line for each in timeline(empty_plan(), small_scenario(), Grouping.JOB).rows) == (
        "fine-tune: unserved; may run 2027-01-01 to 2027-02-20; no run"
    )


def test_a_run_of_a_job_and_a_pool_that_the_scenario_does_not_know() -> None:
    run = small_plan().runs[0].model_copy(update={"workload": "stranger", "pool": "nowhere"})
    found = timeline(small_plan().model_copy(update={"runs": [run]}), small_scenario())
    heading, row = found.rows[:2]
    assert (heading.label, row.label, row.deadline, row.slack_days) == ("nowhere", "stranger", None, None)
    assert np.isnan(found.share[:2]).all()
    assert cells_of(row, axis_of(found, 40)).window is None
