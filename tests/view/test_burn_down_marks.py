"""What is written into a burn-down chart, and its axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.view.burn_down_marks import MarkKind, burn_down_marks, even_pace_points, tier_lines
from router.view.contracts import commitment_curves, looked_at
from router.view.decimal_years import axis_ticks
from router.view.money_ticks import money_ticks
from tests.report.sample_plans import frontier_plan, frontier_scenario
from tests.scenarios import contract, horizon, scenario, service
from tests.solving import answer

WINDOWS = [
    {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 10_000},
    {"start": "2026-02-01", "end": "2026-03-01", "amount_usd": 20_000},
]


def solved(**more: Any) -> tuple[Plan, Scenario]:
    """Spend of 14,880 USD in January and 13,440 in February, a promise in each; what is over is carried."""
    deal = contract(commitments={"spend": {"windows": WINDOWS, "carry_forward": True}}, **more)
    given = scenario(horizon=horizon("month", 2), workloads={"chat": service(8)}, contracts={"deal": deal})
    return answer(given).plan, given


def test_a_shortfall_has_a_sign_and_an_amount_and_what_is_carried_too() -> None:
    (curve,) = commitment_curves(*solved())
    marks = burn_down_marks(curve, 1)
    assert [mark.kind for mark in marks] == [MarkKind.SHORT, MarkKind.WINDOW, MarkKind.CARRIED]
    short, window, carried = marks
    assert (short.text, short.sign) == ("$1.68 k short !", "!")
    assert short.year == curve.windows[1].years[-1]
    assert short.remaining_usd == pytest.approx(1_680)
    assert (carried.text, carried.sign) == ("$4.88 k →", "→")
    assert carried.year == curve.windows[0].years[-1]
    assert (window.text, window.sign) == ("window 2", "2")
    assert curve.windows[1].years[0] < window.year < curve.windows[1].years[-1]
    assert MarkKind.WINDOW not in [mark.kind for mark in burn_down_marks(curve, None)]


@pytest.mark.parametrize("method", ["all_units", "graduated"])
def test_a_tier_is_reached_where_the_curve_comes_down_to_it(method: str) -> None:
    """Half of the spend reaches the second level: its line is half of the spend below where the curve begins."""
    spend = 14_880 + 13_440
    tiers = {
        "method": method,
        "window": "term",
        "levels": [
            {"from_usd": 0, "discount": 0},
            {"from_usd": spend / 2, "discount": "10 %"},
            {"from_usd": 1e6, "discount": "20 %"},
        ],
    }
    deal = contract(end="2026-03-01", commitments={"spend": {"window": "term", "amount_usd": 40_000}}, tiers=tiers)
    given = scenario(horizon=horizon("month", 2), workloads={"chat": service(8)}, contracts={"deal": deal})
    (curve,) = commitment_curves(answer(given).plan, given)
    reached, missed = tier_lines(curve)
    assert reached.text == "tier 2, 10 %, reached"
    assert missed.text == "tier 3, 20 %, not reached"
    assert reached.remaining_usd == pytest.approx(40_000 - spend / 2)
    assert missed.remaining_usd == pytest.approx(40_000 - 1e6)
    assert (reached.from_year, reached.to_year) == (curve.windows[0].years[0], curve.windows[0].years[-1])


def test_tiers_of_other_windows_are_not_drawn() -> None:
    tiers = {"method": "all_units", "window": "contract_year", "levels": [{"from_usd": 100, "discount": "10 %"}]}
    (curve,) = commitment_curves(*solved(tiers=tiers))
    assert curve.tiers
    assert tier_lines(curve) == ()


def test_even_paces_are_straight_and_as_many_points_as_asked_for() -> None:
    curve = commitment_curves(frontier_plan(), frontier_scenario())[0]
    years, amounts = even_pace_points(curve, 100)
    assert len(years) == len(amounts) == pytest.approx(100, abs=len(curve.windows))
    assert (amounts >= 0).all()
    assert amounts.max() == pytest.approx(max(window.even_pace_usd[0] for window in curve.windows))


def test_what_is_looked_at_is_found_by_window_of_the_term() -> None:
    plan, given = solved()
    curves = commitment_curves(plan, given)
    named = ("deal", "spend")
    for column, window in ((0, 0), (1, 1), (5, 1), (-3, 0)):
        looked = looked_at(curves, given, named, column)
        assert looked is not None
        assert looked.window == window
    looked = looked_at(curves, given, named, 1)
    assert looked is not None
    assert looked.words == "deal/spend, window 2 of 2: SHORT by $1.68 k"
    assert looked.is_short
    assert looked.facts.rows
    assert looked_at(curves, given, ("deal", "nothing"), 0) is None
    assert looked_at((), given, named, 0) is None


def test_a_window_beyond_the_horizon_is_told() -> None:
    deal = contract(end="2028-01-01", commitments={"spend": {"window": "contract_year", "amount_usd": 10_000}})
    given = scenario(horizon=horizon("month", 2), workloads={"chat": service(8)}, contracts={"deal": deal})
    looked = looked_at(commitment_curves(answer(given).plan, given), given, ("deal", "spend"), 1)
    assert looked is not None
    assert looked.window is None
    assert not looked.is_short
    assert looked.words == "deal/spend: the window from 2027-01-01 is not in the plan's horizon"
    assert looked.facts.rows == ()
    assert "not in the plan's horizon" in looked.facts.when_empty


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 100, 5, [0, 50, 100]),
        (0, 100, 11, [10 * at for at in range(11)]),
        (-3, 33, 5, [0, 10, 20, 30]),
        (0, 8e10, 6, [0, 2e10, 4e10, 6e10, 8e10]),
        (0, 1, 1, [0]),
        (5, 5, 4, []),
        (0, float("inf"), 4, []),
        (0, 1, 0, []),
    ],
)
def test_round_amounts(low: float, high: float, most: int, expected: list[float]) -> None:
    found = money_ticks(low, high, most)
    assert found == pytest.approx(expected)
    assert len(found) <= max(0, most)


@pytest.mark.parametrize(
    ("first", "last", "most", "labels"),
    [
        (2026.0, 2028.0, 4, ["2026", "2027", "2028"]),
        (2026.0, 2026.5, 4, ["2026", "2026-04", "2026-07"]),
        (2026.0, 2026.2, 4, ["2026", "2026-02", "2026-03"]),
        (2026.0, 2046.0, 5, ["2030", "2035", "2040", "2045"]),
        (2026.0, 2026.0, 5, []),
        (2026.1, 2026.0, 5, []),
        (-5.0, 2026.0, 5, []),
    ],
)
def test_years_quarters_and_months(first: float, last: float, most: int, labels: list[str]) -> None:
    ticks = axis_ticks(first, last, most)
    assert [label for _, label in ticks] == labels
    assert all(np.diff([tick for tick, _ in ticks]) > 0)
