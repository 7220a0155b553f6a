"""One open scenario as a person works on it: edited, planned live, journalled, saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from router.change.change import Change
from router.change.history import Entry, History
from router.change.scenario_after import scenario_after
from router.plan.document import Plan
from router.reading.position import Position
from router.scenario.scenario import Scenario
from router.workspace.shown import Shown, after_change, after_event, after_save, opened
from router.workspace.step_words import step_words
from router.workspace.steps import Apply, Redo, Saved, Step, TakeBack, Undo

if TYPE_CHECKING:
    from router.session.events import Event
    from router.session.session import Session

Record = Callable[[Step], None]
"""Writes a step down before it is shown."""


class Workspace:
    """A scenario under edit, for one thread: that of the screen.

    It can be edited before a session plans it, and goes on where the session takes over. ``on_shown`` is called after
    each step and each event, with what the screens show from then on.
    """

    def __init__(
        self,
        scenario: Scenario,
        path: Path | None,
        plan: Plan | None,
        on_shown: Callable[[Shown], None],
        record: Record,
        history: History | None = None,
    ) -> None:
        """``scenario``: as its file has it; ``plan``: of that; ``history``: of a session that goes on."""
        self.path = path
        self._saved_scenario = scenario
        self._session: Session | None = None
        self._on_shown = on_shown
        self._record = record
        self._words: dict[int, tuple[tuple[Change, ...], str]] = {}
        self._history = history or History(scenario)
        self._shown = opened(scenario, plan, time.monotonic())
        if self._history.entries:
            self._tell_entries(scenario)
            self._shown = self._asked(self._unplanned_version())

    def _tell_entries(self, scenario: Scenario) -> None:
        """The words of changes that were made elsewhere, each by what it was made to."""
        for entry in self._history.entries:
            self._words[id(entry.changes)] = entry.changes, step_words(entry.changes, scenario, entry.whatif)
            after = scenario
            for change in entry.changes:
                after = scenario_after(after, change) or after
            scenario = after

    @property
    def shown(self) -> Shown:
        """What the screens show now."""
        return self._shown

    @property
    def scenario(self) -> Scenario:
        """The scenario with all changes made."""
        return self._history.scenario

    @property
    def saved_scenario(self) -> Scenario:
        """The scenario as its file has it."""
        return self._saved_scenario

    @property
    def session(self) -> Session | None:
        """What plans it, once it is there."""
        return self._session

    @property
    def changes(self) -> tuple[Entry, ...]:
        """The steps since the file was saved."""
        return self._history.entries

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step to make again."""
        return self._history.can_redo

    def start(self, session: Session) -> None:
        """Let a session plan the scenario, with what was edited until now."""
        self._session = session
        if self._history.can_undo or self._history.can_redo:
            self._ask(session.adopt(self._history))
        else:
            self._history = session.history

    def stop(self) -> None:
        """End the session's work."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def take(self, event: Event) -> None:
        """Something that the session told."""
        shown = after_event(self._shown, event, time.monotonic())
        if shown is not self._shown:
            self._show(shown)

    def apply(self, changes: Sequence[Change], at: Sequence[Position] | None = None, whatif: str = "") -> None:
        """Make changes as one step, those of a what-if where it is named.

        ``at``: where each change stands, for messages. Raises ScenarioError where the scenario refuses them; then
        nothing is changed.
        """
        before = self._history.scenario
        version = self._step(
            lambda session: session.apply(changes, at, whatif), lambda history: history.apply(changes, at, whatif)
        )
        made = self._history.entries[-1].changes
        words = step_words(made, before, whatif)
        self._words[id(made)] = made, words
        self._record(Apply(made, words, whatif))
        self._ask(version)

    def undo(self) -> None:
        """Take the last step back."""
        if self.can_undo:
            version = self._step(lambda session: session.undo(), lambda history: history.undo())
            self._record(Undo())
            self._ask(version)

    def redo(self) -> None:
        """Make the step undone last again."""
        if self.can_redo:
            version = self._step(lambda session: session.redo(), lambda history: history.redo())
            self._record(Redo())
            self._ask(version)

    def take_back(self, index: int) -> None:
        """Take one of the ``changes`` back alone. Raises ScenarioError where a later one needs it."""
        version = self._step(lambda session: session.take_back(index), lambda history: history.take_back(index))
        self._record(TakeBack(index))
        self._ask(version)

    def search_again(self) -> None:
        """Plan the scenario as it stands once more, with all the time that a search has."""
        if self._session is not None:
            self._ask(self._session.adopt(self._history))

    def saved(self, path: Path, file_sha256: str) -> None:
        """The scenario as it stands is what the file at the path holds, whose bytes have this SHA-256."""
        self.path = path
        self._history.saved()
        self._saved_scenario = self._history.scenario
        self._record(Saved(str(path), file_sha256))
        self._show(after_save(self._shown))

    def words_of(self, entry: Entry) -> str:
        """What a step changed, in one line."""
        known = self._words.get(id(entry.changes))
        if known is not None and known[0] is entry.changes:
            return known[1]
        return step_words(entry.changes, self._history.scenario, entry.whatif)

    def _step(self, planned: Callable[[Session], int], unplanned: Callable[[History], Scenario]) -> int:
        if self._session is not None:
            return planned(self._session)
        unplanned(self._history)
        return self._unplanned_version()

    def _unplanned_version(self) -> int:
        """Of a scenario that no session has taken yet: below zero, and another one each time."""
        return min(self._shown.version, 0) - 1

    def _ask(self, version: int) -> None:
        self._show(self._asked(version))

    def _asked(self, version: int) -> Shown:
        is_saved = not self._history.entries
        return after_change(self._shown, self._history.scenario, version, time.monotonic(), is_saved=is_saved)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._on_shown(shown)
