"""Cases by name."""

from __future__ import annotations

from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.whatif.case import Case
from router.whatif.question import Question


def case_named(question: Question, name: str) -> Case:
    """The case of a name: of a what-if, `base`, or `SWEEP/1`. Raises ScenarioError with the nearest name."""
    cases = {case.name: case for case in question.cases}
    if name in cases:
        return cases[name]
    group = {sweep.name: len(sweep.cases) for sweep in question.sweeps}
    group |= {draws.name: len(draws.cases) for draws in question.draws}
    start = name.split("/")[0]
    known = [case.name for case in question.whatifs] + [f"{each}/1" for each in group]
    if start in group:
        expected = f"one of {start}/1 to {start}/{group[start]}"
        problem = Problem(Position(question.file, 0, 0), "", f"the unknown case {quoted(name)}", expected)
    else:
        found = f"the unknown what-if {quoted(name)}"
        problem = Problem(Position(question.file, 0, 0), "", found, one_of(known), nearest(name, known))
    raise ScenarioError([problem])
