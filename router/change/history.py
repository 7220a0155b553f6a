"""Changes made to a scenario since it was saved: undone, done again, or one of them taken back alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from router.change.apply import apply_all, unchecked
from router.change.change import Change
from router.change.error import ChangeError, numbered
from router.reading.position import Position
from router.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Changes that were applied as one, and those that take them back from the scenario they led to.

    ``whatif``: the name of the what-if that they are; empty for edits made one by one.
    """

    changes: tuple[Change, ...]
    inverse: tuple[Change, ...]
    whatif: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """What one undo takes back: the last entries ``before`` it, and those that stand in their place ``after`` it."""

    before: tuple[Entry, ...]
    after: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The whole step as one entry."""
        if not self.before and len(self.after) == 1:
            return self.after[0]
        return Entry(_forth(_back(self.before), self.after), _forth(_back(self.after), self.before))


def _back(entries: Sequence[Entry]) -> tuple[Change, ...]:
    return tuple(change for entry in reversed(entries) for change in entry.inverse)


def _forth(changes: tuple[Change, ...], entries: Sequence[Entry]) -> tuple[Change, ...]:
    return (*changes, *(change for entry in entries for change in entry.changes))


class History:
    """One scenario under edit. It holds the saved scenario, the current one, and changes; no other scenario.

    Undo and redo are exact: what they lead back to equals what was there by value.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._entries: list[Entry] = []
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        # Steps before this one were saved; undone all the same, each leaves an entry that takes it back.
        self._saved_steps = 0

    @property
    def scenario(self) -> Scenario:
        """The scenario with all changes made."""
        return self._scenario

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What leads from the saved scenario to the current one, in order. Empty: nothing to save."""
        return tuple(self._entries)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo, be it saved or not."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step to do again."""
        return bool(self._undone)

    def apply(self, changes: Sequence[Change], at: Sequence[Position] | None = None, whatif: str = "") -> Scenario:
        """The scenario with some more changes made as one, those of a what-if where it is named.

        Raises ChangeError, and is then as it was.
        """
        applied = apply_all(self._scenario, changes, at)
        self._push(_Step((), (Entry(tuple(changes), applied.inverse, whatif),)), applied.scenario)
        return self._scenario

    def undo(self) -> Scenario:
        """The scenario without the last step, a taking back among them. Raises IndexError where there is none."""
        step = self._done.pop()
        self._scenario = _exactly(self._scenario, step.entry.inverse)
        if len(self._done) < self._saved_steps:
            self._entries.append(Entry(step.entry.inverse, step.entry.changes))
        else:
            self._replace_last(step.after, step.before)
        self._undone.append(step)
        return self._scenario

    def redo(self) -> Scenario:
        """The scenario with the last undone step made again. Raises IndexError where there is none."""
        step = self._undone.pop()
        self._scenario = _exactly(self._scenario, step.entry.changes)
        if len(self._done) < self._saved_steps:
            self._entries.pop()
        else:
            self._replace_last(step.before, step.after)
        self._done.append(step)
        return self._scenario

    def take_back(self, index: int) -> Scenario:
        """The scenario without one of the ``entries``, the later ones made again on what was there before it.

        One undo brings it back. Raises IndexError where there is no such entry, and ChangeError where a later entry
        cannot be without it, which the error names: `change 3` for the third entry.
        """
        if not 0 <= index < len(self._entries):
            raise IndexError(f"no entry {index} of {len(self._entries)}")
        before = tuple(self._entries[index:])
        scenario = _exactly(self._scenario, _back(before))
        after: list[Entry] = []
        for later, entry in enumerate(before[1:], index + 1):
            try:
                applied = apply_all(scenario, entry.changes, [numbered(later)] * len(entry.changes))
            except ChangeError as error:
                needs = f"it needs change {index + 1}, which was to be taken back"
                raise ChangeError(
                    replace(problem, note=f"{problem.note}; {needs}" if problem.note else needs)
                    for problem in error.problems
                ) from None
            after.append(Entry(entry.changes, applied.inverse, entry.whatif))
            scenario = applied.scenario
        self._push(_Step(before, tuple(after)), scenario)
        return self._scenario

    def saved(self) -> None:
        """The current scenario is the saved one from now on. What was done can still be undone."""
        self._entries.clear()
        self._saved_steps = len(self._done)
        # What they replaced is no entry any more; made again, each is an entry of its own.
        self._undone = [_Step((), (step.entry,)) for step in self._undone]

    def _push(self, step: _Step, scenario: Scenario) -> None:
        self._scenario = scenario
        self._replace_last(step.before, step.after)
        # Saved steps that were undone cannot be done again: the entries that took them back stay.
        self._saved_steps = min(self._saved_steps, len(self._done))
        self._done.append(step)
        self._undone.clear()

    def _replace_last(self, old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
        self._entries[len(self._entries) - len(old) :] = new


def _exactly(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    """The scenario after changes that led to a valid one before."""
    return unchecked(scenario, changes, [numbered(index) for index in range(len(changes))]).scenario
