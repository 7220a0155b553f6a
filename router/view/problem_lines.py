"""The mistakes of a scenario file as lines to read one below the other."""

from __future__ import annotations

from router.reading.problems import Problem, ScenarioError


def problem_lines(error: ScenarioError) -> tuple[str, tuple[str, ...]]:
    """A title with the file's name and how many mistakes there are, and one line for each.

    Where all are in one file, no line repeats its name: `12:5: horizon.start: found ...`.
    """
    count = len(error.problems)
    files = dict.fromkeys(problem.position.file for problem in error.problems)
    if len(files) != 1:
        return f"{len(files)} files: {count} mistakes", tuple(map(str, error.problems))
    return f"{next(iter(files))}: {count} mistake{'' if count == 1 else 's'}", tuple(map(_within_file, error.problems))


def _within_file(problem: Problem) -> str:
    at = problem.position
    line = str(problem).removeprefix(str(at)).removeprefix(": ")
    return f"{at.line}:{at.column}: {line}" if at.line else line
