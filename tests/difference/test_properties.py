"""What holds between any two plans, of solved scenarios and of made-up ones."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.difference.biggest import biggest
from router.difference.difference import difference
from router.difference.digest import digest
from router.difference.document import PlanDifference
from router.difference.failure import DifferenceError
from router.plan.document import Plan
from tests.plan.random_scenarios import documents
from tests.report.sample_plans import empty_plan, frontier_plan, small_plan
from tests.scenarios import both, contract, job, scenario, service
from tests.solving import answer

from .making import plan, told_backwards, window
from .test_cost import assert_exact

POOLS = ("azure-us", "aws-us", "oracle-us")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Two streams in three pools over three months, or two of them."""
    start = draw(st.sampled_from([1, 2]))
    boundaries = [date(2026, month, 1) for month in range(start, draw(st.sampled_from([3, 4])) + 1)]
    served = [
        ("chat", stream, pool, period, draw(st.one_of(st.just(0.0), st.floats(0.1, 1e6))))
        for stream in ("us", "eu")
        for pool in POOLS
        for period in range(len(boundaries) - 1)
    ]
    windows = [window(name, date(2026, month, 1)) for name in draw(st.sets(st.sampled_from(POOLS))) for month in (1, 2)]
    kept = [each for each in served if each[4]]
    return plan(kept, boundaries=boundaries, discount=draw(st.sampled_from([1.0, 0.98])), windows=windows)


def assert_sound(before: Plan, after: Plan) -> PlanDifference:
    """Sums are exact, the other way round is the same with the sign turned, and nothing differs from itself."""
    found = difference(before, after)
    assert_exact(found.cost)
    assert difference(after, before).model_dump(mode="json") == told_backwards(found)
    assert difference(before, before).is_empty
    assert difference(digest(before), digest(after)) == found
    return found


@given(before=plans(), after=plans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_made_plans(before: Plan, after: Plan) -> None:
    found = assert_sound(before, after)
    if not found.horizon.same_periods:
        return
    # What pools lost and gained in all is what moved and what came or went.
    for stream in ("us", "eu"):
        served = {
            pool: sum(
                sign * record.quantity * each.periods[record.period].hours
                for sign, each in ((-1, before), (1, after))
                for record in each.serving
                if record.stream == stream and record.pool == pool
            )
            for pool in POOLS
        }
        moved = dict.fromkeys(POOLS, 0.0)
        for move in found.moves:
            if move.stream == stream:
                assert move.from_pool != move.to_pool
                assert move.unit_hours > 0
                moved[move.from_pool] -= move.unit_hours
                moved[move.to_pool] += move.unit_hours
        growth = sum(
            change.unit_hours_after - change.unit_hours_before for change in found.served if change.stream == stream
        )
        assert sum(moved.values()) == pytest.approx(0, abs=1e-3)
        scale = 1e-5 * sum(record.quantity * 744 for each in (before, after) for record in each.serving) + 1e-3
        assert sum(served.values()) == pytest.approx(growth, abs=scale)


@cache
def _cases() -> list[Plan]:
    """Solved plans of scenarios that differ in workloads, pools, contracts and prices."""
    commitment = {"spend": {"window": "term", "amount_usd": 3000}}
    parts: list[dict[str, Any]] = [
        {},
        {**both(north=1)},
        {**both(north=1, south_usd=3)},
        {**both(), "workloads": {"chat": service(12), "pretrain": job()}},
        {**both(), "workloads": {"search": service(60)}, "contracts": {"deal": contract(commitments=commitment)}},
        {"contracts": {"deal": contract("south", start="2025-06-01", commitments=commitment)}},
    ]
    return [answer(scenario(**each)).plan for each in parts]


@pytest.mark.parametrize("first", range(6))
@pytest.mark.parametrize("second", range(6))
def test_solved_plans(first: int, second: int) -> None:
    cases = _cases()
    found = assert_sound(cases[first], cases[second])
    assert found.is_empty == (first == second)


def test_a_cheaper_pool_draws_demand() -> None:
    cases = _cases()
    (move,) = difference(cases[1], cases[2]).moves
    assert (move.workload, move.from_pool, move.to_pool) == ("chat", "north", "south")
    assert move.instance_hours_to == pytest.approx(48.0)


@given(one=documents(), other=documents())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_two_scenarios(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert_sound(answer(scenario(**one)).plan, answer(scenario(**other)).plan)


def test_sample_plans() -> None:
    for before in (small_plan(), frontier_plan(), empty_plan()):
        for after in (small_plan(), frontier_plan(), empty_plan()):
            assert_sound(before, after)


def test_biggest_is_ranked_and_counts_each_once() -> None:
    found = difference(small_plan(), frontier_plan())
    every = biggest(found, 10_000)
    assert [each.usd for each in every] == sorted((each.usd for each in every), reverse=True)
    assert biggest(found, 5) == every[:5]
    assert biggest(found, 0) == ()
    assert all(each.usd > 0 for each in every)
    with pytest.raises(ValueError, match="found -1, expected 0 or more"):
        biggest(found, -1)


@pytest.mark.parametrize("field", ["serving", "runs", "unserved", "bill"])
def test_a_period_that_is_not_there(field: str) -> None:
    bad = small_plan()
    key = "last_period" if field == "runs" else "period"
    records = [record.model_copy(update={key: 99}) for record in getattr(bad, field)]
    with pytest.raises(DifferenceError, match=f"plan 'small sample': {field}: found period 99, expected one from 0"):
        difference(small_plan(), bad.model_copy(update={field: records}))


@pytest.mark.parametrize("field", ["serving", "unserved"])
def test_a_slice_that_is_not_there(field: str) -> None:
    bad = small_plan()
    records = [record.model_copy(update={"slice": "night"}) for record in getattr(bad, field)]
    with pytest.raises(DifferenceError, match=f"{field}: found slice 'night', expected one of peak, base"):
        difference(small_plan(), bad.model_copy(update={field: records}))


def test_a_plan_without_periods() -> None:
    with pytest.raises(DifferenceError, match="periods: found none, expected at least one"):
        difference(small_plan(), empty_plan().model_copy(update={"periods": []}))
