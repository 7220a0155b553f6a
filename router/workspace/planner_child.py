"""The process that plans what-ifs for the app: `python -m router.workspace.planner_child`, questions in, answers out.

Both are pickles, from the app and to it alone. It ends with the app, whatever it is at: its input then ends.
"""

from __future__ import annotations

import os
import pickle
import queue
import sys
import threading
from typing import IO

from router.engine.progress import Progress
from router.engine.settings import EngineSettings
from router.outcome.effort import Effort
from router.outcome.prepare import prepare
from router.outcome.warm_planner import WarmPlanner
from router.plan.document import Plan
from router.plan.pipeline import NoPlanError
from router.reading.problems import ScenarioError
from router.sweep.answered import Answered
from router.view.search_words import search_words
from router.whatif.case import Case
from router.workspace.planner_process import Ask, Begin, Done, Failed, Told

_NICER = 5
"""The screen comes first."""


class _Out:
    """Where answers go."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def tell(self, told: Told) -> None:
        """Ends the process where nobody listens any more."""
        try:
            pickle.dump(told, self._stream)
            self._stream.flush()
        except OSError:
            os._exit(0)


class _Planner:
    """Answers questions about one scenario."""

    def __init__(self, begin: Begin, out: _Out) -> None:
        self._out = out
        self._gap = begin.settings.gap
        out.tell("beginning")
        settings = EngineSettings(
            relative_gap=begin.settings.gap,
            time_limit_seconds=begin.settings.time_limit_seconds,
            threads=begin.settings.threads,
        )
        start = prepare(begin.scenario, begin.settings.folder, settings, progress=self._progressed)
        self._warm = WarmPlanner(begin.scenario, start, settings)

    def _progressed(self, event: Progress) -> None:
        self._out.tell(f"the scenario as saved first: {search_words(event)}")

    def answer(self, ask: Ask) -> None:
        """Tells what came of each case."""
        effort = Effort(ask.search_seconds, self._gap)
        for case in ask.cases:
            if ask.search_seconds:
                self._out.tell(f"planning {case.name}")
            self._out.tell(self._answer(case, effort, whole=ask.whole))
        self._out.tell(Done())

    def _answer(self, case: Case, effort: Effort, *, whole: bool) -> Answered | Plan:
        try:
            if whole:
                return self._warm.plan(case, effort)[1]
            return Answered(case.name, self._warm.outcome(case, effort))
        except NoPlanError as error:
            return Answered(case.name, None, error.reason)
        except ScenarioError as error:
            return Answered(case.name, None, "; ".join(str(problem) for problem in error.problems))


def main() -> None:
    """Answers until the input ends."""
    # What a library prints must not come between the answers.
    out = _Out(os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(_NICER)
    given: queue.Queue[Begin | Ask] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, given), daemon=True).start()
    begin = given.get()
    assert isinstance(begin, Begin)
    try:
        planner = _Planner(begin, out)
        while True:
            ask = given.get()
            assert isinstance(ask, Ask)
            planner.answer(ask)
    except NoPlanError as error:
        out.tell(Failed(f"{begin.scenario.name}: no plan: {error.reason}"))
    except Exception as error:
        out.tell(Failed(f"the router failed: {error}"))


def _listen(stream: IO[bytes], given: queue.Queue[Begin | Ask]) -> None:
    while True:
        try:
            given.put(pickle.load(stream))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)


if __name__ == "__main__":
    main()
