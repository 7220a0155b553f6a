"""Tier windows: prorated thresholds, bands, and what of a credit counts in a commitment's window."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from router.problem.commitments import TierWindows
from router.problem.problem import build_problem
from tests.scenarios import contract, horizon, scenario


def tiers_of(levels: list[tuple[float, float]], method: str = "graduated", **more: Any) -> TierWindows:
    time = more.pop("time", horizon("month", 3))
    window = more.pop("window", "contract_year")
    made = [{"from_usd": from_usd, "discount": discount} for from_usd, discount in levels]
    return build_problem(
        scenario(
            horizon=time,
            contracts={"deal": contract(**more, tiers={"method": method, "window": window, "levels": made})},
        )
    ).tiers


def test_thresholds_are_prorated_by_the_days_within_the_horizon() -> None:
    tiers = tiers_of([(0, 0.05), (3650, 0.1)], time=horizon("month", 3))
    assert tiers.from_usd.tolist() == [0.0, 900.0]
    assert tiers.to_usd.tolist() == [900.0, np.inf]
    # Cut at both ends; what was spent before the horizon is not asked for here.
    middle = tiers_of([(0, 0.05), (7300, 0.1)], start="2025-07-01", end="2027-07-01", window="term")
    assert middle.from_usd == pytest.approx([0.0, 7300 * 90 / 730])


def test_a_first_level_above_zero_gets_a_band_without_discount() -> None:
    tiers = tiers_of([(3650, 0.05), (7300, 0.1)])
    assert tiers.from_usd.tolist() == [0.0, 900.0, 1800.0]
    assert tiers.discount.tolist() == [0.0, 0.05, 0.1]
    assert tiers.band_level.tolist() == [-1, 0, 1]


@pytest.mark.parametrize(
    ("levels", "method", "needs_levels", "all_units"),
    [
        ([(0, 0.1)], "graduated", False, False),
        ([(0, 0.1), (100, 0.05)], "graduated", False, False),
        ([(0, 0.1), (100, 0.1)], "graduated", False, False),
        ([(0, 0.05), (100, 0.1)], "graduated", True, False),
        ([(100, 0.1)], "graduated", True, False),
        ([(0, 0.1)], "all_units", False, False),
        ([(100, 0.1)], "all_units", True, True),
        ([(0, 0.1), (100, 0.05)], "all_units", True, True),
    ],
)
def test_levels_need_switches_where_the_cheapest_order_is_not_their_order(
    levels: list[tuple[float, float]], method: str, needs_levels: bool, all_units: bool
) -> None:
    tiers = tiers_of(levels, method)
    assert tiers.needs_levels.tolist() == [needs_levels]
    assert tiers.all_units.tolist() == [all_units]


def test_every_window_has_its_bands() -> None:
    tiers = tiers_of([(0, 0.05), (3650, 0.1)], time=horizon("quarter", 4), start="2025-07-01", end="2027-07-01")
    assert tiers.band_window.tolist() == [0, 0, 1, 1]
    assert tiers.from_usd == pytest.approx([0, 3650 * 181 / 365, 0, 3650 * 184 / 365])
    assert tiers.settled_in.tolist() == [1, 3]
    assert tiers.weight.tolist() == [[1, 1, 0, 0], [0, 0, 1, 1]]


def test_credits_count_in_commitment_windows_by_days() -> None:
    tiers = build_problem(
        scenario(
            horizon=horizon("month", 4),
            contracts={
                "deal": contract(
                    start="2025-07-01",
                    end="2026-12-01",
                    tiers={"method": "graduated", "window": "term", "levels": [{"from_usd": 0, "discount": 0.1}]},
                    commitments={
                        "year": {"window": "calendar_year", "amount_usd": 10},
                        "dates": {
                            "windows": [
                                {"start": "2025-12-01", "end": "2026-02-01", "amount_usd": 1},
                                {"start": "2026-02-15", "end": "2026-03-01", "amount_usd": 1},
                            ]
                        },
                    },
                ),
                "other": contract("south", commitments={"term": {"window": "term", "amount_usd": 10}}),
            },
        )
    ).tiers
    # The tier window holds 120 days of the horizon: all in 2026, 31 and 14 in the windows by dates.
    assert tiers.counts_in[:, 0] == pytest.approx([1.0, 31 / 120, 14 / 120, 0.0])


def test_windows_outside_the_horizon_have_no_tiers() -> None:
    tiers = tiers_of([(0, 0.1)], start="2024-01-01", end="2026-01-01")
    assert len(tiers.contract) == 0
    assert len(tiers.band_window) == 0
