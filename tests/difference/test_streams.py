"""What moved between pools and what is only more or less."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from router.difference.difference import difference
from router.difference.document import ChangeKind
from router.plan.document import Plan
from router.report.difference_words import Names, change_words
from router.report.tables.difference_moves import served_changes_table

from .making import QUARTER, plan

JANUARY, FEBRUARY = 24.0 * 31, 24.0 * 28


def both(before: Sequence[tuple[str, int, float]], after: Sequence[tuple[str, int, float]]) -> tuple[Plan, Plan]:
    """Plans of one stream, chat/us, from pools, periods and units."""
    first, second = ([("chat", "us", *each) for each in served] for served in (before, after))
    return plan(first), plan(second)


def test_a_move_is_what_left_and_arrived() -> None:
    found = difference(*both([("azure-us", 0, 8), ("azure-us", 1, 8)], [("azure-us", 0, 8), ("oracle-us", 1, 8)]))
    (move,) = found.moves
    assert (move.workload, move.stream, move.from_pool, move.to_pool) == ("chat", "us", "azure-us", "oracle-us")
    assert (move.start, move.end) == (date(2026, 2, 1), date(2026, 3, 1))
    assert move.unit_hours == pytest.approx(8 * FEBRUARY)
    assert move.instance_hours_from == pytest.approx(4 * FEBRUARY)
    assert move.usd_from == move.usd_to == pytest.approx(40 * FEBRUARY)
    assert not found.served


def test_growth_and_decline_are_no_moves() -> None:
    grown = difference(*both([("azure-us", 0, 8)], [("azure-us", 0, 8), ("oracle-us", 0, 4)]))
    assert not grown.moves
    (served,) = grown.served
    assert served.kind == ChangeKind.GREW
    assert (served.unit_hours_before, served.unit_hours_after) == pytest.approx((8 * JANUARY, 12 * JANUARY))
    assert served.quantity_usd == pytest.approx(20 * JANUARY)
    shrunk = difference(*both([("azure-us", 0, 8), ("oracle-us", 0, 4)], [("azure-us", 0, 6), ("oracle-us", 0, 3)]))
    assert not shrunk.moves
    assert shrunk.served[0].kind == ChangeKind.SHRANK
    assert shrunk.served[0].quantity_usd == pytest.approx(-15 * JANUARY)


def test_the_share_that_grows_is_of_the_dates_told() -> None:
    before: list[tuple[str, int, float]] = [("azure-us", 0, 8), ("azure-us", 1, 4)]
    after: list[tuple[str, int, float]] = [("azure-us", 0, 8), ("azure-us", 1, 8)]
    (doubled,) = difference(*both(before, after)).served
    assert (doubled.start, doubled.end) == (date(2026, 2, 1), date(2026, 3, 1))
    assert (doubled.then_unit_hours_before, doubled.then_unit_hours_after) == (4 * FEBRUARY, 8 * FEBRUARY)
    assert doubled.share == pytest.approx(1.0)
    assert change_words(doubled, Names()) == "chat/us: 100 % more served (4 units on average), 2026-02"
    (row,) = served_changes_table(difference(*both(before, after)), Names(), 5).rows
    assert row.cells[3] == "+100 %"
    (new,) = difference(*both(before[:1], after)).served
    assert new.share is None
    assert change_words(new, Names()) == "chat/us: newly served then, 8 units on average, 2026-02"
    assert served_changes_table(difference(*both(before[:1], after)), Names(), 5).rows[0].cells[3] == "grew"


def test_growth_beside_a_move_is_told_apart() -> None:
    found = difference(*both([("azure-us", 0, 8)], [("azure-us", 0, 6), ("oracle-us", 0, 5)]))
    (move,) = found.moves
    assert move.unit_hours == pytest.approx(2 * JANUARY)
    assert found.served[0].unit_hours_after == pytest.approx(11 * JANUARY)


def test_largest_leavers_go_to_largest_arrivals() -> None:
    before = [("a", 0, 10.0), ("b", 0, 5.0)]
    after = [("c", 0, 8.0), ("d", 0, 7.0)]
    found = {(move.from_pool, move.to_pool): move.unit_hours for move in difference(*both(before, after)).moves}
    assert found == pytest.approx({("a", "c"): 8 * JANUARY, ("a", "d"): 2 * JANUARY, ("b", "d"): 5 * JANUARY})


def test_streams_do_not_exchange_with_each_other() -> None:
    before = plan([("chat", "us", "a", 0, 4), ("chat", "eu", "b", 0, 4)])
    after = plan([("chat", "us", "a", 0, 8), ("chat", "eu", "b", 0, 2)])
    found = difference(before, after)
    assert not found.moves
    assert {(change.stream, change.kind) for change in found.served} == {("us", "grew"), ("eu", "shrank")}


def test_streams_that_come_and_go() -> None:
    found = difference(plan([("chat", "us", "a", 0, 4)]), plan([("search", "us", "a", 0, 4)]))
    assert not found.moves
    assert {(change.workload, change.kind) for change in found.served} == {("chat", "went"), ("search", "came")}


@pytest.mark.parametrize(("units", "moves"), [(4e-6, 0), (1e-3, 1)])
def test_solver_noise_is_no_move(units: float, moves: int) -> None:
    before = [("azure-us", 0, 4.0), ("oracle-us", 0, 4.0)]
    after = [("azure-us", 0, 4.0 - units), ("oracle-us", 0, 4.0 + units)]
    assert len(difference(*both(before, after)).moves) == moves


def test_the_same_quantity_at_other_times() -> None:
    first = plan([("batch", "all", "a", 0, 4)], boundaries=[date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 4)])
    second = plan([("batch", "all", "a", 1, 4)], boundaries=[date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 4)])
    found = difference(first, second)
    assert not found.moves
    assert found.served[0].kind == ChangeKind.CHANGED
    assert (found.served[0].start, found.served[0].end) == (date(2026, 1, 1), date(2026, 3, 4))


def test_other_periods_of_the_same_time() -> None:
    months = plan([("chat", "us", "a", period, 4) for period in range(3)])
    quarter = plan([("chat", "us", "a", 0, 4)], boundaries=[QUARTER[0], QUARTER[-1]])
    found = difference(months, quarter)
    assert found.horizon.same_horizon
    assert not found.horizon.same_periods
    assert not found.moves
    assert not found.served
    assert found.cost.total.change_usd == 0
    assert not found.is_empty
    moved = plan([("chat", "us", "b", 0, 4)], boundaries=[QUARTER[0], QUARTER[-1]])
    (move,) = difference(months, moved).moves
    assert (move.start, move.end) == (QUARTER[0], QUARTER[-1])
    assert move.unit_hours == pytest.approx(4 * 24 * 90)


def test_other_horizons_compare_the_common_time() -> None:
    early = plan([("chat", "us", "a", period, 4) for period in range(3)])
    late = plan(
        [("chat", "us", "b", period, 4) for period in range(2)],
        boundaries=[date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)],
    )
    found = difference(early, late)
    assert not found.horizon.same_horizon
    assert (found.horizon.common_start, found.horizon.common_end) == (date(2026, 3, 1), date(2026, 4, 1))
    (move,) = found.moves
    assert move.unit_hours == pytest.approx(4 * JANUARY)
    assert not found.served
    never = plan([("chat", "us", "b", 0, 4)], boundaries=[date(2030, 1, 1), date(2030, 2, 1)])
    apart = difference(early, never)
    assert (apart.horizon.common_start, apart.horizon.common_end) == (None, None)
    assert not apart.moves
    assert not apart.served


def test_spot_and_firm_of_one_pool_are_one_place() -> None:
    before = plan([("chat", "us", "a", 0, 4)])
    serving = [record.model_copy(update={"spot": True}) for record in before.serving]
    assert not difference(before, before.model_copy(update={"serving": serving})).moves
