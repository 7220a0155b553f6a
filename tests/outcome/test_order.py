"""Similar cases come one after the other; none is lost."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from router.outcome.order import by_similarity
from router.whatif.case import Case, FactorValue


def drawn(group: str | None, *points: tuple[FactorValue, ...]) -> list[Case]:
    names = "abcdef"
    return [
        Case(f"{group}/{number}", "", group=group, factors=tuple(zip(names, point, strict=False)))
        for number, point in enumerate(points)
    ]


def walked(cases: list[Case]) -> float:
    points = np.array([[float(value) for _, value in case.factors] for case in cases])  # type: ignore[arg-type]
    return float(np.abs(np.diff(points, axis=0)).sum())


def test_a_line_is_walked_from_end_to_end() -> None:
    cases = drawn("sweep", *((value,) for value in (3.0, 1.0, 2.0, 5.0, 4.0)))
    assert [case.factors[0][1] for case in by_similarity(cases)] == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_draws_of_two_factors_are_walked_in_short_steps() -> None:
    numbers = np.random.default_rng(3).normal(size=(240, 2))
    cases = drawn("draws", *map(tuple, numbers.tolist()))
    ordered = by_similarity(cases)
    assert sorted(case.name for case in ordered) == sorted(case.name for case in cases)
    assert walked(ordered) < 0.2 * walked(cases)
    assert by_similarity(list(reversed(cases))) == ordered


def test_none_is_lost_of_more_than_are_put_in_order_at_once() -> None:
    numbers = np.random.default_rng(3).normal(size=(1_100, 3))
    cases = drawn("draws", *map(tuple, numbers.tolist()))
    ordered = by_similarity(cases)
    assert {case.name for case in ordered} == {case.name for case in cases}
    assert len(ordered) == len(cases)
    assert walked(ordered) < 0.5 * walked(cases)


def test_what_is_planned_first_is_what_was_drawn_first() -> None:
    numbers = np.random.default_rng(3).normal(size=(1_000, 3))
    cases = drawn("draws", *map(tuple, numbers.tolist()))
    ordered = by_similarity(cases)
    assert set(ordered[:500]) == set(cases[:500]), "an interrupted run's answers are no sample of one corner"


def test_dates_and_names_are_compared_too() -> None:
    first = date(2027, 1, 1)
    points: list[tuple[FactorValue, ...]] = [
        (name, first + timedelta(days=day)) for day in (300, 0, 100) for name in ("late", "early")
    ]
    ordered = by_similarity(drawn("sweep", *points))
    names = [case.factors[0][1] for case in ordered]
    assert names in (["late"] * 3 + ["early"] * 3, ["early"] * 3 + ["late"] * 3)


def test_whatifs_stay_as_they_are_and_groups_stay_together() -> None:
    whatifs = [Case("base", ""), Case("late", ""), Case("early", "")]
    one, other = drawn("one", (2.0,), (1.0,)), drawn("other", (1.0,), (3.0,))
    mixed = [whatifs[0], one[0], other[0], whatifs[1], one[1], whatifs[2], other[1]]
    assert by_similarity(mixed) == [*whatifs, one[1], one[0], *other]
    assert by_similarity([]) == []


def test_cases_without_factors_keep_their_order() -> None:
    cases = [Case(f"sweep/{number}", "", group="sweep") for number in range(3)]
    assert by_similarity(cases) == cases
