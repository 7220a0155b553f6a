"""One case after another, in this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from router.outcome.effort import Effort
from router.session.quiet_collector import quiet_collector
from router.sweep.answered import Answered
from router.sweep.planned_base import PlannedBase
from router.sweep.work import Worker
from router.whatif.case import Case


def answers_here(
    base: PlannedBase, cases: Sequence[Case], effort: Effort, interrupt: threading.Event
) -> Iterator[Answered]:
    """An answer to each case, in order, until the interrupt."""
    with quiet_collector():
        yield from Worker(base).answers(cases, effort, interrupt)
