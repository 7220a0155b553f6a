"""A program is known again, up to the last bits of its numbers, and no other one is taken for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.kept.program_mark import is_marked, mark_of
from router.model.linear_program import LinearProgram
from router.session.models import model_after
from tests.audit.random_scenarios import random_scenario


@pytest.fixture(scope="module")
def program() -> LinearProgram:
    return model_after(random_scenario(2), None).program


def test_the_same(program: LinearProgram) -> None:
    assert is_marked(program, mark_of(program))


def test_last_bits_do_not_matter(program: LinearProgram) -> None:
    noisy = replace(program, objective=np.nextafter(program.objective, np.inf), values=program.values * (1 + 2e-16))
    assert is_marked(noisy, mark_of(program))


@pytest.mark.parametrize("name", ["objective", "lower", "upper", "row_lower", "row_upper", "values"])
def test_one_number_changed(program: LinearProgram, name: str) -> None:
    numbers = getattr(program, name).copy()
    place = np.flatnonzero(np.isfinite(numbers))[-1]
    numbers[place] += 0.01 * max(1.0, float(np.abs(numbers[np.isfinite(numbers)]).max()))
    assert not is_marked(replace(program, **{name: numbers}), mark_of(program))


def test_a_limit_that_is_none(program: LinearProgram) -> None:
    upper = program.upper.copy()
    upper[np.flatnonzero(np.isfinite(upper))[0]] = np.inf
    assert not is_marked(replace(program, upper=upper), mark_of(program))


def test_prices_that_changed_places(program: LinearProgram) -> None:
    at = np.flatnonzero(np.diff(program.objective))[0]
    objective = program.objective.copy()
    objective[[at, at + 1]] = objective[[at + 1, at]]
    assert not is_marked(replace(program, objective=objective), mark_of(program))


def test_another_structure_or_unit(program: LinearProgram) -> None:
    columns = program.column_indices.copy()
    columns[0] = (columns[0] + 1) % program.columns
    assert not is_marked(replace(program, column_indices=columns), mark_of(program))
    assert not is_marked(replace(program, usd_per_unit=program.usd_per_unit * 10), mark_of(program))
    mark = mark_of(program)
    assert not is_marked(program, mark.model_copy(update={"sums": mark.sums[:-1]}))
