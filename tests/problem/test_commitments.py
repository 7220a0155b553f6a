"""Windows of commitments: dates, proration, spent to date, carry-forward."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from router.problem.commitments import CommitmentWindows
from router.problem.problem import build_problem
from router.scenario.contract import Contract
from router.scenario.dates import windows_of
from tests.scenarios import contract, horizon, scenario


def windows(start: str, end: str, time: dict[str, Any] | None = None, **commitment: Any) -> CommitmentWindows:
    return build_problem(
        scenario(
            horizon=time or horizon("month", 24),
            contracts={"deal": contract(start=start, end=end, commitments={"spend": commitment})},
        )
    ).windows


def dates(found: CommitmentWindows) -> list[tuple[str, str]]:
    return [(start.isoformat(), end.isoformat()) for start, end in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("kind", "start", "end", "expected"),
    [
        ("term", "2025-06-01", "2027-06-01", [("2025-06-01", "2027-06-01")]),
        (
            "contract_year",
            "2025-11-03",
            "2028-02-01",
            [("2025-11-03", "2026-11-03"), ("2026-11-03", "2027-11-03"), ("2027-11-03", "2028-02-01")],
        ),
        # Years are counted from the start: the leap day comes back.
        (
            "contract_year",
            "2024-02-29",
            "2028-03-01",
            [
                ("2024-02-29", "2025-02-28"),
                ("2025-02-28", "2026-02-28"),
                ("2026-02-28", "2027-02-28"),
                ("2027-02-28", "2028-02-29"),
                ("2028-02-29", "2028-03-01"),
            ],
        ),
        (
            "calendar_year",
            "2025-11-03",
            "2027-01-01",
            [("2025-11-03", "2026-01-01"), ("2026-01-01", "2027-01-01")],
        ),
        ("calendar_year", "2026-03-01", "2026-09-01", [("2026-03-01", "2026-09-01")]),
    ],
)
def test_windows_of_a_term(kind: Any, start: str, end: str, expected: list[tuple[str, str]]) -> None:
    made = Contract.model_validate(contract(start=start, end=end))
    assert [(first.isoformat(), last.isoformat()) for first, last in windows_of(kind, made)] == expected


def test_windows_that_the_horizon_does_not_touch_are_left_out() -> None:
    found = windows("2024-01-01", "2030-01-01", window="contract_year", amount_usd=[1, 2, 3, 4, 5, 6])
    assert dates(found) == [("2026-01-01", "2027-01-01"), ("2027-01-01", "2028-01-01")]
    assert found.promise_usd.tolist() == [3.0, 4.0]
    assert found.previous.tolist() == [-1, 0]


def test_a_promise_is_prorated_by_days_at_both_ends() -> None:
    found = windows("2025-10-01", "2028-10-01", window="contract_year", amount_usd=3650)
    # 92 days of the first window lie before the horizon; of the last, 92 within it.
    assert found.promise_usd == pytest.approx([3650 * (365 - 92) / 365, 3650, 3650 * 92 / 366])
    assert found.full_promise_usd.tolist() == [3650.0] * 3
    assert found.counted_from == (date(2026, 1, 1), date(2026, 10, 1), date(2027, 10, 1))
    assert found.counted_to == (date(2026, 10, 1), date(2027, 10, 1), date(2028, 1, 1))


def test_spent_to_date_makes_the_days_before_the_horizon_count() -> None:
    keys: dict[str, Any] = {"window": "contract_year", "amount_usd": 3650}
    found = windows("2025-10-01", "2028-10-01", spent_to_date_usd=500, **keys)
    assert found.promise_usd[0] == 3650
    assert found.spent_usd.tolist() == [500.0, 0.0, 0.0]
    assert found.counted_from[0] == date(2025, 10, 1)
    # Nothing spent so far is also a statement.
    none = windows("2025-10-01", "2028-10-01", spent_to_date_usd=0, **keys)
    assert none.promise_usd[0] == 3650
    assert none.spent_usd[0] == 0
    # A horizon that ends within the window still cuts its end.
    short = windows("2025-10-01", "2026-10-01", horizon("month", 3), spent_to_date_usd=500, **keys)
    assert short.promise_usd[0] == pytest.approx(3650 * (92 + 90) / 365)


def test_spent_to_date_counts_in_a_window_that_starts_with_the_horizon() -> None:
    found = windows("2026-01-01", "2028-01-01", window="contract_year", amount_usd=3650, spent_to_date_usd=500)
    assert found.spent_usd.tolist() == [500.0, 0.0]
    assert found.promise_usd.tolist() == [3650.0, 3650.0]


def test_spend_counts_by_the_hours_within_the_window() -> None:
    found = windows("2026-01-11", "2027-02-01", horizon("quarter", 4), window="contract_year", amount_usd=1000)
    assert found.weight[0] == pytest.approx([80 / 90, 1, 1, 1])
    assert found.settled_in.tolist() == [3]
    split = windows("2025-02-15", "2027-02-15", horizon("month", 2), window="contract_year", amount_usd=1000)
    assert split.weight.tolist() == [[1.0, 0.5], [0.0, 0.5]]
    assert split.settled_in.tolist() == [1, 1]
    ending = windows("2025-02-01", "2026-02-01", horizon("month", 3), window="term", amount_usd=1000)
    assert ending.weight.tolist() == [[1.0, 0.0, 0.0]]
    assert ending.settled_in.tolist() == [0]


def test_windows_by_dates_come_in_order_with_their_own_amounts() -> None:
    given = [
        {"start": "2026-07-01", "end": "2027-01-01", "amount_usd": 70},
        {"start": "2026-01-01", "end": "2026-04-01", "amount_usd": 30},
        {"start": "2028-07-01", "end": "2029-01-01", "amount_usd": 90},
    ]
    found = windows("2026-01-01", "2030-01-01", windows=given, carry_forward=True)
    assert dates(found) == [("2026-01-01", "2026-04-01"), ("2026-07-01", "2027-01-01")]
    assert found.promise_usd.tolist() == [30.0, 70.0]
    assert found.previous.tolist() == [-1, 0]
    assert np.flatnonzero(found.weight[0]).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("carry", "expected"),
    [
        (False, [0.0, 0.0]),
        (True, [np.inf, np.inf]),
        ({}, [np.inf, np.inf]),
        ({"max_share": 0.25}, [0.25 * 1000, 0.25 * 1000 * 31 / 365]),  # of the prorated promise
    ],
)
def test_limits_of_carry_forward(carry: Any, expected: list[float]) -> None:
    found = windows(
        "2026-01-01",
        "2028-01-01",
        horizon("month", 13),
        window="contract_year",
        amount_usd=1000,
        carry_forward=carry,
    )
    assert found.carry_limit_usd == pytest.approx(expected)


def test_each_commitment_carries_to_its_own_next_window() -> None:
    keys = {"window": "contract_year", "amount_usd": 10, "carry_forward": True}
    found = build_problem(
        scenario(
            horizon=horizon("year", 2),
            contracts={
                name: contract(end="2028-01-01", commitments={"first": keys, "second": keys}) for name in ("a", "b")
            },
        )
    ).windows
    assert found.commitment == ("first", "first", "second", "second") * 2
    assert found.contract.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found.previous.tolist() == [-1, 0, -1, 2, -1, 4, -1, 6]
