"""A start is read back as it was, for its own program only."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from router.kept.kept_start import packed, start_of
from router.session.models import model_after
from tests.audit.random_scenarios import random_scenario
from tests.kept.keeping import kept_plan

SEED = 2


def arrays() -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(kept_plan(SEED).start), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def as_npz(contents: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **contents)
    return file.getvalue()


def test_round_trip() -> None:
    kept = kept_plan(SEED)
    program = model_after(random_scenario(SEED), None).program
    start = start_of(kept, program)
    assert start is not None
    again = start_of(replace(kept, start=packed(start)), program)
    assert again is not None
    assert np.array_equal(again.values, start.values)
    assert np.array_equal(again.prices, start.prices)
    assert np.array_equal(again.held.columns, start.held.columns)
    assert np.array_equal(again.relaxation.rows, start.relaxation.rows)
    assert again.empty_promise == start.empty_promise
    assert not start.values[~program.is_integer].any()


def test_another_program() -> None:
    assert start_of(kept_plan(SEED), model_after(random_scenario(3), None).program) is None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("decisions", np.array([np.nan])),
        ("prices", np.zeros(3)),
        ("prices", np.array([object()])),
        ("priced", np.array([1.0])),
        ("decided", np.array([10**6], dtype=np.int32)),
        ("decided", np.array([-1], dtype=np.int32)),
        ("held_columns", np.ones(3, dtype=np.int8)),
        ("held_rows", np.ones(3)),
        ("relaxation_rows", None),
    ],
)
def test_what_cannot_be(name: str, wrong: NDArray[Any] | None) -> None:
    program = model_after(random_scenario(SEED), None).program
    contents = arrays()
    assert start_of(replace(kept_plan(SEED), start=as_npz(contents)), program) is not None
    if wrong is None:
        del contents[name]
    else:
        contents[name] = wrong
    assert start_of(replace(kept_plan(SEED), start=as_npz(contents)), program) is None


def test_statuses_that_there_are_not() -> None:
    program = model_after(random_scenario(SEED), None).program
    for status in (0, 6, -1):
        contents = arrays()
        contents["held_columns"][0] = status
        assert start_of(replace(kept_plan(SEED), start=as_npz(contents)), program) is None
