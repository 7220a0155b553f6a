"""Percentiles, chances and rank correlation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest, spearmanr

from router.answer.chance import chance_of
from router.answer.rank import Explains, rank_correlation, ranks_of
from router.answer.spread import PERCENTILES, percentiles_of, spread_of

AMOUNTS = st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=60)


@given(AMOUNTS)
def test_percentiles_are_as_defined(amounts: list[float]) -> None:
    """At place 1 + (n - 1) p / 100 of the amounts in order, on a straight line between neighbours."""
    ordered = sorted(amounts)
    for percent, found in zip(PERCENTILES, percentiles_of(amounts).tolist(), strict=True):
        place = (len(ordered) - 1) * percent / 100
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        expected = ordered[low] + (place - low) * (ordered[high] - ordered[low])
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-3)


@given(AMOUNTS)
def test_a_spread_is_in_order_and_within_its_ends(amounts: list[float]) -> None:
    found = spread_of(amounts)
    assert found is not None
    assert found.count == len(amounts)
    values = [found.least, *found.percentiles, found.most]
    assert all(low <= high + 1e-3 for low, high in pairwise(values))
    assert found.least - 1e-3 <= found.mean <= found.most + 1e-3
    assert found.median == found.percentiles[2]


def test_standard_error() -> None:
    found = spread_of([1.0, 2.0, 3.0, 4.0])
    assert found is not None
    assert found.standard_error == pytest.approx(np.sqrt(5 / 3) / 2)


def test_one_draw_and_none() -> None:
    found = spread_of([7.0])
    assert found is not None
    assert found.standard_error is None
    assert set(found.percentiles) == {7.0}
    assert spread_of([]) is None


@pytest.mark.parametrize(("hits", "count"), [(0, 10), (1, 10), (5, 10), (10, 10), (20, 1000), (1, 1), (0, 1)])
def test_wilson(hits: int, count: int) -> None:
    found = chance_of(hits, count)
    expected = binomtest(hits, count).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert found.share == hits / count


@given(st.integers(1, 5000), st.data())
def test_the_interval_holds_the_share(count: int, data: st.DataObject) -> None:
    found = chance_of(data.draw(st.integers(0, count)), count)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low < found.high


@pytest.mark.parametrize(("hits", "count"), [(0, 0), (3, 2), (-1, 5)])
def test_no_chance_without_draws(hits: int, count: int) -> None:
    with pytest.raises(ValueError, match="expected at least one draw"):
        chance_of(hits, count)


PAIRS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=3, max_size=40)


@given(PAIRS)
def test_rank_correlation_is_spearmans(pairs: list[tuple[int, int]]) -> None:
    first, second = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    found = rank_correlation(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(float(spearmanr(first, second).statistic), abs=1e-9)


@given(st.lists(st.integers(-50, 50).map(float), min_size=3, max_size=30, unique=True))
def test_any_rising_course_is_one(values: list[float]) -> None:
    assume(len(values) > 2)
    assert rank_correlation(values, [value**3 for value in values]) == pytest.approx(1.0)
    assert rank_correlation(values, [-value for value in values]) == pytest.approx(-1.0)


def test_equal_values_share_their_rank() -> None:
    assert ranks_of([10.0, 20.0, 10.0, 30.0]).tolist() == [1.5, 3.0, 1.5, 4.0]


def test_two_draws_have_no_correlation() -> None:
    assert rank_correlation([1.0, 2.0], [1.0, 2.0]) is None


def test_beyond_chance() -> None:
    assert not Explains("a", "a", 0.1, 100).beyond_chance
    assert Explains("a", "a", -0.3, 100).beyond_chance
    assert not Explains("a", "a", None, 2).beyond_chance
