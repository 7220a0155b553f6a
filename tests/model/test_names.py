"""Names of columns and rows in the user's words: one for each, none twice."""

from __future__ import annotations

from collections import Counter

import pytest

from router.model.model import build_model
from router.model.names import axis_labels, column_names, row_names
from router.problem.problem import build_problem
from tests.model.golden_cases import CASES


@pytest.mark.parametrize("name", CASES)
def test_every_column_and_row_has_a_name_of_its_own(name: str) -> None:
    model = build_model(build_problem(CASES[name][0]()))
    labels = axis_labels(model.problem)
    columns = [found for block in model.columns.blocks.values() for found in column_names(block, labels)]
    rows = [found for family in model.rows for found in row_names(family, labels)]
    assert len(columns) == model.program.columns
    assert len(rows) == model.program.rows
    assert [found for found, count in Counter(columns + rows).items() if count > 1] == []
