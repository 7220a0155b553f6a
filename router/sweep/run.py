"""Plans many cases: here, in several processes or on a cluster, each answer stored as it comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from router.outcome.effort import Effort
from router.outcome.order import by_similarity
from router.sweep.hand_out import answers_by
from router.sweep.how import How
from router.sweep.planned_base import PlannedBase
from router.sweep.progress import OnProgress, RunProgress, Tally
from router.sweep.serial import answers_here
from router.sweep.store import Store
from router.sweep.workers import Workers
from router.whatif.case import Case

_SECONDS_BETWEEN = 0.1
"""Of progress that is told."""


def run_cases(
    base: PlannedBase,
    cases: Sequence[Case],
    effort: Effort,
    how: How,
    store: Store,
    interrupt: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> RunProgress:
    """Plan every case that the store has no answer to; how far it came.

    The order of answers differs from run to run with more than one worker, and the answers do not, to the solver's
    tolerance. After the interrupt nothing more is begun, and what was answered is in the store: the same call goes on
    from there. No process is left behind, whatever happens. Raises OutputError, WorkersError.
    """
    interrupt = interrupt or threading.Event()
    wanted = {case.name: case for case in cases}
    done = {name: cost for name, cost in store.costs.items() if name in wanted}
    # Each is planned from where the one before it left the solver.
    left = by_similarity([case for name, case in wanted.items() if name not in done])
    tally = Tally(len(wanted))
    tally.resume(done)
    tell = on_progress or (lambda _: None)
    tell(tally.progress())
    told_at, deaths = time.monotonic(), 0
    if left and not interrupt.is_set():
        with _workers(base, effort, how, len(left)) as workers:
            answers = answers_by(workers, left, interrupt) if workers else answers_here(base, left, effort, interrupt)
            for answered in answers:
                if answered.name in done:
                    continue
                store.append(answered)
                done[answered.name] = None
                tally.add(answered)
                deaths = workers.deaths if workers else 0
                if time.monotonic() - told_at >= _SECONDS_BETWEEN:
                    told_at = time.monotonic()
                    tell(tally.progress(deaths))
    last = tally.progress(deaths, interrupted=len(done) < len(wanted))
    tell(last)
    return last


@contextmanager
def _workers(base: PlannedBase, effort: Effort, how: How, cases: int) -> Iterator[Workers | None]:
    """The workers asked for; None for this process."""
    workers: Workers
    if how.cluster is not None:
        # Only who asks for a cluster needs Dask, and joblib costs 0.1 s to import.
        from router.sweep.cluster_address import cluster_at

        workers = cluster_at(how.cluster, base, effort)
    else:
        from router.sweep.processes import Processes, cores

        count = min(how.workers or cores(), cases)
        if count <= 1:
            yield None
            return
        workers = Processes(base, effort, count)
    try:
        yield workers
    finally:
        workers.close()
