"""Numbers copied from and pasted over a grid."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.change.change import Operation
from router.reading.problems import Mistake
from router.view.grid import Cells
from router.view.pasted import copied, pasted, table_rows
from tests.view.grids import EU, FIRST, HEADING, JOB, SECOND, SUM, US, dates, grid

AT_US = Cells(US, 0, US, 0)


def test_one_number_goes_into_every_cell() -> None:
    changes = pasted(grid(), Cells(US, 0, EU, 1), "5\n")
    assert [(change.path, change.value, change.dates) for change in changes] == [
        (FIRST, 5, dates(0, 1)),
        (SECOND, 5, dates(0, 1)),
    ]


@pytest.mark.parametrize("text", ["1\t2\n3\t4", "1\t2\r\n3\t4\r\n", "1;2\n3;4", " 1 \t 2 \n3\t4"])
def test_a_block_starts_at_the_first_cell(text: str) -> None:
    changes = pasted(grid(), AT_US, text)
    assert [(change.path, change.value, change.dates) for change in changes] == [
        (FIRST, 1, dates(0, 0)),
        (FIRST, 2, dates(1, 1)),
        (SECOND, 3, dates(0, 0)),
        (SECOND, 4, dates(1, 1)),
    ]
    assert all(change.operation is Operation.SET for change in changes)


def test_equal_neighbours_are_one_change_and_empty_fields_stay() -> None:
    changes = pasted(grid(), AT_US, "5\t5\t\t5")
    assert [(change.value, change.dates) for change in changes] == [(5, dates(0, 1)), (5, dates(3, 3))]


@pytest.mark.parametrize(
    ("cells", "text", "words"),
    [
        (AT_US, "", "empty clipboard"),
        (AT_US, " \n ", "empty clipboard"),
        (AT_US, "1\tx", "line 1, field 2"),
        (AT_US, "1\n2\n1\t?", "line 3, field 2"),
        (AT_US, "1\t2\t3\t4\t5", "1 line of up to 5 numbers"),
        (AT_US, "1\n" * 9, "9 lines of up to 1 number"),
        (Cells(EU, 0, EU, 0), "1\t1\n" * 4, "4 lines of up to 2"),
        (AT_US, "\t", "empty clipboard"),
        (Cells(HEADING, 0, HEADING, 0), "1\t2", "the heading"),
        (AT_US, "\n".join(["1\t" * 400] * 300), "more"),
    ],
)
def test_what_cannot_be_pasted(cells: Cells, text: str, words: str) -> None:
    with pytest.raises(Mistake) as told:
        pasted(grid(), cells, text)
    assert words in str(told.value.found)


def test_copied_cells_come_back_as_they_were() -> None:
    text = copied(grid(), Cells(US, 0, EU, 3))
    assert text == "100\t110\t120\t0\n200\t200\t200\t0"
    for change in pasted(grid(), AT_US, text):
        at = US if change.path == FIRST else EU
        assert change.dates is not None
        assert change.value in grid().values[at]


def test_a_whole_table() -> None:
    table = table_rows(grid())
    assert table[0] == ["", "kind", "2026-01", "2026-02", "2026-03", "2026-04"]
    assert table[1 + HEADING] == ["heading", "", "", "", "", ""]
    assert table[1 + SUM] == ["chat", "both", "300", "310", "320", "0"]
    assert table[1 + US][0] == "  us"
    assert table[1 + JOB][2] == "5000"
    assert {len(line) for line in table} == {6}


@given(st.text("0123456789.\t\n;, kMx-", max_size=30))
def test_any_text_is_pasted_or_told_of(text: str) -> None:
    with suppress(Mistake):
        assert pasted(grid(), AT_US, text)
