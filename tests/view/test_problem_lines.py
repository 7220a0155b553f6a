"""The mistakes of a file as lines."""

from __future__ import annotations

from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.view.problem_lines import problem_lines


def problem(file: str, line: int, column: int = 1) -> Problem:
    return Problem(Position(file, line, column), "horizon.start", "text 'x'", "a date")


def test_lines_of_one_file_do_not_repeat_its_name() -> None:
    title, lines = problem_lines(ScenarioError([problem("a.yaml", 12, 3), problem("a.yaml", 0)]))
    assert title == "a.yaml: 2 mistakes"
    assert lines == (
        "horizon.start: found text 'x', expected a date",
        "12:3: horizon.start: found text 'x', expected a date",
    )


def test_one_mistake() -> None:
    assert problem_lines(ScenarioError([problem("a.yaml", 1)]))[0] == "a.yaml: 1 mistake"


def test_lines_of_several_files_name_them() -> None:
    title, lines = problem_lines(ScenarioError([problem("a.yaml", 12), problem("b.yaml", 1)]))
    assert title == "2 files: 2 mistakes"
    assert [line.partition(":")[0] for line in lines] == ["a.yaml", "b.yaml"]
