"""Break-evens by bisection on made-up costs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.answer.bisection import break_even
from router.answer.break_even import BreakEvenAnswer, Cheaper
from router.outcome.outcome import Outcome
from router.sweep.answered import Answered

from .made_up import asked, deal_at, failed, outcome

SECOND_USD = 1e9


def plan(cost_usd: float, gap_usd: float = 0.0) -> Outcome:
    return replace(outcome(), cost_usd=cost_usd, lower_bound_usd=cost_usd - gap_usd)


def solved(
    difference_usd: Callable[[float], float],
    low: float = 0.0,
    high: float = 1.0,
    within: float = 0.001,
    gap_usd: float = 0.0,
    **more: int,
) -> BreakEvenAnswer:
    """The break-even of a difference that is given as a function of the value."""
    return break_even(
        asked(low=low, high=high, within=within),
        lambda value: Answered("first", plan(SECOND_USD + difference_usd(value), gap_usd)),
        Answered("second", plan(SECOND_USD, gap_usd)),
        **more,
    )


@given(st.floats(0.01, 0.99), st.floats(1e3, 1e8), st.booleans())
def test_the_root_of_a_line(root: float, slope: float, rising: bool) -> None:
    sign = 1 if rising else -1
    found = solved(lambda value: sign * slope * (value - root))
    (crossing,) = found.crossings
    assert found.value == pytest.approx(root, abs=1e-9 + 2 / slope)
    assert crossing.before.value <= root + 1 / slope
    assert crossing.after.value >= root - 1 / slope
    assert crossing.narrow
    if crossing.same is None:
        assert crossing.after.value - crossing.before.value <= 0.001
    assert crossing.before.cheaper == (Cheaper.FIRST if rising else Cheaper.SECOND)
    assert crossing.after.cheaper == (Cheaper.SECOND if rising else Cheaper.FIRST)
    assert len(found.trials) < 40
    assert found.failure == ""


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5))
def test_what_is_told_agrees_with_every_plan_made(levels: list[float]) -> None:
    """Steps of any height: signs of the stretches are those of the trials in them, crossings lie between."""

    def difference(value: float) -> float:
        return levels[min(4, int(value * 5))]

    found = solved(difference)
    for stretch in found.stretches:
        inside = [each for each in found.trials if stretch.start.value <= each.value <= stretch.end.value]
        assert {each.cheaper for each in inside} == {stretch.cheaper}
    assert sum(1 for _ in found.stretches) >= 1
    for crossing in found.crossings:
        assert crossing.before.value < crossing.after.value
        assert crossing.before.value <= crossing.value <= crossing.after.value
    if not found.crossings:
        assert len(found.stretches) == 1
        assert found.cheaper_throughout == found.stretches[0].cheaper


def test_the_first_is_cheaper_throughout() -> None:
    found = solved(lambda value: -5e6 - value)
    assert found.cheaper_throughout == Cheaper.FIRST
    assert found.crossings == ()
    assert found.value is None
    assert len(found.trials) == 5


def test_both_cost_the_same_throughout() -> None:
    assert solved(lambda value: 0.0).cheaper_throughout == Cheaper.NEITHER


def test_a_jump_is_found_between_two_values() -> None:
    found = solved(lambda value: -3e6 if value < 0.4 else 8e6)
    (crossing,) = found.crossings
    assert crossing.before.value < 0.4 <= crossing.after.value
    assert crossing.after.value - crossing.before.value <= 0.001
    assert (crossing.before.difference_usd, crossing.after.difference_usd) == pytest.approx((-3e6, 8e6))


def test_a_plateau_of_equal_cost_is_told_with_its_ends() -> None:
    found = solved(lambda value: 1e6 * (min(0.0, value - 0.3) + max(0.0, value - 0.6)))
    (crossing,) = found.crossings
    assert crossing.same is not None
    assert crossing.same.start.value == pytest.approx(0.3, abs=0.002)
    assert crossing.same.end.value == pytest.approx(0.6, abs=0.002)
    assert crossing.is_swap
    assert [stretch.cheaper for stretch in found.stretches] == [Cheaper.FIRST, Cheaper.NEITHER, Cheaper.SECOND]


def test_a_plateau_at_an_end_of_the_range() -> None:
    found = solved(lambda value: 1e6 * max(0.0, value - 0.7))
    (crossing,) = found.crossings
    assert crossing.before.cheaper == Cheaper.NEITHER
    assert crossing.after.cheaper == Cheaper.SECOND
    assert crossing.same is not None
    assert crossing.same.end.value == pytest.approx(0.7, abs=0.002)


def test_touching_nothing_without_crossing_is_no_swap() -> None:
    found = solved(lambda value: 1e6 * max(0.0, abs(value - 0.5) - 0.1))
    (crossing,) = found.crossings
    assert crossing.same is not None
    assert not crossing.is_swap


def test_a_difference_that_goes_to_and_fro_has_several() -> None:
    found = solved(lambda value: 1e6 * math.cos(2 * math.pi * value))
    assert [crossing.value for crossing in found.crossings] == pytest.approx([0.25, 0.75], abs=0.001)
    assert found.value is None
    assert found.cheaper_throughout is None


def test_what_the_gaps_leave_open_is_told() -> None:
    # A difference of 10 M over the range against gaps of 1 M on either side: 0.4 to 0.6 is not proved.
    found = solved(lambda value: 1e7 * (0.5 - value), gap_usd=1e6)
    (crossing,) = found.crossings
    assert found.value == pytest.approx(0.5, abs=1e-6)
    assert crossing.proved_before is not None
    assert crossing.proved_after is not None
    assert 0.389 <= crossing.proved_before <= 0.4
    assert 0.6 <= crossing.proved_after <= 0.611


def test_where_nothing_is_proved() -> None:
    (crossing,) = solved(lambda value: 1e5 * (0.5 - value), gap_usd=1e6).crossings
    assert crossing.proved_before is None
    assert crossing.proved_after is None


def test_exact_plans_are_proved_beside_the_root() -> None:
    (crossing,) = solved(lambda value: 1e7 * (0.3 - value)).crossings
    assert crossing.proved_before == crossing.before.value
    assert crossing.proved_after == crossing.after.value


def test_noise_within_the_gaps_is_one_crossing() -> None:
    """Plans that are not the cheapest make the difference jump about: the gaps say so, and one crossing is told."""
    found = solved(lambda value: 1e7 * (0.5 - value) + 3e5 * math.sin(400 * value), gap_usd=1e6)
    assert len(found.crossings) == 1
    (crossing,) = found.crossings
    assert crossing.before.value < 0.55
    assert crossing.after.value > 0.45
    assert crossing.before.cheaper == Cheaper.SECOND
    assert crossing.after.cheaper == Cheaper.FIRST


def test_the_number_of_plans_has_a_limit() -> None:
    found = solved(lambda value: 1e9 * (value - 0.3), within=1e-6, most_trials=10)
    assert len(found.trials) == 10
    (crossing,) = found.crossings
    assert not crossing.narrow
    assert crossing.before.value < 0.3 < crossing.after.value


def test_days_are_whole() -> None:
    first, last = date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()
    tipping = date(2026, 8, 20).toordinal()
    tried: list[float] = []

    def first_at(value: float) -> Answered:
        tried.append(value)
        return Answered("first", plan(SECOND_USD + (5e6 if value < tipping else -5e6)))

    found = break_even(
        asked(low=first, high=last, within=1.0, is_date=True), first_at, Answered("second", plan(SECOND_USD))
    )
    (crossing,) = found.crossings
    assert (crossing.before.value, crossing.after.value) == (tipping - 1, tipping)
    assert all(value == int(value) for value in tried)
    assert len(tried) == len(set(tried))
    assert found.is_date


def test_a_value_without_a_plan_ends_the_search() -> None:
    def first_at(value: float) -> Answered:
        return failed("first", "no plan in 5 s") if value > 0.6 else Answered("first", plan(SECOND_USD + 1e6))

    found = break_even(asked(high=1.0), first_at, Answered("second", plan(SECOND_USD)))
    assert found.failure == "aws-deal at discount 0.75: no plan in 5 s"
    assert len(found.trials) == 3
    assert found.crossings == ()
    assert found.value is None
    assert found.cheaper_throughout is None


def test_a_second_without_a_plan_asks_for_none() -> None:
    def never(value: float) -> Answered:
        raise AssertionError

    found = break_even(asked(), never, failed("base", "infeasible"))
    assert found.failure == "base: infeasible"
    assert found.trials == ()


def test_what_the_planner_raises_goes_through() -> None:
    def first_at(value: float) -> Answered:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_even(asked(), first_at, Answered("second", plan(SECOND_USD)))


def test_a_range_below_its_exactness() -> None:
    found = solved(lambda value: value - 0.5e-3, low=0.0, high=1e-3, within=1e-3)
    assert len(found.trials) == 5


def test_the_made_up_deal() -> None:
    found = break_even(asked(), deal_at(), Answered("base", outcome()))
    assert found.value == pytest.approx(0.117, abs=0.001)
