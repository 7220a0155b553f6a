"""The line about the cell under the cursor."""

from __future__ import annotations

import pytest

from router.view.cell_words import cell_words
from router.view.grid import Cells
from tests.view.grids import APART, EU, HEADING, JOB, SUM, US, grid


def words(*cells: int) -> str:
    """About these cells, the cursor on the first."""
    return cell_words(grid(), Cells(*cells), cells[0], cells[1])


def test_one_cell() -> None:
    assert words(SUM, 0, SUM, 0) == "the chat, 2026-01: 300 tokens/s"
    assert words(US, 1, US, 1) == "the us, 2026-02: 110"
    assert words(APART, 1, APART, 1).endswith(": nothing")
    assert words(JOB, 2, JOB, 2) == "the train: 5.00 k"
    assert words(HEADING, 0, HEADING, 0) == "heading"


def test_an_alert_is_said() -> None:
    made = grid()
    alerted = made.alerts.copy()
    alerted[US, 0] = True
    from dataclasses import replace

    told = cell_words(replace(made, alerts=alerted, alert_words="! look"), Cells(US, 0, US, 0), US, 0)
    assert told.endswith("! look")


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ((US, 0, US, 2), ("3 cells", "sum 330", "mean 110")),
        ((US, 0, EU, 3), ("8 cells", "sum 930", "mean 116")),
        ((HEADING, 0, HEADING, 3), ("4 cells", "all empty")),
        ((APART, 0, APART, 3), ("4 cells", "sum 16", "mean 8")),
    ],
)
def test_a_selection(cells: tuple[int, int, int, int], parts: tuple[str, ...]) -> None:
    for part in parts:
        assert part in words(*cells)
