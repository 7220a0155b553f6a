"""How the values of several factors come together."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.reading.problems import Mistake
from router.whatif.combinations import combinations
from router.whatif.factors import SweepFactor
from router.whatif.question import SweepMode


def _factors(**given: Any) -> dict[str, SweepFactor]:
    return {name: SweepFactor.model_validate(value) for name, value in given.items()}


def test_a_grid_walks_like_a_snake() -> None:
    found = combinations(_factors(price=[1, 2], slip=[0, 3, 6]), SweepMode.GRID)
    assert [tuple(value for _, value in row) for row in found] == [(1, 0), (1, 3), (1, 6), (2, 6), (2, 3), (2, 0)]
    assert [name for name, _ in found[0]] == ["price", "slip"]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_every_combination_once_and_neighbours_one_step_apart(sizes: list[int]) -> None:
    factors = _factors(**{f"f{place}": list(range(size)) for place, size in enumerate(sizes)})
    rows = [tuple(value for _, value in row) for row in combinations(factors, SweepMode.GRID)]
    assert sorted(rows) == sorted(product(*(range(size) for size in sizes)))
    for before, after in pairwise(rows):
        steps = [abs(float(new) - float(old)) for new, old in zip(after, before, strict=True)]  # type: ignore[arg-type]
        assert sorted(steps)[:-1] == [0.0] * (len(sizes) - 1)
        assert sum(steps) == 1


def test_pairs() -> None:
    found = combinations(_factors(price=[1, 2], kind=["a", "b"]), SweepMode.PAIRED)
    assert found == ((("price", 1.0), ("kind", "a")), (("price", 2.0), ("kind", "b")))


def test_pairs_of_different_lengths() -> None:
    with pytest.raises(Mistake) as caught:
        combinations(_factors(price=[1, 2], kind=["a", "b", "c"]), SweepMode.PAIRED)
    assert caught.value.found == "3 values"
    assert caught.value.expected == "2 values as 'price' has, as the mode is `paired`"
    assert caught.value.path == ("factors", "kind")


def test_one_at_a_time_begins_at_the_bases_which_come_once() -> None:
    factors = _factors(
        price={"values": [0.8, 1, 1.2], "base": 1},
        slip={"values": [3, 6], "base": 0},
        who={"values": ["x", "y"], "base": "x"},
    )
    assert [tuple(value for _, value in row) for row in combinations(factors, SweepMode.ONE_AT_A_TIME)] == [
        (1, 0, "x"),
        (0.8, 0, "x"),
        (1.2, 0, "x"),
        (1, 3, "x"),
        (1, 6, "x"),
        (1, 0, "y"),
    ]


def test_one_at_a_time_needs_bases() -> None:
    with pytest.raises(Mistake) as caught:
        combinations(_factors(a={"values": [1], "base": 1}, b=[1]), SweepMode.ONE_AT_A_TIME)
    assert caught.value.found == "nothing"
    assert caught.value.expected == "the value while other factors vary, as the mode is `one_at_a_time`"
    assert caught.value.path == ("factors", "b", "base")


def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {"from": 0, "to": 1, "steps": 400}
    with pytest.raises(Mistake) as caught:
        combinations(_factors(a=many, b=many), SweepMode.GRID)
    assert (caught.value.found, caught.value.expected) == ("400 x 400 combinations", "at most 100,000")
    monkeypatch.setattr("router.whatif.combinations.MOST_CASES", 500)
    wide = {"from": 0, "to": 1, "steps": 500, "base": 0}
    with pytest.raises(Mistake) as caught:
        combinations(_factors(a=wide), SweepMode.ONE_AT_A_TIME)
    assert caught.value.found == "501 combinations"


@pytest.mark.parametrize("mode", SweepMode)
def test_no_factor(mode: SweepMode) -> None:
    with pytest.raises(Mistake, match="at least one factor"):
        combinations({}, mode)
