"""Cash ceilings by calendar year and provider shares."""

from __future__ import annotations

from typing import Any

import pytest

from router.problem.calendar import build_calendar
from router.problem.limits import year_shares
from router.problem.problem import Problem, build_problem
from router.scenario.horizon import Horizon
from tests.scenarios import both, horizon, pool, scenario


def problem_of(limits: dict[str, Any], **parts: Any) -> Problem:
    return build_problem(scenario(**{**both(), "limits": limits, **parts}))


def test_shares_of_a_year() -> None:
    calendar = build_calendar(Horizon.model_validate(horizon("quarter", 4, start="2026-11-15")))
    by_hours, by_last_day = year_shares(2026, calendar)
    assert by_hours == pytest.approx([47 / 92, 0, 0, 0])
    assert by_last_day.tolist() == [0, 0, 0, 0]
    by_hours, by_last_day = year_shares(2027, calendar)
    assert by_hours == pytest.approx([45 / 92, 1, 1, 1])
    assert by_last_day.tolist() == [1, 1, 1, 1]


def test_a_period_that_ends_with_the_year_settles_in_it() -> None:
    calendar = build_calendar(Horizon.model_validate(horizon("month", 2, start="2026-12-01")))
    assert year_shares(2026, calendar)[1].tolist() == [1, 0]
    assert year_shares(2027, calendar)[1].tolist() == [0, 1]


def test_shares_of_all_years_sum_to_one() -> None:
    calendar = build_calendar(Horizon.model_validate(horizon("year", 3, start="2026-05-31")))
    total = sum(year_shares(year, calendar)[0] for year in range(2026, 2030))
    assert total == pytest.approx([1, 1, 1])


def test_ceilings_of_years_outside_the_horizon_are_left_out() -> None:
    cash = problem_of(
        {"cash": [{"year": 2025, "usd": 1}, {"year": 2027, "usd": 2, "breach_penalty": 3}, {"year": 2026, "usd": 4}]},
        horizon=horizon("month", 14),
    ).cash
    assert cash.number.tolist() == [1, 2]
    assert cash.usd.tolist() == [2.0, 4.0]
    assert cash.penalty.tolist() == [3.0, 10.0]
    assert cash.last_period.tolist() == [13, 11]


def test_provider_shares_count_accelerators_or_processors() -> None:
    shares = problem_of(
        {
            "provider_shares": {
                "chips": {"provider": "north", "max_share": 0.5},
                "processors": {
                    "provider": "south",
                    "measure": "vcpus",
                    "min_share": 0.25,
                    "start": "2026-01-02",
                    "end": "2026-01-03",
                    "breach_penalty_usd_per_hour": 7,
                },
            }
        },
        horizon=horizon(count=3),
        pools={"north": pool(), "servers": pool(instance_type="north-server"), "south": pool("south")},
    ).shares
    assert shares.weight.tolist() == [[4, 0, 4], [0, 16, 0]]
    assert shares.of_provider.tolist() == [[True, True, False], [False, False, True]]
    assert shares.present.tolist() == [[True, True, True], [False, True, False]]
    assert shares.penalty.tolist() == [100.0, 7.0]


@pytest.mark.parametrize(
    ("start", "end", "present"),
    [
        ("2026-01-15", None, [False, True, True]),
        (None, "2026-02-28", [True, False, False]),
        ("2026-02-01", "2026-03-01", [False, True, False]),
        ("2026-02-02", "2026-02-28", [False, False, False]),
    ],
)
def test_a_share_limit_applies_to_periods_wholly_within_its_dates(
    start: str | None, end: str | None, present: list[bool]
) -> None:
    limit = {"provider": "north", "max_share": 0.5, "start": start, "end": end}
    shares = problem_of({"provider_shares": {"limit": limit}}, horizon=horizon("month", 3)).shares
    assert shares.present.tolist() == [present]
