"""Changes applied to a scenario: the one function that edits, for the app, `--set` and what-if files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from router.change.change import Change, Operation
from router.change.error import ChangeError, document_of, numbered, refusal
from router.change.numbers import new_value
from router.change.shift import shifted
from router.change.single_edit import edited
from router.reading.key_path import KeyPath
from router.reading.position import Position
from router.reading.problems import Problem
from router.reading.validation import problem_at
from router.scenario.checks.every import findings
from router.scenario.checks.finding import Finding
from router.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Applied:
    """The scenario after changes, and the changes that take them back: applied, they give a scenario equal by value,
    in the order of its keys, and in which optional keys are given.

    All that the changes do not touch is the same objects as before.
    """

    scenario: Scenario
    inverse: tuple[Change, ...]


def apply(scenario: Scenario, change: Change, at: Position | None = None) -> Applied:
    """The scenario after one change, checked as its file would be.

    ``at``: where the change stands, for what is said of it; left out, `change 1`. Raises ChangeError with all that is
    wrong; the scenario is frozen, and remains what it was.
    """
    return apply_all(scenario, (change,), None if at is None else (at,))


def apply_all(scenario: Scenario, changes: Sequence[Change], at: Sequence[Position] | None = None) -> Applied:
    """The scenario after several changes in order, checked as a whole after the last one.

    ``at``: where each change stands; left out, `change 1` and so on. Raises ChangeError: of the first change that
    the scenario's format refuses, or of all that is wrong with the whole.
    """
    positions = [numbered(index) for index in range(len(changes))] if at is None else list(at)
    applied = unchecked(scenario, changes, positions)
    wrong = list(findings(applied.scenario)) if changes else []
    if wrong:
        raise ChangeError(_problems(applied.scenario, changes, positions, wrong))
    return applied


def unchecked(scenario: Scenario, changes: Sequence[Change], at: Sequence[Position]) -> Applied:
    """The scenario after changes that are held against its format only, not against its own names and dates."""
    inverse: list[Change] = []
    for change, position in zip(changes, at, strict=True):
        for simple in _simple(scenario, change, position):
            result = edited(scenario, simple, position)
            scenario = result.scenario
            inverse.append(result.inverse)
    return Applied(scenario, tuple(reversed(inverse)))


def _simple(scenario: Scenario, change: Change, at: Position) -> tuple[Change, ...]:
    """The changes that set, add or remove one value each, which a change comes to."""
    operation = change.operation
    if not change.path:
        raise refusal(at, (), "an empty path", "the path of a value in the scenario")
    if change.dates is not None and operation not in (Operation.SET, Operation.SCALE, Operation.INCREASE):
        expected = "no dates: only set, scale and increase take them"
        raise refusal(at, change.path, f"dates to {operation.value}", expected)
    if change.before is not None and operation is not Operation.ADD:
        raise refusal(at, change.path, f"`before` to {operation.value}", "no `before`: only add takes it")
    if operation is Operation.SHIFT:
        return shifted(scenario, change, at)
    if change.dates is not None or operation in (Operation.SCALE, Operation.INCREASE):
        return (Change(change.path, Operation.SET, new_value(scenario, change, at)),)
    return (change,)


def _problems(
    scenario: Scenario, changes: Sequence[Change], at: Sequence[Position], wrong: Sequence[Finding]
) -> list[Problem]:
    data = scenario.model_dump()
    problems = []
    for finding in wrong:
        document = document_of(data, at[_cause(finding.path, changes)])
        problems.append(
            problem_at(
                document,
                finding.path,
                finding.expected,
                found=finding.found,
                candidates=finding.candidates,
                at=finding.at,
            )
        )
    return problems


def _cause(path: KeyPath, changes: Sequence[Change]) -> int:
    """The change that most likely made the value at a path wrong: the last of those nearest to it."""
    return max(range(len(changes)), key=lambda index: (_shared(path, changes[index].path), index))


def _shared(one: KeyPath, other: KeyPath) -> int:
    length = 0
    while length < min(len(one), len(other)) and str(one[length]) == str(other[length]):
        length += 1
    return length
