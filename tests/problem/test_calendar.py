"""Periods, slices, discount factors and overlaps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.problem.calendar import Calendar, build_calendar
from router.scenario.dates import add_months, period_boundaries
from router.scenario.horizon import Horizon


def horizon_of(start: str, *groups: tuple[str, int], **more: Any) -> Horizon:
    return Horizon.model_validate(
        {"start": start, "periods": [{"every": every, "count": count} for every, count in groups], **more}
    )


def boundaries(start: str, *groups: tuple[str, int]) -> list[str]:
    return [day.isoformat() for day in period_boundaries(horizon_of(start, *groups))]


def calendar_of(start: str, *groups: tuple[str, int], **more: Any) -> Calendar:
    return build_calendar(horizon_of(start, *groups, **more))


@pytest.mark.parametrize(
    ("start", "groups", "expected"),
    [
        # Each boundary is counted from the start: after February the 31st comes back.
        ("2026-01-31", [("month", 3)], ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2024-01-31", [("month", 2)], ["2024-01-31", "2024-02-29", "2024-03-31"]),
        ("2025-11-30", [("quarter", 2)], ["2025-11-30", "2026-02-28", "2026-05-30"]),
        ("2023-12-31", [("quarter", 3)], ["2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30"]),
        ("2024-02-29", [("year", 4)], ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-12-30", [("day", 3)], ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
        ("2024-02-26", [("week", 2)], ["2024-02-26", "2024-03-04", "2024-03-11"]),
        ("2026-01-31", [("month", 1), ("quarter", 1)], ["2026-01-31", "2026-02-28", "2026-05-31"]),
        # After days and weeks, months are counted from where they end.
        ("2026-01-24", [("week", 1), ("month", 2)], ["2026-01-24", "2026-01-31", "2026-02-28", "2026-03-31"]),
        ("2026-01-31", [("month", 1), ("day", 1), ("month", 1)],
         ["2026-01-31", "2026-02-28", "2026-03-01", "2026-04-01"]),
    ],
)  # fmt: skip
def test_boundaries(start: str, groups: list[tuple[str, int]], expected: list[str]) -> None:
    assert boundaries(start, *groups) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(
    start=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    groups=st.lists(
        st.tuples(st.sampled_from(["day", "week", "month", "quarter", "year"]), st.integers(1, 8)),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=60, deadline=None)
def test_periods_follow_each_other_without_a_hole(start: date, groups: list[tuple[str, int]]) -> None:
    calendar = calendar_of(start.isoformat(), *groups)
    assert calendar.periods == sum(count for _, count in groups)
    assert calendar.horizon_start == start
    assert calendar.ends[:-1] == calendar.starts[1:]
    assert (calendar.hours > 0).all()
    assert calendar.hours.sum() == 24 * (calendar.horizon_end - start).days
    lengths = [every for every, count in groups for _ in range(count)]
    limits = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "quarter": (89, 92), "year": (365, 366)}
    for length, hours in zip(lengths, calendar.hours, strict=True):
        assert limits[length][0] <= hours / 24 <= limits[length][1]


def test_hours_are_real_calendar_hours() -> None:
    assert calendar_of("2024-01-01", ("month", 3)).hours.tolist() == [744.0, 696.0, 744.0]
    assert calendar_of("2026-01-01", ("quarter", 4)).hours.tolist() == [2160.0, 2184.0, 2208.0, 2208.0]
    assert calendar_of("2024-01-01", ("year", 2)).hours.tolist() == [8784.0, 8760.0]


def test_slices_share_the_hours() -> None:
    slices = [{"name": "peak", "share_of_hours": 0.25}, {"name": "base", "share_of_hours": 0.75}]
    calendar = calendar_of("2026-01-01", ("day", 2), slices=slices)
    assert calendar.slices == ("peak", "base")
    assert calendar.slice_hours.tolist() == [[6.0, 18.0], [6.0, 18.0]]


def test_discount_counts_years_to_the_middle_of_the_period() -> None:
    calendar = calendar_of("2026-01-01", ("day", 2), discount_rate=0.21)
    assert calendar.discount == pytest.approx([1.21 ** (-0.5 / 365.25), 1.21 ** (-1.5 / 365.25)], rel=1e-12)
    two_years = calendar_of("2025-01-01", ("year", 2), discount_rate=0.1)
    assert two_years.discount == pytest.approx([1.1 ** (-182.5 / 365.25), 1.1 ** (-547.5 / 365.25)], rel=1e-12)
    assert calendar_of("2026-01-01", ("year", 3)).discount.tolist() == [1.0, 1.0, 1.0]
    assert (np.diff(calendar_of("2026-01-01", ("year", 3), discount_rate=-0.02).discount) > 0).all()


def test_overlap_share() -> None:
    calendar = calendar_of("2026-01-01", ("month", 3))
    shares = calendar.overlap_share(date(2026, 1, 11), date(2026, 3, 1))
    assert shares == pytest.approx([21 / 31, 1.0, 0.0])
    assert calendar.overlap_share(date(2020, 1, 1), date(2030, 1, 1)).tolist() == [1.0, 1.0, 1.0]
    assert calendar.overlap_share(date(2026, 2, 10), date(2026, 2, 10)).tolist() == [0.0, 0.0, 0.0]
    assert calendar.overlap_share(date(2027, 1, 1), date(2028, 1, 1)).tolist() == [0.0, 0.0, 0.0]


def test_lies_within_takes_whole_periods_only() -> None:
    calendar = calendar_of("2026-01-01", ("month", 3))
    assert calendar.lies_within(date(2026, 1, 1), date(2026, 3, 1)).tolist() == [True, True, False]
    assert calendar.lies_within(date(2026, 1, 2), date(2026, 3, 31)).tolist() == [False, True, False]


def test_period_containing() -> None:
    calendar = calendar_of("2026-01-01", ("month", 3))
    days = [date(2025, 6, 1), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31)]
    assert [calendar.period_containing(day) for day in days] == [0, 0, 0, 1, 2]
    assert calendar.period_containing(calendar.horizon_end) == 2
    assert calendar.period_containing(calendar.horizon_end + timedelta(days=400)) == 2


def test_last_period_overlapping() -> None:
    calendar = calendar_of("2026-01-01", ("month", 3))
    assert calendar.last_period_overlapping(date(2025, 1, 1), date(2026, 2, 1)) == 0
    assert calendar.last_period_overlapping(date(2025, 1, 1), date(2026, 2, 2)) == 1
    assert calendar.last_period_overlapping(date(2025, 1, 1), date(2030, 1, 1)) == 2
    assert calendar.last_period_overlapping(date(2025, 1, 1), date(2026, 1, 1)) == -1
