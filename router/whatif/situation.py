"""The scenario that changes lead to, made as far as someone looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from router.arrays import FloatArray
from router.change.apply import unchecked
from router.change.change import Change, Operation
from router.problem.calendar import Calendar
from router.reading.key_path import KeyPath
from router.reading.position import Position
from router.scenario.scenario import Scenario
from router.scenario.series import Series
from router.whatif.times import Times

_HORIZON = "horizon"
_ENTRY = 2
"""Steps of a path to an entry of a section: `pools`, `north`."""


class Situation:
    """A scenario and the changes made to it since. Changes to one entry do not touch what is read of another, so that
    a thousand draws of demand need not be made only to read what a delay does to pools.

    What is read raises ChangeError where a change that it needs cannot be made. ``times`` may be shared with other
    situations.
    """

    def __init__(self, scenario: Scenario, times: Times) -> None:
        self._scenario = scenario
        self._times = times
        self._pending: list[tuple[Change, Position]] = []

    @property
    def calendar(self) -> Calendar:
        """The planned time, in periods."""
        return self._times.calendar(self.at(()).horizon)

    def series(self, demand: Series, calendar: Calendar) -> FloatArray:
        """A demand series in each period of the `calendar`, not to be written to. Shape (T,)."""
        return self._times.series(demand, calendar)

    def take(self, changes: Sequence[Change], at: Sequence[Position]) -> None:
        """Changes that come next, to be made when someone looks."""
        self._pending += zip(changes, at, strict=True)

    def at(self, paths: Iterable[KeyPath]) -> Scenario:
        """A scenario that is up to date in the entries that paths lead into (`pools`, `north`), and in its horizon."""
        entries = {path[:_ENTRY] for path in paths}
        sections = {entry[0] for entry in entries}
        wanted: list[tuple[Change, Position]] = []
        rest: list[tuple[Change, Position]] = []
        for each in self._pending:
            change = each[0]
            if change.path[0] == _HORIZON or (_moves_entries(change) and change.path[0] in sections):
                # Dates of what came before the horizon's change mean those of the old one.
                return self.whole()
            (wanted if change.path[:_ENTRY] in entries else rest).append(each)
        self._pending = rest
        self._make(wanted)
        return self._scenario

    def whole(self) -> Scenario:
        """The scenario with all changes made."""
        pending, self._pending = self._pending, []
        self._make(pending)
        return self._scenario

    def _make(self, pending: Sequence[tuple[Change, Position]]) -> None:
        if pending:
            changes, at = zip(*pending, strict=True)
            self._scenario = unchecked(self._scenario, changes, at).scenario


def _moves_entries(change: Change) -> bool:
    """Whether entries of a section come, go or change their index."""
    return len(change.path) < _ENTRY or (
        len(change.path) == _ENTRY and change.operation in (Operation.ADD, Operation.REMOVE)
    )
