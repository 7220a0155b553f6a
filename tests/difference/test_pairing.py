"""What left is paired with what arrived: everything is paired, nothing twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from router.arrays import FloatArray, Ids
from router.difference.pairing import pair


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[FloatArray, FloatArray, Ids]:
    """Rows that lost (below zero) and gained, in groups."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    amounts = st.one_of(st.just(0.0), st.floats(1e-3, 1e9), st.integers(1, 3).map(float))
    change = draw(arrays(np.float64, (rows, columns), elements=amounts))
    signs = draw(arrays(np.int64, (rows, columns), elements=st.sampled_from([-1, 1])))
    group = draw(arrays(np.int64, rows, elements=st.integers(0, 2)))
    change = change * signs
    return np.maximum(0.0, -change), np.maximum(0.0, change), group


@given(exchanges())
@settings(max_examples=300, deadline=None)
def test_moves_balance(exchange: tuple[FloatArray, FloatArray, Ids]) -> None:
    left, arrived, group = exchange
    found = pair(left, arrived, group)
    assert np.all(found.quantity > 0)
    assert np.all(group[found.left] == group[found.arrived])
    for number in range(3):
        mine = group == number
        lost, gained = left[mine].sum(axis=0), arrived[mine].sum(axis=0)
        moved = np.minimum(lost, gained)
        for column in range(left.shape[1]):
            at = (group[found.left] == number) & (found.column == column)
            assert found.quantity[at].sum() == pytest.approx(moved[column], rel=1e-7)
            for row in np.flatnonzero(mine):
                gave = found.quantity[at & (found.left == row)].sum()
                got = found.quantity[at & (found.arrived == row)].sum()
                slack = 1e-8 * moved[column]
                if moved[column] > 0:
                    expected = left[row, column] * moved[column] / lost[column]
                    assert gave == pytest.approx(expected, rel=1e-7, abs=slack)
                    expected = arrived[row, column] * moved[column] / gained[column]
                    assert got == pytest.approx(expected, rel=1e-7, abs=slack)
                else:
                    assert gave == got == 0


@given(exchanges())
@settings(max_examples=100, deadline=None)
def test_the_other_way_is_the_same_pairing(exchange: tuple[FloatArray, FloatArray, Ids]) -> None:
    left, arrived, group = exchange
    there, back = pair(left, arrived, group), pair(arrived, left, group)
    assert there.left.tolist() == back.arrived.tolist()
    assert there.arrived.tolist() == back.left.tolist()
    assert there.quantity.tolist() == back.quantity.tolist()


def test_few_pieces() -> None:
    left = np.array([[6.0], [3.0], [1.0], [0.0], [0.0]])
    arrived = np.array([[0.0], [0.0], [0.0], [5.0], [5.0]])
    found = pair(left, arrived, np.zeros(5, dtype=np.int64))
    assert list(zip(found.left.tolist(), found.arrived.tolist(), strict=True)) == [(0, 3), (0, 4), (1, 4), (2, 4)]
    assert found.quantity.tolist() == pytest.approx([5, 1, 3, 1])


def test_nothing_to_pair() -> None:
    nothing = np.zeros((0, 0))
    assert len(pair(nothing, nothing, np.zeros(0, dtype=np.int64)).quantity) == 0
    one_way = np.ones((2, 2))
    assert len(pair(one_way, np.zeros((2, 2)), np.zeros(2, dtype=np.int64)).quantity) == 0
