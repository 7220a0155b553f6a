"""From a question to its answer: what is chosen of it is planned, and break-evens are found."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from router.answer.answer import Answer
from router.answer.bisection import break_even
from router.answer.break_even import BreakEvenAnswer
from router.cli.whatif_choice import Choice
from router.cli.whatif_progress import WhatIfProgress
from router.engine.settings import EngineSettings
from router.outcome.effort import Effort
from router.outcome.prepare import prepare
from router.outcome.warm_planner import WarmPlanner
from router.sweep.answered import Answered
from router.sweep.how import How
from router.sweep.planned_base import PlannedBase
from router.sweep.run import run_cases
from router.sweep.store import Store
from router.sweep.work import Worker
from router.whatif.case import Case
from router.whatif.named import case_named
from router.whatif.question import BreakEven, Question
from router.workspace.folders import plans_folder

WHATIF_SEARCH_SECONDS = 10.0
"""For a few what-ifs, a better plan is worth the wait; of a sweep's hundreds each is compared with its like."""

SWEEP_SEARCH_SECONDS = 3.0
"""For the cases of sweeps and for break-evens: there are tens of them. Of hundreds of draws each is one of many."""

_FEW = 3
"""So many cases are planned sooner than workers start."""


@dataclass(frozen=True)
class Request:
    """What is wanted of a question and how. ``search_seconds`` None: as long as is usual for each kind of case."""

    only: tuple[str, ...]
    search_seconds: float | None
    gap: float
    how: How

    @property
    def whatif_effort(self) -> Effort:
        """For each what-if."""
        return Effort(WHATIF_SEARCH_SECONDS if self.search_seconds is None else self.search_seconds, self.gap)

    @property
    def sweep_effort(self) -> Effort:
        """For each case of sweeps and break-evens."""
        return Effort(SWEEP_SEARCH_SECONDS if self.search_seconds is None else self.search_seconds, self.gap)

    @property
    def draws_effort(self) -> Effort:
        """For each draw."""
        return Effort(self.search_seconds or 0.0, self.gap)


def answer_to(
    question: Question, request: Request, store: Store, display: WhatIfProgress, interrupt: threading.Event
) -> Answer:
    """Plans what is chosen and not yet in the store.

    After the interrupt, what is known by then. Raises NoPlanError where the base has no plan, WorkersError,
    OutputError.
    """
    choice = Choice.of(question, request.only)
    settings = EngineSettings()
    display.begin(question.title)
    start = prepare(question.scenario, plans_folder(), settings, interrupt, display.engine)
    base = PlannedBase(question.scenario, start, settings, WarmPlanner)
    for cases, effort in (
        (choice.whatifs, request.whatif_effort),
        (choice.swept, request.sweep_effort),
        (choice.drawn, request.draws_effort),
    ):
        if cases:
            run_cases(base, cases, effort, _how(request.how, cases), store, interrupt, display.cases)
    wanted = {case.name for case in (*choice.whatifs, *choice.swept, *choice.drawn)}
    answered = {each.name: each for each in store.answers() if each.name in wanted}
    found = dict(_break_evens(base, question, choice.break_evens, answered, request, display, interrupt))
    return Answer(question, answered, found)


def _how(how: How, cases: Sequence[Case]) -> How:
    return replace(how, workers=1) if how.workers is None and len(cases) <= _FEW else how


def _break_evens(
    base: PlannedBase,
    question: Question,
    asked: Sequence[BreakEven],
    answered: Mapping[str, Answered],
    request: Request,
    display: WhatIfProgress,
    interrupt: threading.Event,
) -> Iterator[tuple[str, BreakEvenAnswer]]:
    worker = Worker(base)

    def answer(case: Case) -> Answered:
        if interrupt.is_set():
            raise _StoppedError
        return next(worker.answers((case,), request.sweep_effort))

    for each in asked:
        if interrupt.is_set():
            return
        display.solving_for(each)
        try:
            # The plan that the comparison tells of, so that one answer does not give two costs of it.
            second = answered.get(each.second) or answer(case_named(question, each.second))
            yield each.name, break_even(each, lambda value, each=each: answer(each.case_at(value)), second)  # type: ignore[misc]
        except _StoppedError:
            return


class _StoppedError(Exception):
    """The interrupt came."""
