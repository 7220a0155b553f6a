"""Reads changes one entry after another, each against the scenario that those before it lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from router.change.change import Change, Operation
from router.change.error import ChangeError
from router.change.tree import value_at
from router.reading.key_path import KeyPath, path_text
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.scenario.base import Part
from router.scenario.checks.every import findings
from router.scenario.scenario import Scenario
from router.scenario.series import Growth, Points, Stairs, Values
from router.whatif.blame import contradictions
from router.whatif.case import FactorValue
from router.whatif.entry import Entry, Places, PlainEntry
from router.whatif.situation import Situation
from router.whatif.template import Template
from router.whatif.times import Times

_OF_NAMES = (Operation.ADD, Operation.REMOVE)


@dataclass(frozen=True, slots=True)
class _Known:
    """Places that an entry was found to be about, and whether all of them are measures: numbers of no name's choice."""

    places: Places
    measures: bool


@dataclass
class Matches:
    """What the entries of one template were found to be about, for cases that differ in values only."""

    held: dict[tuple[KeyPath, str], _Known] = field(default_factory=dict)
    times: Times = field(default_factory=Times)


class Reading:
    """The changes of one case as they are read.

    ``checked``: every change is made at once, and all mistakes are collected; without, changes are made only as far as
    reading the next ones needs them, and the first mistake ends it. ``matches`` is shared by cases of which the entries
    without placeholders are the same and which begin with the same changes. ``loses_names``: whether a change that
    could not be made was to bring or take away something that others may refer to.
    """

    def __init__(self, scenario: Scenario, *, checked: bool = True, matches: Matches | None = None) -> None:
        self._original = scenario
        self._times = matches.times if matches is not None else Times()
        self._situation = Situation(scenario, self._times)
        self._checked = checked
        self._matches = matches
        self.changes: list[Change] = []
        self.at: list[Position] = []
        self.problems: list[Problem] = []
        self.loses_names = False
        self._not_added: list[str] = []

    def take(self, templates: Iterable[Template], values: Mapping[str, FactorValue] | None = None) -> None:
        """The entries of a list in order. Raises ScenarioError where not ``checked``."""
        for template in templates:
            if not self._checked:
                self._take(template, values or {})
                continue
            not_added = tuple(self._not_added)
            try:
                self._take(template, values or {})
            except ScenarioError as error:
                self.problems += [problem for problem in error.problems if not _follows(problem, not_added)]

    def check(self) -> None:
        """Collects what is wrong with the whole, where no single change is."""
        if not self.problems and self.changes and next(iter(findings(self._situation.whole())), None) is not None:
            self.problems += contradictions(self._original, self.changes, self.at)

    @property
    def scenario(self) -> Scenario:
        """What the changes lead to. Raises ChangeError where one cannot be made."""
        return self._situation.whole()

    def _take(self, template: Template, values: Mapping[str, FactorValue]) -> None:
        entry = template.read(values)
        try:
            self._make(template, entry)
        except ChangeError:
            self.loses_names |= isinstance(entry, PlainEntry) and entry.written.operation in _OF_NAMES
            raise

    def _make(self, template: Template, entry: Entry) -> None:
        known = self._known(template, entry)
        changes = entry.changes(known.places, self._situation)
        if template.varies and not (known.measures and all(map(_is_measure_change, changes))):
            # Places found for another case need not be those of this one from here on.
            self._matches = None
        try:
            self._extend(changes, (entry.at,) * len(changes))
        except ChangeError:
            self._not_added += [path_text(change.path) for change in changes if change.operation is Operation.ADD]
            raise

    def _known(self, template: Template, entry: Entry) -> _Known:
        key = (template.path, entry.where)
        known = self._matches.held.get(key) if self._matches is not None else None
        if known is None:
            scenario = self._situation.whole()
            places = entry.places(scenario)
            measures = not isinstance(entry, PlainEntry) or all(
                _is_measure(scenario, place.path, entry.at) for place in places
            )
            known = _Known(places, measures)
            if self._matches is not None:
                self._matches.held[key] = known
        return known

    def _extend(self, changes: tuple[Change, ...], at: tuple[Position, ...]) -> None:
        if self._checked:
            trial = Situation(self._situation.whole(), self._times)
            trial.take(changes, at)
            trial.whole()
            self._situation = trial
        else:
            self._situation.take(changes, at)
        self.changes += changes
        self.at += at


def _follows(problem: Problem, not_added: Iterable[str]) -> bool:
    """Whether a path leads nowhere only because what should be there was refused, which is told already."""
    return any(problem.path == path or problem.path.startswith((f"{path}.", f"{path}[")) for path in not_added)


def _is_measure(scenario: Scenario, path: KeyPath, at: Position) -> bool:
    """Whether numbers stand at a path that no filter asks for: quantities, alone or over time."""
    try:
        return _holds_measures(value_at(scenario, path, at))
    except ChangeError:
        return False


def _holds_measures(value: Any) -> bool:
    if isinstance(value, Part):
        return isinstance(value, Points | Growth | Values | Stairs)
    if isinstance(value, Mapping):
        return all(isinstance(key, date) for key in value)
    return isinstance(value, float)


def _is_measure_change(change: Change) -> bool:
    """Whether a change at a measure leaves a measure there."""
    if change.operation is not Operation.SET:
        return change.operation not in _OF_NAMES
    value = change.value
    return isinstance(value, (dict, float, int)) and not isinstance(value, bool)
