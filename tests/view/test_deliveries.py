"""Deliveries that slip."""

from __future__ import annotations

from datetime import date

import pytest

from router.change.apply import apply_all
from router.reading.problems import Mistake
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.view.deliveries import delayed


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_scenario(scenario_path("tiny"))


def test_a_delivery_slips_and_what_came_before_stays(tiny: Scenario) -> None:
    before = tiny.pools["oracle-h100"].capacity
    assert isinstance(before, dict)
    first, second = sorted(before)
    after = apply_all(tiny, delayed(tiny, "oracle-h100", second, 1)).scenario.pools["oracle-h100"].capacity
    assert after == {first: before[first], date(2026, 4, 1): before[second]}


def test_from_the_first_delivery_on_all_slip(tiny: Scenario) -> None:
    before = tiny.pools["oracle-h100"].capacity
    assert isinstance(before, dict)
    (change,) = delayed(tiny, "oracle-h100", min(before), 3)
    assert len(change.value) == len(before)
    assert not set(change.value) & set(before)


@pytest.mark.parametrize(
    ("pool", "start", "months", "words"),
    [
        ("aws-h100", date(2026, 1, 1), 1, "the same at all times"),
        ("oracle-h100", date(2030, 1, 1), 1, "none; the last is on 2026-03-01"),
        ("oracle-h100", date(2026, 3, 1), -2, "one moved to 2026-01-01"),
    ],
)
def test_what_cannot_be_moved_is_told(tiny: Scenario, pool: str, start: date, months: int, words: str) -> None:
    with pytest.raises(Mistake) as told:
        delayed(tiny, pool, start, months)
    assert words in str(told.value.found)
