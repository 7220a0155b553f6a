"""The course of a session without its scenario: which changes are not saved, told by their words.

It follows `router.change.history.History` step by step and knows no value: a lost session is told of in no time.
"""

from __future__ import annotations

from dataclasses import dataclass

from router.change.change import Change
from router.workspace.steps import Apply, Redo, Saved, Step, TakeBack, Undo


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """Changes made as one. ``changes`` is None where they are what takes saved ones back: only a history knows them.

    ``whatif``: the name of the what-if that they are.
    """

    words: str
    changes: tuple[Change, ...] | None
    whatif: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    before: tuple[OutlineEntry, ...]
    after: tuple[OutlineEntry, ...]
    words: str


class Outline:
    """The entries that a history has after some steps. ``last``: what the last step did, in words."""

    def __init__(self) -> None:
        self.last = ""
        self._entries: list[OutlineEntry] = []
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._saved_steps = 0

    @property
    def entries(self) -> tuple[OutlineEntry, ...]:
        """The changes that are not saved, in order."""
        return tuple(self._entries)

    def take(self, step: Step) -> None:
        """One more step. Raises IndexError for one that cannot follow those before it, and is then as it was."""
        match step:
            case Apply(changes, words, whatif):
                self._push(_Step((), (OutlineEntry(words, changes, whatif),), words))
            case Undo():
                self._undo()
            case Redo():
                self._redo()
            case TakeBack(index):
                if not 0 <= index < len(self._entries):
                    raise IndexError(f"no entry {index} of {len(self._entries)}")
                before = tuple(self._entries[index:])
                self._push(_Step(before, before[1:], f"taken back: {before[0].words}"))
            case Saved():
                self._entries.clear()
                self._saved_steps = len(self._done)
                self._undone = [_as_one_entry(step) for step in self._undone]
                self.last = "saved"

    def _undo(self) -> None:
        step = self._done.pop()
        self.last = f"undone: {step.words}"
        if len(self._done) < self._saved_steps:
            self._entries.append(OutlineEntry(self.last, None))
        else:
            self._replace_last(step.after, step.before)
        self._undone.append(step)

    def _redo(self) -> None:
        step = self._undone.pop()
        self.last = f"made again: {step.words}"
        if len(self._done) < self._saved_steps:
            self._entries.pop()
        else:
            self._replace_last(step.before, step.after)
        self._done.append(step)

    def _push(self, step: _Step) -> None:
        self.last = step.words
        self._replace_last(step.before, step.after)
        self._saved_steps = min(self._saved_steps, len(self._done))
        self._done.append(step)
        self._undone.clear()

    def _replace_last(self, old: tuple[OutlineEntry, ...], new: tuple[OutlineEntry, ...]) -> None:
        self._entries[len(self._entries) - len(old) :] = new


def _as_one_entry(step: _Step) -> _Step:
    """An undone step after a save: what it would take back is no entry any more."""
    if not step.before and len(step.after) == 1:
        return _Step((), (OutlineEntry(step.words, step.after[0].changes, step.after[0].whatif),), step.words)
    return _Step((), (OutlineEntry(step.words, None),), step.words)
