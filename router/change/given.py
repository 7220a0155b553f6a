"""Changes that someone wrote, with where each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from router.change.apply import apply_all, unchecked
from router.change.change import Change, Operation
from router.change.error import ChangeError
from router.reading.key_path import path_text
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Given:
    """Changes in order, and a position for each: what `apply_all` takes."""

    changes: tuple[Change, ...]
    at: tuple[Position, ...]


class InOrder:
    """Reads changes one after another, each against the scenario that those before it lead to.

    Mistakes are collected, so that all are told in one go. ``may_add``: whether a text that cannot be read may have
    meant to add something.
    """

    def __init__(self, scenario: Scenario, *, may_add: bool = True) -> None:
        self._original = self._scenario = scenario
        self._changes: list[Change] = []
        self._at: list[Position] = []
        self._problems: list[Problem] = []
        self._not_added: list[str] = []
        self._may_add = may_add
        self._is_whole = True

    def take(self, read: Callable[[Scenario], Change], at: Position) -> None:
        """One change; ``read`` raises ScenarioError where what stands there is none. ``at``: where its value stands."""
        change: Change | None = None
        try:
            change = read(self._scenario)
            self._scenario = unchecked(self._scenario, (change,), (at,)).scenario
        except ScenarioError as error:
            if self._may_add and (change is None or change.operation in (Operation.ADD, Operation.REMOVE)):
                # What the others refer to may be what this one brings.
                self._is_whole = False
            if change is not None and change.operation is Operation.ADD:
                self._not_added.append(path_text(change.path))
            self._problems.extend(problem for problem in error.problems if not self._follows(problem, change))
            return
        self._changes.append(change)
        self._at.append(at)

    def given(self) -> Given:
        """What was read. Raises ChangeError with all mistakes."""
        if self._problems:
            raise ChangeError([*self._problems, *self._contradictions()])
        return Given(tuple(self._changes), tuple(self._at))

    def _contradictions(self) -> Sequence[Problem]:
        """What is wrong with the whole that the changes without a mistake of their own lead to."""
        if not self._is_whole:
            return ()
        try:
            apply_all(self._original, self._changes, self._at)
        except ChangeError as error:
            return error.problems
        return ()

    def _follows(self, problem: Problem, change: Change | None) -> bool:
        """Whether a path leads nowhere only because what should be there was refused, which is told already."""
        return change is None and any(
            problem.path == path or problem.path.startswith((f"{path}.", f"{path}[")) for path in self._not_added
        )
