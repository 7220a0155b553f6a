"""A row of numbers as small bars."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.report.letters import letters_for
from router.view.sparkline import sparkline

LETTERS = letters_for("utf-8")


@pytest.mark.parametrize(
    ("values", "width", "drawn"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8], 8, "▁▂▃▄▅▆▇█"),
        ([0, 8], 2, " █"),
        ([5, 5, 5], 3, "███"),
        ([1, 8], 4, "▁▁██"),
        ([0, 0], 3, "···"),
        ([np.nan, 4], 2, " █"),
        ([], 3, "   "),
        ([1], 0, ""),
        ([0.001, 1000], 2, "▁█"),
    ],
)
def test_bars(values: list[float], width: int, drawn: str) -> None:
    assert sparkline(np.array(values, dtype=np.float64), width, LETTERS) == drawn


@given(st.lists(st.floats(0, 1e12) | st.just(float("nan")), max_size=90), st.integers(0, 40))
def test_always_as_wide_as_asked(values: list[float], width: int) -> None:
    for encoding in ("utf-8", "ascii"):
        assert len(sparkline(np.array(values, dtype=np.float64), width, letters_for(encoding))) == width
