"""Periods grouped, and the time axis of charts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from router.report.period_groups import days_between, group_periods, period_label
from router.report.pool_facts import least_value
from router.report.time_axis import TimeAxis

from .sample_plans import frontier_plan, periods_from, small_plan


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (4, ["2027-01", "2027-02", "2027-03", "2027-04"]),
        (3, ["2027 Q1", "2027 Q2"]),
        (1, ["2027 H1"]),
    ],
)
def test_finest_grouping_that_fits(most: int, labels: list[str]) -> None:
    assert [group.label for group in group_periods(small_plan().periods, most)] == labels


@pytest.mark.parametrize("most", [1, 2, 3, 5, 8, 12, 15, 28, 29, 43, 44, 100])
def test_groups_hold_every_period_once(most: int) -> None:
    periods = frontier_plan().periods
    groups = group_periods(periods, most)
    assert len(groups) <= most
    assert [index for group in groups for index in range(group.first, group.last + 1)] == list(range(44))
    assert sum(group.hours for group in groups) == pytest.approx(sum(period.hours for period in periods))
    assert len({group.label for group in groups}) == len(groups)
    assert groups[0].start == periods[0].start
    assert groups[-1].end == periods[-1].end


def test_years_are_joined_last() -> None:
    labels = [group.label for group in group_periods(frontier_plan().periods, 4)]
    assert labels == ["2026-27", "2028-29", "2030-31", "2032-33"]
    assert [group.label for group in group_periods(frontier_plan().periods, 15)][:3] == [
        "2026 H2",
        "2027 H1",
        "2027 H2",
    ]


def test_no_periods() -> None:
    assert group_periods([], 5) == ()


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (date(2027, 1, 1), date(2027, 2, 1), "2027-01"),
        (date(2027, 10, 1), date(2028, 1, 1), "2027 Q4"),
        (date(2027, 11, 1), date(2028, 2, 1), "2027-11-01"),
        (date(2027, 1, 1), date(2028, 1, 1), "2027"),
        (date(2027, 1, 4), date(2027, 1, 11), "2027-01-04"),
    ],
)
def test_period_labels(start: date, end: date, label: str) -> None:
    assert period_label(periods_from([start, end])[0]) == label


def test_days_between() -> None:
    assert days_between(date(2027, 1, 1), date(2027, 1, 31)) == 30
    assert days_between(date(2027, 1, 31), date(2027, 1, 1)) == 0


def test_capacity_is_the_least_of_the_period() -> None:
    steps = {date(2027, 1, 15): 5.0, date(2027, 3, 1): 8.0, date(2027, 6, 10): 3.0}
    assert least_value(steps, date(2027, 1, 1), date(2027, 2, 1)) == 0
    assert least_value(steps, date(2027, 2, 1), date(2027, 3, 1)) == 5
    assert least_value(steps, date(2027, 3, 1), date(2027, 4, 1)) == 8
    assert least_value(steps, date(2027, 6, 1), date(2027, 7, 1)) == 3
    assert least_value(7.0, date(2027, 6, 1), date(2027, 7, 1)) == 7


@pytest.mark.parametrize("days", [1, 20, 45, 100, 365, 800, 2557, 40_000])
@pytest.mark.parametrize("columns", [10, 70, 190])
def test_axis_labels_stay_within_the_axis(days: int, columns: int) -> None:
    start = date(2026, 11, 17)
    axis = TimeAxis(start, start + timedelta(days=days), columns)
    line, labels = axis.lines("+", "-", "|")
    assert len(line) == columns + 1
    assert len(labels) <= columns + 1
    assert labels.strip()
    assert all(0 <= column < columns for column, _ in axis.ticks())


def test_axis_ticks_at_years() -> None:
    axis = TimeAxis(date(2026, 11, 1), date(2033, 11, 1), 70)
    assert [label for _, label in axis.ticks()] == [str(year) for year in range(2027, 2034)]
    assert axis.column(date(2026, 11, 1)) == 0
    assert axis.column(date(2040, 1, 1)) == 69
