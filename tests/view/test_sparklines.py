"""Many sparklines at once are the sparklines of each row."""

from __future__ import annotations

import numpy as np
import pytest

from router.report.letters import letters_for
from router.view.sparkline import sparkline
from router.view.sparklines import sparklines


@pytest.mark.parametrize(("columns", "width"), [(44, 8), (3, 8), (1, 1), (500, 8), (0, 8), (5, 0)])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_each_row_as_if_alone(columns: int, width: int, encoding: str) -> None:
    letters = letters_for(encoding)
    values = np.random.default_rng(7).normal(2.0, 3.0, (40, columns)) * (np.arange(40) % 5)[:, None]
    values[np.random.default_rng(8).random(values.shape) < 0.3] = np.nan
    assert sparklines(values, width, letters) == [sparkline(row, width, letters) for row in values]


def test_no_rows() -> None:
    assert sparklines(np.zeros((0, 4)), 8, letters_for("utf-8")) == []
