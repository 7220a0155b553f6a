"""One matrix of all families: sorted, added up, and put together from what did not change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from router.model.assembly import sparse_rows
from router.model.model import build_model
from router.problem.problem import build_problem
from tests.audit.random_scenarios import random_scenario

ENTRY = st.tuples(st.integers(0, 5), st.integers(0, 7), st.sampled_from([-2.0, 0.25, 1.0, 3.0]))


@given(entries=st.lists(ENTRY, max_size=40))
def test_terms_are_sorted_and_added_up(entries: list[tuple[int, int, float]]) -> None:
    row = np.array([entry[0] for entry in entries], dtype=np.int64)
    column = np.array([entry[1] for entry in entries], dtype=np.int64)
    value = np.array([entry[2] for entry in entries], dtype=np.float64)
    found = sparse_rows(row, column, value, rows=6)
    expected = csr_matrix((value, (row, column)), shape=(6, 8))
    expected.sum_duplicates()
    assert found.starts.tolist() == expected.indptr.tolist()
    assert found.column.tolist() == expected.indices.tolist()
    assert found.value.tolist() == expected.data.tolist()
    assert [part.dtype.name for part in (found.starts, found.column, found.value)] == ["int32", "int32", "float64"]


def test_terms_of_one_row_and_column_are_added_in_their_order() -> None:
    value = np.array([0.1, 1e16, -1e16])
    found = sparse_rows(np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64), value, rows=1)
    assert found.value.tolist() == [(0.1 + 1e16) - 1e16]


@pytest.mark.parametrize("seed", range(6))
def test_the_matrix_is_that_of_all_terms(seed: int) -> None:
    model = build_model(build_problem(random_scenario(seed)))
    program = model.program
    shape: Any = (program.rows, program.columns)
    offsets = np.cumsum([0, *(family.count for family in model.rows)])
    row = np.concatenate([family.row + offset for family, offset in zip(model.rows, offsets[:-1], strict=True)])
    column = np.concatenate([family.column for family in model.rows])
    value = np.concatenate([family.value for family in model.rows])
    expected = csr_matrix((value, (row, column)), shape=shape)
    found = csr_matrix((program.values, program.column_indices, program.row_starts), shape=shape)
    assert found.has_canonical_format
    assert abs(found - expected).max() <= 1e-12
    assert found.nnz == expected.nnz
    assert program.row_lower.tolist() == np.concatenate([family.lower for family in model.rows]).tolist()
    assert program.row_upper.tolist() == np.concatenate([family.upper for family in model.rows]).tolist()
