"""Sweeps: tornado, curve, matrix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from router.answer.answer import Answer
from router.answer.curve import curve
from router.answer.grid import grids
from router.answer.points import Shape, in_order, number_of, point, shape_of
from router.answer.tornado import tornado
from router.outcome.outcome import Outcome
from router.sweep.answered import Answered
from router.whatif.case import Case, FactorValue
from router.whatif.question import Factor, Sweep, SweepMode

from .made_up import VALUES, failed, outcome, planned, question, sweep


def costing(cost_usd: float) -> Outcome:
    return replace(outcome(gap=0.0), cost_usd=cost_usd, lower_bound_usd=cost_usd)


def answer_of(*sweeps: Sweep, **more: Answered) -> Answer:
    found = {"base": Answered("base", outcome())}
    found |= {case.name: planned(case) for each in sweeps for case in each.cases}
    return Answer(question(sweeps=sweeps), found | more)


def single(values: list[FactorValue], costs: list[float]) -> tuple[Answer, Sweep]:
    """A sweep over one factor with a cost for each value, against a base that costs 100."""
    cases = tuple(Case(f"s/{at}", str(value), group="s", factors=(("x", value),)) for at, value in enumerate(values))
    swept = Sweep("s", "s", SweepMode.GRID, (Factor("x", "x"),), cases, "base")
    found = {case.name: Answered(case.name, costing(cost)) for case, cost in zip(cases, costs, strict=True)}
    return Answer(question(sweeps=(swept,)), {"base": Answered("base", costing(100.0)), **found}), swept


def test_tornado_is_sorted_by_swing_and_has_every_value() -> None:
    swept = sweep("each", SweepMode.ONE_AT_A_TIME, "price", "slip", "agents", "inference")
    found = tornado(answer_of(swept), swept)
    assert found is not None
    swings = [row.swing_usd for row in found.rows]
    assert swings == sorted(swings, reverse=True)
    assert {row.factor.name for row in found.rows} == {"price", "slip", "agents", "inference"}
    for row in found.rows:
        assert tuple(each.value for each in row.points) == VALUES[row.factor.name]
        assert row.shape == Shape.RISING
    # Against the case with all at their base, which is no other than the base here.
    assert found.reference == "each/1"
    assert found.failed == 0


def test_tornado_of_one_factor_is_its_curve() -> None:
    swept = sweep("each", SweepMode.ONE_AT_A_TIME, "price", "slip")
    alone = sweep("alone", SweepMode.GRID, "price")
    answer = answer_of(swept, alone)
    rows, line = tornado(answer, swept), curve(answer, alone)
    assert rows is not None
    assert line is not None
    price = next(row for row in rows.rows if row.factor.name == "price")
    assert [each.difference_usd for each in price.points] == pytest.approx([e.difference_usd for e in line.points])


def test_tornado_without_its_centre_is_against_what_it_starts_from() -> None:
    swept = sweep("each", SweepMode.ONE_AT_A_TIME, "price", "slip")
    found = tornado(answer_of(swept, **{"each/1": failed("each/1")}), swept)
    assert found is not None
    assert found.reference == "base"
    assert found.failed == 1
    # No case is left at which the price is at its base.
    assert 1.0 not in [each.value for each in found.rows[-1].points]


def test_tornado_with_nothing_planned() -> None:
    swept = sweep("each", SweepMode.ONE_AT_A_TIME, "price")
    assert tornado(Answer(question(sweeps=(swept,)), {}), swept) is None


def test_extremes_of_a_tornado_may_lie_between_the_ends() -> None:
    answer, swept = single([1.0, 2.0, 3.0, 4.0], [120.0, 90.0, 150.0, 110.0])
    swept = replace(swept, mode=SweepMode.ONE_AT_A_TIME)
    found = tornado(answer, swept)
    assert found is not None
    (row,) = found.rows
    assert (row.lowest.value, row.highest.value, row.shape) == (2.0, 3.0, Shape.MIXED)
    assert row.swing_usd == 60.0


def test_swing_counts_from_the_reference() -> None:
    answer, swept = single([2.0, 3.0], [130.0, 150.0])
    found = tornado(answer, replace(swept, mode=SweepMode.ONE_AT_A_TIME))
    assert found is not None
    assert found.rows[0].swing_usd == 50.0


@pytest.mark.parametrize(
    ("costs", "shape"),
    [
        ([1.0, 2.0, 2.0, 3.0], Shape.RISING),
        ([3.0, 2.0, 2.0, 1.0], Shape.FALLING),
        ([2.0, 2.0, 2.0, 2.0], Shape.FLAT),
        ([2.0, 2.005, 2.0, 2.0], Shape.FLAT),
        ([1.0, 2.0, 1.0, 2.0], Shape.MIXED),
    ],
)
def test_shapes(costs: list[float], shape: Shape) -> None:
    answer, swept = single([1.0, 2.0, 3.0, 4.0], costs)
    found = curve(answer, swept)
    assert found is not None
    assert found.shape == shape


def test_a_curve_is_in_order_of_value_whatever_the_file_says() -> None:
    answer, swept = single([3.0, 1.0, 2.0], [130.0, 90.0, 110.0])
    found = curve(answer, swept)
    assert found is not None
    assert [each.value for each in found.points] == [1.0, 2.0, 3.0]
    assert [(a.value, b.value) for a, b in found.crossings] == [(1.0, 2.0)]


def test_dates_are_ordered_and_texts_stay() -> None:
    days: list[FactorValue] = [date(2027, 5, 1), date(2026, 2, 1)]
    answer, swept = single(days, [1.0, 2.0])
    found = curve(answer, swept)
    assert found is not None
    assert [each.value for each in found.points] == days[::-1]
    answer, swept = single(["zoo", "ant"], [1.0, 2.0])
    found = curve(answer, swept)
    assert found is not None
    assert [each.value for each in found.points] == ["zoo", "ant"]
    assert found.shape == Shape.MIXED


def test_numbers_of_values() -> None:
    assert number_of(date(1, 1, 1)) == 1.0
    assert number_of(0.5) == 0.5
    assert number_of("a") is None


def test_texts_with_one_cost_are_flat() -> None:
    points = [point(value, Case(value, value), costing(5.0), costing(4.0)) for value in ("a", "b")]
    assert shape_of(points) == Shape.FLAT
    assert list(in_order(points)) == points


def test_curve_only_for_one_factor() -> None:
    swept = sweep("two", SweepMode.GRID, "price", "slip")
    assert curve(answer_of(swept), swept) is None


def test_curve_counts_what_failed_and_leaves_out_what_was_not_planned() -> None:
    answer, swept = single([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    known = {name: found for name, found in answer.answered.items() if name != "s/2"}
    found = curve(Answer(answer.question, known | {"s/1": failed("s/1")}), swept)
    assert found is not None
    assert [each.value for each in found.points] == [1.0]
    assert found.failed == 1


def test_grid_has_every_case_in_its_place() -> None:
    swept = sweep("two", SweepMode.GRID, "price", "slip")
    answer = answer_of(swept, **{"two/7": failed("two/7")})
    (grid,) = grids(answer, swept)
    assert (grid.row_factor.name, grid.column_factor.name) == ("price", "slip")
    assert grid.failed == 1
    cases = {(dict(case.factors)["price"], dict(case.factors)["slip"]): case for case in swept.cases}
    for value, row in zip(grid.row_values, grid.points, strict=True):
        for column, each in zip(grid.column_values, row, strict=True):
            case = cases[value, column]
            if case.name == "two/7":
                assert each is None
            else:
                found, base = answer.outcome(case.name), answer.base
                assert each is not None
                assert found is not None
                assert base is not None
                assert each.difference_usd == pytest.approx(found.cost_usd - base.cost_usd)
    assert grid.lowest is not None
    assert grid.lowest.value == 0.8


def test_three_factors_make_a_matrix_for_each_value_of_the_smallest() -> None:
    swept = sweep("three", SweepMode.GRID, "price", "slip", "agents")
    found = grids(answer_of(swept), swept)
    assert [value for grid in found for _, value in grid.fixed] == list(VALUES["agents"])
    assert sum(len(grid.listed) for grid in found) == len(swept.cases)


def test_no_grid_of_other_sweeps_nor_without_a_reference() -> None:
    paired = sweep("pairs", SweepMode.PAIRED, "price", "slip")
    assert grids(answer_of(paired), paired) == ()
    swept = sweep("two", SweepMode.GRID, "price", "slip")
    assert grids(Answer(question(sweeps=(swept,)), {}), swept) == ()
