"""Columns and rows of an edited model are found again by their names."""

from __future__ import annotations

import random

import numpy as np
import pytest

from router.model.alignment import Alignment, align
from router.model.model import Model, build_model
from router.model.names import axis_labels, column_names, row_names
from router.problem.problem import build_problem
from tests.audit.random_scenarios import random_scenario
from tests.problem.edits import edited


def names(model: Model) -> tuple[list[str], list[str]]:
    labels = axis_labels(model.problem)
    columns = [name for block in model.columns.blocks.values() for name in column_names(block, labels)]
    rows = [name for family in model.rows for name in row_names(family, labels)]
    return columns, rows


def found_again(origin: np.ndarray, before: list[str], after: list[str]) -> list[str | None]:
    return [before[place] if place >= 0 else None for place in origin]


def assert_by_names(alignment: Alignment, before: Model, after: Model) -> None:
    for origin, old, new in zip((alignment.columns, alignment.rows), names(before), names(after), strict=True):
        known = set(old)
        expected = [name if name in known else None for name in new]
        assert found_again(origin, old, new) == expected


@pytest.mark.parametrize("takes_over", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_same_names_are_the_same_columns_and_rows(seed: int, takes_over: bool) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(seed)
    before = build_model(build_problem(scenario))
    for _ in range(15):
        scenario = edited(scenario, rng)
        problem = build_problem(scenario, before.problem if takes_over else None)
        after = build_model(problem, before if takes_over else None)
        assert_by_names(align(before, after), before, after)
        before = after


def test_a_model_is_aligned_with_itself() -> None:
    model = build_model(build_problem(random_scenario(3)))
    assert align(model, model).is_identity
