"""Price tiers: credits equal the hand calculation, by either method, and thresholds are worth reaching."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import contract, horizon, pool, scenario, service
from tests.solving import Answer, answer

FEW = settings(max_examples=20, deadline=None)
HIGHEST = 4800.0
"""Ten nodes at 10 USD for 48 hours."""

Levels = list[tuple[float, float]]


@st.composite
def levels(draw: st.DrawFn, highest: float = 0.9) -> Levels:
    steps = draw(st.lists(st.floats(20, 1500), min_size=1, max_size=3))
    first = draw(st.sampled_from([0.0, 300.0]))
    froms = [first + sum(steps[:number]) for number in range(len(steps))]
    return [(from_usd, draw(st.floats(0, highest))) for from_usd in froms]


def solved(made: Levels, method: str, demand: float, **more: Any) -> Answer:
    tiers = {"method": method, "levels": [{"from_usd": from_usd, "discount": share} for from_usd, share in made]}
    return answer(
        scenario(
            workloads={"chat": service(demand)},
            contracts={"deal": contract(end="2026-01-03", tiers={**tiers, "window": "term"}, **more)},
        )
    )


def graduated(spend: float, made: Levels) -> float:
    ends = [from_usd for from_usd, _ in made[1:]] + [float("inf")]
    return sum(
        discount * max(0.0, min(spend, end) - from_usd) for (from_usd, discount), end in zip(made, ends, strict=True)
    )


def all_units(spend: float, made: Levels) -> float:
    reached = [discount for from_usd, discount in made if from_usd <= spend * (1 + 1e-9)]
    return spend * reached[-1] if reached else 0.0


def best_cost(need: float, made: Levels, method: str) -> float:
    """Spend what is needed, or more to reach a level, as far as there is capacity, or less to stay below a worse one.

    A unit is 120 USD of spend, and 100 USD for each of its 48 hours where it is left unserved: 40 times as much.
    """
    credit = graduated if method == "graduated" else all_units
    tried = [need, *(from_usd for from_usd, _ in made if need < from_usd <= HIGHEST)]
    tried += [from_usd * (1 - 1e-6) for from_usd, _ in made if from_usd <= need]
    return min(spend - credit(spend, made) + 40 * max(0.0, need - spend) for spend in tried)


@pytest.mark.parametrize("method", ["graduated", "all_units"])
@given(made=levels(), demand=st.floats(0.5, 40))
@FEW
def test_the_credit_is_that_of_the_spend_by_hand(method: str, made: Levels, demand: float) -> None:
    found = solved(made, method, demand)
    (tier,) = found.plan.tiers
    by_hand = (graduated if method == "graduated" else all_units)(tier.spend_usd, made)
    assert tier.credit_usd == pytest.approx(by_hand, rel=1e-6, abs=1e-4)
    assert -found.by_category("tier_credit") == pytest.approx(by_hand, rel=1e-6, abs=1e-2)
    reached = [number for number, (from_usd, _) in enumerate(made) if from_usd <= tier.spend_usd * (1 + 1e-9)]
    assert tier.level == (reached[-1] if reached else -1)
    assert found.cost_usd == pytest.approx(best_cost(120 * demand, made, method), rel=1e-5, abs=1e-2)
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6, abs=2e-2)


def test_the_two_methods_differ_by_what_lies_below_the_level() -> None:
    made = [(0.0, 0.0), (500.0, 0.1)]
    assert solved(made, "graduated", 8).plan.tiers[0].credit_usd == pytest.approx(46)
    assert solved(made, "all_units", 8).plan.tiers[0].credit_usd == pytest.approx(96)


def test_a_threshold_just_ahead_is_reached_with_idle_instances() -> None:
    made = [(0.0, 0.0), (1000.0, 0.1)]
    found = solved(made, "all_units", 8)
    assert found.plan.tiers[0].spend_usd == pytest.approx(1000)
    assert found.cost_usd == pytest.approx(900)
    # Graduated, more spend never pays.
    assert solved(made, "graduated", 8).plan.tiers[0].spend_usd == pytest.approx(960)


@given(made=levels(highest=0.5), promise=st.floats(0, 3000), rate=st.floats(0, 0.9))
@FEW
def test_credits_take_drawdown_back(made: Levels, promise: float, rate: float) -> None:
    falling = sorted((share for _, share in made), reverse=True)
    made = [(from_usd, share) for (from_usd, _), share in zip(made, falling, strict=True)]
    commitments = {"spend": {"window": "term", "amount_usd": promise, "shortfall_rate": rate}}
    found = solved(made, "graduated", 8, commitments=commitments)
    (window,) = found.plan.windows
    credit = graduated(found.plan.tiers[0].spend_usd, made)
    assert window.drawdown_usd == pytest.approx(found.plan.tiers[0].spend_usd - credit, rel=1e-6, abs=1e-3)
    credit = graduated(960, made)
    expected = 960 - credit + rate * max(0.0, promise - (960 - credit))
    assert found.cost_usd == pytest.approx(expected, rel=1e-6, abs=1e-2)
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6, abs=2e-2)


def test_credits_may_take_back_more_drawdown_than_there_is() -> None:
    """No capacity on the first day: the credit of the second counts there, and its shortfall is above its promise."""
    windows = [{"start": f"2026-01-0{day}", "end": f"2026-01-0{day + 1}", "amount_usd": 300} for day in (1, 2)]
    tiers = {"method": "graduated", "window": "term", "levels": [{"from_usd": 0, "discount": 0.1}]}
    commitments = {"spend": {"windows": windows, "carry_forward": True}}
    found = answer(
        scenario(
            pools={"north": pool(capacity={"2026-01-02": 10})},
            contracts={"deal": contract(end="2026-01-03", tiers=tiers, commitments=commitments)},
        )
    )
    assert [window.drawdown_usd for window in found.plan.windows] == pytest.approx([-24, 456])
    assert [window.shortfall_usd for window in found.plan.windows] == pytest.approx([324, 0])
    assert found.cost_usd == pytest.approx(24 * 800 + 480 - 48 + 324)


def test_falling_levels_are_filled_in_order_where_a_credit_costs_more_than_it_brings() -> None:
    """Under two commitments a credited dollar is missed twice: the plan may not fill the lower discount first."""
    commitments = {name: {"window": "term", "amount_usd": 5000} for name in ("one", "other")}
    found = solved([(0, 0.3), (800, 0.01)], "graduated", 8, commitments=commitments)
    # A dollar spent idle beyond 800 costs 1 and saves 2 * 0.99: all ten nodes are rented.
    assert found.plan.tiers[0].credit_usd == pytest.approx(240 + 40)
    assert found.cost_usd == pytest.approx(4800 - 280 + 2 * (5000 - 4520))
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd)


@pytest.mark.parametrize(("ceiling", "in_order"), [(None, False), (1e6, True)])
def test_ceilings_make_levels_be_held_in_order(ceiling: float | None, in_order: bool) -> None:
    """The credit of a term is cash of its last year, the shortfall it causes may be cash of an earlier one."""
    tiers = {
        "method": "graduated",
        "window": "term",
        "levels": [{"from_usd": 0, "discount": 0.2}, {"from_usd": 9000, "discount": 0.1}],
    }
    commitments = {"year": {"window": "calendar_year", "amount_usd": 20_000}}
    made = scenario(
        horizon=horizon("month", 2, start="2026-12-01"),
        contracts={"deal": contract(start="2026-12-01", end="2027-02-01", tiers=tiers, commitments=commitments)},
        limits={"cash": [{"year": 2026, "usd": ceiling}]} if ceiling else {},
    )
    found = answer(made)
    assert found.problem.tiers.needs_levels.tolist() == [in_order]
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6)


def test_a_level_that_is_worth_less_is_not_reached_for_the_price_of_the_one_before() -> None:
    """At 960 USD the discount for all units falls from 40 % to nothing: the plan stays a millionth below."""
    found = solved([(0, 0.4), (960, 0.0)], "all_units", 8)
    assert found.plan.tiers[0].level == 0
    assert found.plan.tiers[0].spend_usd < 960
    assert found.plan.tiers[0].credit_usd == pytest.approx(0.4 * 960, rel=1e-5)
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6, abs=2e-2)
