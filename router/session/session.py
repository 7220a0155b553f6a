"""One open scenario: changes go in, plans come out, the first in tens of milliseconds and better ones after it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from router.change.change import Change
from router.change.history import History
from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.kept.kept_plan import KeptPlan
from router.kept.kept_start import start_of
from router.model.model import Model
from router.plan.pipeline import plan_from
from router.plan.reference import scenario_reference
from router.reading.position import Position
from router.scenario.scenario import Scenario
from router.session.bound import bound_at
from router.session.events import Event, Listener, NoPlan, PlanFound
from router.session.first_answer import FirstAnswer, as_solution
from router.session.models import model_after
from router.session.newest import Newest
from router.session.search import Root, Search, SearchTask

_BREATH_SECONDS = 0.03
"""Between the first answer and the search: a screen paints the answer meanwhile, and while someone types, the next
version comes before a search was begun in vain."""


@dataclass(frozen=True)
class _Version:
    """A scenario to be planned, and what says that a newer one is there."""

    number: int
    scenario: Scenario
    outdated: threading.Event
    is_new: bool = False
    """Another scenario, not the one before with changes: nothing is taken over, the money unit least of all."""


class Session:
    """Plans a scenario and whatever it is changed into, telling a listener.

    Two threads work: one gives the first answer to the newest version, the other searches for better plans and is
    interrupted by the next version at once. Solvers let the interpreter run meanwhile. Plans are told in order, none of
    an older version once a newer one was asked for. Use as a context manager, or ``close`` it.
    """

    def __init__(
        self, scenario: Scenario, settings: EngineSettings, listener: Listener, kept: KeptPlan | None = None
    ) -> None:
        """``kept``: a plan to start from (router/kept/); one that is not of this scenario and its model is not used."""
        self.settings = settings
        """As given; to be read only."""
        self._kept = kept
        self._opened = scenario
        self._listener = listener
        self._listener_error: Exception | None = None
        self._telling = threading.RLock()
        self.history = History(scenario)
        """What was changed; to be read only. ``history.saved()`` after the scenario was written to its file."""
        self._version = _Version(0, scenario, threading.Event())
        self._versions: Newest[_Version] = Newest()
        self._tasks: Newest[SearchTask] = Newest()
        self._first = FirstAnswer(settings)
        self._search = Search(settings)
        self._threads = [
            threading.Thread(target=self._answer_first, name="session-first-answer", daemon=True),
            threading.Thread(target=self._search_on, name="session-search", daemon=True),
        ]
        self._versions.put(self._version)
        for thread in self._threads:
            thread.start()

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self._version.scenario

    @property
    def version(self) -> int:
        """How many scenarios there were before this one."""
        return self._version.number

    @property
    def cold_starts(self) -> int:
        """Linear programs that were solved from nothing since the session began."""
        held = self._first.warm
        return self._search.cold_starts + (0 if held is None else held.cold_starts)

    @property
    def root(self) -> Root | None:
        """The relaxation solved last, for ``keep`` (router/kept/keep.py); None before the first."""
        return self._search.root

    def apply(self, changes: Sequence[Change], at: Sequence[Position] | None = None, whatif: str = "") -> int:
        """Apply changes as one step and plan what follows; the new version.

        ``at``: where each change stands, for messages; ``whatif``: as History has it. Raises ScenarioError where the
        scenario refuses them: then nothing is changed and the work under way goes on.
        """
        with self._telling:
            return self._plan(self.history.apply(changes, at, whatif))

    def undo(self) -> int:
        """Take the last step back and plan what follows; the new version. The scenario is the one before, by value."""
        with self._telling:
            return self._plan(self.history.undo())

    def redo(self) -> int:
        """Apply the step undone last again and plan what follows; the new version."""
        with self._telling:
            return self._plan(self.history.redo())

    def take_back(self, index: int) -> int:
        """Take one earlier step back alone (``history.entries``). Raises ScenarioError where a later one needs it."""
        with self._telling:
            return self._plan(self.history.take_back(index))

    def reopen(self, scenario: Scenario) -> int:
        """Plan another scenario from here on, such as the file as it is now; its history begins anew."""
        with self._telling:
            self.history = History(scenario)
            return self._plan(scenario, is_new=True)

    def adopt(self, history: History) -> int:
        """Go on with a history of the same scenario that was edited elsewhere, and plan where it stands."""
        with self._telling:
            self.history = history
            return self._plan(history.scenario)

    def _plan(self, scenario: Scenario, *, is_new: bool = False) -> int:
        """Older work is interrupted and no longer told of."""
        self._version.outdated.set()
        self._version = _Version(self._version.number + 1, scenario, threading.Event(), is_new)
        self._versions.put(self._version)
        return self._version.number

    def wait_until_idle(self, timeout: float | None = None) -> bool:
        """Wait until the search for the newest version has ended; whether it did in time."""
        return self._versions.wait_until_idle(timeout) and self._tasks.wait_until_idle(timeout)

    def close(self) -> None:
        """End all work; nothing more is told. Raises what the listener raised first, if it did.

        A listener may call it; the threads then end after it has come back.
        """
        with self._telling:
            self._version.outdated.set()
        self._versions.close()
        self._tasks.close()
        if threading.current_thread() in self._threads:
            return
        for thread in self._threads:
            thread.join()
        error, self._listener_error = self._listener_error, None
        if error is not None:
            raise error

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tell(self, event: Event, outdated: threading.Event) -> None:
        with self._telling:
            if outdated.is_set():
                return
            try:
                self._listener(event)
            except Exception as error:
                # The work goes on whatever a listener does; who closes the session learns of it.
                self._listener_error = self._listener_error or error

    def _answer_first(self) -> None:
        model: Model | None = None
        while (version := self._versions.take()) is not None:
            try:
                if self._kept is not None:
                    model = self._begin(self._kept)
                if model is None or version.number > 0:
                    model = model_after(version.scenario, None if version.is_new else model)
                self._tasks.put(self._first_answer(version, model))
            except Exception as error:
                self._tell(NoPlan(version.number, f"the router failed: {error}", error), version.outdated)

    def _begin(self, kept: KeptPlan) -> Model | None:
        """Start from a kept plan; the model of the scenario it is of, None where that is another one."""
        self._kept = None
        if kept.header.scenario_sha256 != scenario_reference(self._opened).sha256:
            return None
        model = model_after(self._opened, None)
        start = start_of(kept, model.program)
        if start is not None:
            self._first.begin(self._opened, model, start)
            self._search.begin(model, start)
        return model

    def _first_answer(self, version: _Version, model: Model) -> SearchTask:
        """Tell the first plan; what the search goes on from."""
        scenario, outdated = version.scenario, version.outdated
        better = self._search.better
        if better is not None:
            self._first.hold(better.scenario, better.model, better.values, self._search.warm)
        answer = self._first.plan(scenario, model, StopSignal(interrupt=outdated))
        bound = bound_at(self._search.prices, model)
        found = None
        if answer is not None:
            solution = as_solution(model, answer, bound, self.settings)
            plan = plan_from(scenario, model, solution, self.settings)
            found = PlanFound(version.number, scenario, plan, model, solution, is_first=True)
            self._tell(found, outdated)
        return SearchTask(version.number, scenario, model, outdated, answer, bound, found)

    def _search_on(self) -> None:
        while (task := self._tasks.take()) is not None:
            if task.outdated.wait(0.0 if task.found is None else _BREATH_SECONDS):
                continue

            def tell(event: Event, outdated: threading.Event = task.outdated) -> None:
                self._tell(event, outdated)

            try:
                self._search.run(task, tell)
            except Exception as error:
                tell(NoPlan(task.version, f"the router failed: {error}", error))
