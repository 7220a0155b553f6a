"""Which columns of a table fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.view.table_rows import COLUMN_GAP, NoRows, RowColumn, fitted_columns

COLUMNS = (
    RowColumn("Period", 7, 7),
    RowColumn("Item", 30, 10),
    RowColumn("Unit", 8, 8, drop_order=2),
    RowColumn("Amount", 9, 9, to_the_right=True),
    RowColumn("Price", 9, 9, drop_order=1),
)


def test_all_at_their_width_where_there_is_room() -> None:
    assert fitted_columns(COLUMNS, 200) == ((0, 7), (1, 30), (2, 8), (3, 9), (4, 9))


def test_the_highest_drop_order_leaves_first_and_texts_are_cut() -> None:
    assert [at for at, _ in fitted_columns(COLUMNS, 45)] == [0, 1, 3, 4]
    assert fitted_columns(COLUMNS, 32) == ((0, 7), (1, 12), (3, 9))


def test_what_is_always_shown_stays() -> None:
    assert fitted_columns(COLUMNS, 5) == ((0, 7), (1, 10), (3, 9))
    assert fitted_columns((), 5) == ()


@given(st.integers(30, 200))
def test_it_never_takes_more_than_there_is(width: int) -> None:
    fitted = fitted_columns(COLUMNS, width)
    assert sum(each for _, each in fitted) + COLUMN_GAP * (len(fitted) - 1) <= width


def test_no_rows() -> None:
    with pytest.raises(IndexError):
        NoRows().cells(0)
