"""What all of a planner's words have in common: each turns one entry of a what-if into plain changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Protocol

from router.arrays import FloatArray
from router.change.change import Change
from router.problem.calendar import Calendar
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.scenario.base import Part
from router.scenario.scenario import Scenario
from router.scenario.series import Series


class Held(Protocol):
    """The scenario that the changes so far lead to, brought up to date as far as someone looks at it."""

    @property
    def calendar(self) -> Calendar:
        """The planned time, in periods."""

    def series(self, demand: Series, calendar: Calendar) -> FloatArray:
        """A demand series in each period of the `calendar`, not to be written to. Shape (T,)."""

    def at(self, paths: Iterable[KeyPath]) -> Scenario:
        """A scenario that is up to date in the entries that paths lead into (`pools`, `north`), and in its horizon."""


class Word(Part):
    """An entry that begins with a planner's word. Its keys are checked; its names are not yet.

    ``expected``: what to say of keys that must be there and are not.
    """

    expected: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def places(self, scenario: Scenario) -> tuple[KeyPath, ...]:
        """Paths of what the entry is about, at least one. Depends on names, not on numbers or dates.

        Raises Mistake with the path inside the entry: a name that the scenario does not have.
        """

    @abstractmethod
    def changes(self, places: Sequence[KeyPath], held: Held) -> tuple[Change, ...]:
        """The changes at places that `places` gave. Raises Mistake with the path inside the entry."""


def check_one_rule(by: object, per_year: object) -> None:
    """Raises Mistake unless exactly one of the two keys is given."""
    if by is None and per_year is None:
        raise Mistake("by: a factor such as 1.2 or 120 %, or per_year: a rate such as 15 %", found="neither")
    if by is not None and per_year is not None:
        raise Mistake("one of them", found="both `by` and `per_year`", path=("per_year",), at_key=True)
