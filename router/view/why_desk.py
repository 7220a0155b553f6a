"""Where questions are asked: a thread answers the newest, and ends what it is at when a newer one comes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from router.reading.problems import Mistake
from router.session.newest import Newest
from router.view.entry_preview import mistake_words
from router.view.why_answer import Answer
from router.view.why_question import Question

if TYPE_CHECKING:
    from router.session.events import PlanFound
    from router.session.search import Root


@dataclass(frozen=True)
class Asked:
    """A question of a plan. ``number`` counts questions."""

    number: int
    question: Question
    found: PlanFound
    root: Root | None
    outdated: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Told:
    """An answer, or why there is none. ``asked`` says to what, and of which plan."""

    asked: Asked
    answer: Answer | None = None
    error: str = ""


class WhyDesk:
    """Answers questions one at a time, on a thread of its own that starts with the first one.

    ``listener`` is called from that thread, for each part of an answer that is there, and never for a question after
    which another was asked.
    """

    def __init__(self, listener: Callable[[Told], None]) -> None:
        self._listener = listener
        self._questions: Newest[Asked] = Newest()
        self._newest: Asked | None = None
        self._thread: threading.Thread | None = None
        self._count = 0

    def ask(self, question: Question, found: PlanFound, root: Root | None) -> Asked:
        """Ask; an older question is dropped."""
        self.drop()
        self._count += 1
        self._newest = Asked(self._count, question, found, root)
        self._questions.put(self._newest)
        if self._thread is None:
            self._thread = threading.Thread(target=self._answer, name="why-desk", daemon=True)
            self._thread.start()
        return self._newest

    def drop(self) -> None:
        """Nothing is asked any more; what is under way ends."""
        if self._newest is not None:
            self._newest.outdated.set()

    def wait_until_idle(self, timeout: float | None = None) -> bool:
        """Wait until the newest question is answered; whether it was in time."""
        return self._thread is None or self._questions.wait_until_idle(timeout)

    def close(self) -> None:
        """Nothing is asked or told any more; the thread ends by itself."""
        self.drop()
        self._questions.close()

    def _answer(self) -> None:
        # The solver is imported where nobody waits for it.
        from router.view.why_answers import Answering
        from router.view.why_plan import AskedPlan
        from router.why.find import UnknownNameError

        plan = AskedPlan()
        while (asked := self._questions.take()) is not None:
            try:
                explainer = plan.explainer(asked.found, asked.root, asked.outdated)
                for answer in Answering(explainer, asked.found.scenario).answers(asked.question):
                    self._tell(Told(asked, answer))
                    if asked.outdated.is_set():
                        break
            except Mistake as mistake:
                self._tell(Told(asked, error=mistake_words(mistake)))
            except UnknownNameError as error:
                self._tell(Told(asked, error=str(error)))
            except Exception as error:
                if not asked.outdated.is_set():
                    self._tell(Told(asked, error=f"the question could not be answered: {error}"))
            if asked.outdated.is_set():
                plan.interrupted()

    def _tell(self, told: Told) -> None:
        if not told.asked.outdated.is_set():
            self._listener(told)
