"""Anything found by some of its letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.view.finder import all_named, find

FRONTIER = all_named(load_scenario(scenario_path("frontier-lab")))
TINY = all_named(load_scenario(scenario_path("tiny")))


def test_all_that_has_a_name() -> None:
    assert {(named.name, named.view) for named in TINY if named.view != "prices"} == {
        ("chat", "demand"),
        ("fine-tune", "demand"),
        ("aws-h100", "capacity"),
        ("oracle-h100", "capacity"),
        ("oracle-ucm", "contracts"),
        ("oracle-ucm/year", "contracts"),
    }
    assert sum(named.view == "prices" for named in TINY) == 2
    assert len({(named.view, named.key) for named in FRONTIER}) == len(FRONTIER)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("chat", "chat"),
        ("fintune", "fine-tune"),
        ("AWS", "aws-h100"),
        ("oracle ucm", "oracle-ucm"),
        ("tune", "fine-tune"),
    ],
)
def test_what_was_meant_comes_first(typed: str, first: str) -> None:
    assert find(TINY, typed, 10)[0].name == first


def test_everything_is_found_by_its_own_name() -> None:
    for named in FRONTIER:
        assert named.name in [found.name for found in find(FRONTIER, named.name, 5)], named


def test_nothing_typed_is_everything_and_nonsense_is_nothing() -> None:
    assert find(TINY, "  ", 50) == list(TINY)
    assert find(TINY, "", 3) == list(TINY[:3])
    assert find(TINY, "zzzzqqq", 50) == []
    assert find((), "chat", 5) == []


@given(st.text(max_size=20))
def test_any_text(typed: str) -> None:
    found = find(FRONTIER, typed, 20)
    assert len(found) <= 20
    assert len(set(found)) == len(found)
