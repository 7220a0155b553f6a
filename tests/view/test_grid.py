"""Grids: their texts, their rectangles of cells, and what differs between two of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.view.grid import Cells, CellUnit, Grid, cells_that_differ
from tests.view.grids import EU, HEADING, SUM, US, grid


def test_texts() -> None:
    made = grid()
    assert made.text(SUM, 0) == "300"
    assert made.text(HEADING, 0) == ""
    assert made.editable_text(HEADING, 0) == ""
    exact = grid([[np.nan] * 4, [0.1 + 0.2] * 4, *[[1234567.5] * 4] * 4])
    assert exact.editable_text(SUM, 0) == "0.3"
    assert exact.editable_text(US, 0) == "1234567.5"


@pytest.mark.parametrize(
    ("unit", "text"),
    [(CellUnit.COUNT, "0.250"), (CellUnit.SHARE, "25 %"), (CellUnit.USD, "$0.25"), (CellUnit.USD_PER_UNIT, "$0.25")],
)
def test_units(unit: CellUnit, text: str) -> None:
    made = grid([[0.25] * 4] * 6)
    rows = tuple(replace(row, unit=unit) for row in made.rows)
    found = replace(made, rows=rows).text(1, 0)
    assert found.replace(" ", "").startswith(text.replace(" ", "")[:4])


def test_values_and_alerts_must_fit() -> None:
    made = grid()
    with pytest.raises(ValueError, match="grid 'test'"):
        Grid("test", (), made.columns, made.rows, made.values[:2], made.alerts)
    with pytest.raises(ValueError, match="grid 'test'"):
        Grid("test", (), made.columns, made.rows, made.values, made.alerts[:, :2])


def test_rows_by_key() -> None:
    assert grid().row_at(("eu",)) == EU
    assert grid().row_at(("nowhere",)) is None


def test_a_rectangle_whatever_its_corners() -> None:
    for cells in (Cells.between(1, 3, 2, 0), Cells.between(2, 0, 1, 3), Cells.between(1, 0, 2, 3)):
        assert cells == Cells(1, 0, 2, 3)
        assert cells.count == 8
        assert (list(cells.rows), list(cells.columns)) == ([1, 2], [0, 1, 2, 3])
        assert cells.holds(1, 0)
        assert cells.holds(2, 3)
        assert not cells.holds(0, 0)
        assert not cells.holds(1, 4)


def test_the_same_grid_differs_nowhere() -> None:
    assert not cells_that_differ(grid(), grid()).any()
    same = grid()
    assert not cells_that_differ(same, same).any()


def test_cells_that_differ() -> None:
    after, before = grid(), grid()
    after.values[US, 1] += 1
    after.values[EU, 0] *= 1 + 1e-12
    after.values[5, 0] = np.nan
    differ = cells_that_differ(after, before)
    assert differ[US, 1]
    assert differ[5, 0]
    assert differ.sum() == 2


def test_a_new_row_and_a_new_column_differ_and_what_went_does_not() -> None:
    before = grid()
    fewer = replace(before, rows=before.rows[:3], values=before.values[:3], alerts=before.alerts[:3])
    differ = cells_that_differ(before, fewer)
    assert not differ[:3].any()
    assert differ[3:5].all()
    assert list(differ[5]) == [True, False, True, False], "an empty cell is nothing new"
    assert not cells_that_differ(fewer, before).any()
    narrow = replace(before, columns=before.columns[1:], values=before.values[:, 1:], alerts=before.alerts[:, 1:])
    differ = cells_that_differ(before, narrow)
    assert differ[1:5, 0].all()
    assert not differ[:, 1:].any()
