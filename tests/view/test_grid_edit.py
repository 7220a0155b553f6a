"""What typing over cells, filling and shifting change in the scenario."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.change.change import Change, Operation, Span
from router.reading.problems import Mistake
from router.view.entry import read_entry
from router.view.grid import Cells, GridColumn
from router.view.grid_edit import cells_words, edited, filled_right, shifted, step_of
from tests.view.grids import APART, DEADLINE, EU, FIRST, HEADING, JOB, SECOND, SUM, US, WORK, dates, grid


def typed(text: str, *cells: int) -> tuple[Change, ...]:
    """What a text typed over cells changes."""
    return edited(grid(), Cells(*cells), read_entry(text))


def test_one_cell_of_a_value_over_time() -> None:
    assert typed("50", US, 1, US, 1) == (Change(FIRST, Operation.SET, 50, dates(1, 1)),)
    assert typed("+5", US, 1, US, 1) == (Change(FIRST, Operation.INCREASE, 5, dates(1, 1)),)
    assert typed("*2", US, 1, US, 1) == (Change(FIRST, Operation.SCALE, 2, dates(1, 1)),)


def test_neighbours_are_one_change_and_a_whole_row_needs_no_dates() -> None:
    assert typed("*2", US, 1, US, 2) == (Change(FIRST, Operation.SCALE, 2, dates(1, 2)),)
    assert typed("*2", US, 0, US, 3) == (Change(FIRST, Operation.SCALE, 2),)
    assert typed("7", US, 0, US, 3) == (Change(FIRST, Operation.SET, 7, dates(0, 3)),)


def test_several_rows() -> None:
    assert {change.path for change in typed("9", US, 0, EU, 0)} == {FIRST, SECOND}


def test_rows_that_cannot_be_edited_are_passed_over_where_others_can() -> None:
    assert typed("*2", HEADING, 0, US, 0)
    with pytest.raises(Mistake) as told:
        typed("9", HEADING, 0, HEADING, 3)
    assert told.value.found == "the heading"


def test_one_value_whatever_the_cell() -> None:
    for column in range(4):
        assert typed("9", JOB, column, JOB, column) == (Change(WORK, Operation.SET, 9),)


def test_values_apart() -> None:
    changes = typed("+1", APART, 0, APART, 3)
    assert [change.path for change in changes] == [("contracts", "c", "a"), ("contracts", "c", "b")]
    with pytest.raises(Mistake):
        typed("9", APART, 1, APART, 1)


def test_a_sum_grows_in_proportion() -> None:
    changes = typed("600", SUM, 0, SUM, 0)
    assert [change.path for change in changes] == [FIRST, SECOND]
    assert all(change.operation is Operation.SCALE and change.value == pytest.approx(2) for change in changes)
    assert all(change.dates == dates(0, 0) for change in changes)
    for change in typed("+30", SUM, 0, SUM, 0):
        assert change.value == pytest.approx(1.1)
    assert typed("*2", SUM, 0, SUM, 1) == (
        Change(FIRST, Operation.SCALE, 2, dates(0, 1)),
        Change(SECOND, Operation.SCALE, 2, dates(0, 1)),
    )


def test_a_sum_of_nothing_cannot_be_shared_out() -> None:
    for text in ("5", "+5", "+"):
        with pytest.raises(Mistake) as told:
            typed(text, SUM, 3, SUM, 3)
        assert "2026-04" in str(told.value.found)
    with pytest.raises(Mistake, match="sum"):
        typed("-301", SUM, 0, SUM, 0)


def test_nothing_to_change_and_something_to_set() -> None:
    empty = grid()
    empty.values[US, 2] = np.nan
    cells = Cells(US, 2, US, 2)
    assert edited(empty, cells, read_entry("5")) == (Change(FIRST, Operation.SET, 5, dates(2, 2)),)
    with pytest.raises(Mistake) as told:
        edited(empty, cells, read_entry("*2"))
    assert "type a number" in str(told.value.expected)
    around = edited(empty, Cells(US, 0, US, 3), read_entry("*2"))
    assert [change.dates for change in around] == [dates(0, 1), dates(3, 3)]


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ([400, 320, 240, 0], 20),
        ([1000, 0, 0, 0], 50),
        ([1, 0, 0, 0], 1),
        ([9, 9, 9, 9], 1),
        ([0.5, 0.1, 0, 0], 0.02),
        ([0, 0, 0, 0], 1),
        ([np.nan] * 4, 1),
        ([-5, 0, 0, 0], 1),
        ([1e12, 0, 0, 0], 5e10),
    ],
)
def test_steps_are_round(values: list[float], step: float) -> None:
    made = grid()
    made.values[US] = values
    assert step_of(made, US) == pytest.approx(step)


def test_steps_up_and_down() -> None:
    (up,) = typed("+", US, 0, US, 0)
    (down,) = typed("---", US, 0, US, 0)
    assert (up.operation, up.value) == (Operation.INCREASE, 5)
    assert (down.operation, down.value) == (Operation.INCREASE, -15)


def test_fill_right() -> None:
    assert filled_right(grid(), Cells(US, 1, US, 1)) == (Change(FIRST, Operation.SET, 110, dates(2, 3)),)
    assert filled_right(grid(), Cells(US, 0, US, 2)) == (Change(FIRST, Operation.SET, 100, dates(1, 2)),)
    assert len(filled_right(grid(), Cells(US, 0, EU, 0))) == 2
    for cells in (Cells(US, 3, US, 3), Cells(JOB, 0, JOB, 0), Cells(HEADING, 0, HEADING, 0)):
        with pytest.raises(Mistake):
            filled_right(grid(), cells)


def test_shifts() -> None:
    assert shifted(grid(), [JOB], "deadline", 2) == (Change(DEADLINE, Operation.SHIFT, Span(months=2)),)
    assert shifted(grid(), range(6), "deadline", -1) == (Change(DEADLINE, Operation.SHIFT, Span(months=-1)),)
    with pytest.raises(Mistake) as told:
        shifted(grid(), [US], "deadline", 1)
    assert "deadline" in str(told.value.expected)
    weeks = replace(
        grid(),
        columns=tuple(
            GridColumn(str(at), replace(dates(0, 0), end=dates(0, 0).start.replace(day=8))) for at in range(4)
        ),
    )
    assert shifted(weeks, [JOB], "deadline", 2)[0].value == Span(days=14)
    with pytest.raises(Mistake):
        shifted(replace(grid(), columns=tuple(GridColumn(str(at)) for at in range(4))), [JOB], "deadline", 1)


def test_cells_in_words() -> None:
    assert cells_words(grid(), Cells(US, 0, US, 0)) == "the us, 2026-01"
    assert cells_words(grid(), Cells(JOB, 0, JOB, 0)) == "the train"
    assert cells_words(grid(), Cells(US, 0, EU, 0)) == "the us and 1 more row, 2026-01"
