"""Which change made a scenario contradict itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from router.change.apply import unchecked
from router.change.change import Change
from router.change.error import document_of
from router.reading.position import Position
from router.reading.problems import Problem
from router.reading.validation import problem_at
from router.scenario.checks.every import findings
from router.scenario.checks.finding import Finding
from router.scenario.scenario import Scenario


def contradictions(scenario: Scenario, changes: Sequence[Change], at: Sequence[Position]) -> tuple[Problem, ...]:
    """What is wrong with the whole that changes lead to, each at the last change after which it was wrong.

    The changes can each be made. Where nothing is wrong, only the whole is checked; where something is, the scenario is
    checked after every change.
    """
    whole = unchecked(scenario, changes, at).scenario
    wrong = list(findings(whole))
    if not wrong:
        return ()
    data = whole.model_dump()
    causes = _causes(scenario, changes, at, wrong)
    return tuple(
        problem_at(
            document_of(data, at[cause]),
            finding.path,
            finding.expected,
            found=finding.found,
            candidates=finding.candidates,
            at=finding.at,
        )
        for finding, cause in zip(wrong, causes, strict=True)
    )


def _causes(
    scenario: Scenario, changes: Sequence[Change], at: Sequence[Position], wrong: Sequence[Finding]
) -> Iterator[int]:
    """For each finding, the index of the change that brought it for the last time."""
    causes = dict.fromkeys(map(_mark, wrong), len(changes) - 1)
    before: set[object] = set()
    for index, (change, position) in enumerate(zip(changes, at, strict=True)):
        scenario = unchecked(scenario, (change,), (position,)).scenario
        now = {mark for finding in findings(scenario) if (mark := _mark(finding)) in causes}
        causes |= dict.fromkeys(now - before, index)
        before = now
    return (causes[_mark(finding)] for finding in wrong)


def _mark(finding: Finding) -> object:
    return (finding.path, finding.found, finding.expected)
