"""What a worker does: plan cases one after another. Whatever becomes of a case, the others are planned."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

from router.outcome.effort import Effort
from router.plan.pipeline import NoPlanError
from router.reading.position import printable
from router.reading.problems import ScenarioError
from router.sweep.answered import Answered
from router.sweep.planned_base import PlannedBase, Planner
from router.whatif.case import Case


class Worker:
    """A planner, and a new one where it failed. For one thread."""

    def __init__(self, base: PlannedBase) -> None:
        self._base = base
        self._planner: Planner | None = None

    def prepare(self) -> None:
        """Make the planner ahead of the first case. Raises what making it raises."""
        if self._planner is None:
            self._planner = self._base.planner()

    def answers(
        self, cases: Sequence[Case], effort: Effort, interrupt: threading.Event | None = None
    ) -> Iterator[Answered]:
        """An answer to each case, in order, until the interrupt; what that cut short has none.

        A case without a plan, or that cannot be made, has a failure.
        """
        for case in cases:
            answered = self._answer(case, effort, interrupt)
            is_interrupted = interrupt is not None and interrupt.is_set()
            if answered.outcome is not None or not is_interrupted:
                yield answered
            if is_interrupted:
                return

    def _answer(self, case: Case, effort: Effort, interrupt: threading.Event | None) -> Answered:
        try:
            self.prepare()
            assert self._planner is not None
            return Answered(case.name, self._planner.outcome(case, effort, interrupt))
        except ScenarioError as error:
            return Answered(case.name, None, _first_problem(error))
        except NoPlanError as error:
            return Answered(case.name, None, _one_line(f"no plan: {error}"))
        except MemoryError:
            self._planner = None
            return Answered(case.name, None, "there is not enough memory to plan it")
        except Exception as error:
            # Where the planner stands is unknown now: the next case is planned from the base anew.
            self._planner = None
            return Answered(case.name, None, _one_line(f"the router failed: {type(error).__name__}: {error}"))


class KeptWorkers(threading.local):
    """The worker of this thread, kept from chunk to chunk while the base is the same."""

    def __init__(self) -> None:
        self._key = ""
        self._worker: Worker | None = None

    def worker(self, key: str, base: Callable[[], PlannedBase]) -> Worker:
        """The worker for a base that ``key`` names; ``base`` is called where there is none yet."""
        if self._worker is None or self._key != key:
            # The old one goes first: two planners may not fit.
            self._worker = None
            self._key, self._worker = key, Worker(base())
        return self._worker


def _first_problem(error: ScenarioError) -> str:
    first, *more = error.problems
    return _one_line(str(first) + (f" (and {len(more)} more)" if more else ""))


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
