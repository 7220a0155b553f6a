"""The nearest valid name."""

from __future__ import annotations

import time

import pytest

from router.reading.key_path import path_text
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError

NAMES = ["training", "inference", "agents", "gang_size", "on_demand"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("infernce", "inference"),
        ("Inference", "inference"),
        ("gang-size", "gang_size"),
        ("GANG SIZE", "gang_size"),
        ("ondemand", "on_demand"),
        ("agent", "agents"),
        ("xyz", None),
        ("", None),
    ],
)
def test_nearest(name: str, expected: str | None) -> None:
    assert nearest(name, NAMES) == expected


def test_no_candidates_and_endless_names_take_no_time() -> None:
    assert nearest("a", []) is None
    start = time.process_time()
    assert nearest("x" * 1_000_000, ["x" * 999_999]) is None
    assert time.process_time() - start < 0.1


def test_key_paths() -> None:
    assert path_text(()) == ""
    assert path_text((0, "a", 1, 2, "b_c-d")) == "[0].a[1][2].b_c-d"
    assert path_text(("a", "p5.48xlarge", "x y", "it's")) == "a['p5.48xlarge']['x y'][\"it's\"]"
    assert len(path_text(("x" * 1000,))) < 80


def test_problems_are_sorted_and_told_once() -> None:
    late = Problem(Position("f.yaml", 9, 1), "b", "1", "2")
    early = Problem(Position("f.yaml", 2, 30), "a", "1", "2", suggestion="x")
    whole = Problem(Position("f\n.yaml", 0, 0), "", "no such file", "a file")
    error = ScenarioError([late, early, late, whole])
    assert error.problems == (whole, early, late)
    assert str(error).split("\n") == [
        "f\\n.yaml: found no such file, expected a file",
        "f.yaml:2:30: a: found 1, expected 2; did you mean 'x'?",
        "f.yaml:9:1: b: found 1, expected 2",
    ]
