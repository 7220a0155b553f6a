"""Hands cases out to workers until all are answered, whichever workers die on the way.

A worker may be killed from outside (out of memory, a node taken away) or by the case itself (a fault in a solver). The
case that was at work is planned again, in a chunk of its own; where a worker dies of it again, once more at the end
with nothing else at work; and where that worker dies too, the case has failed.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from router.sweep.answered import Answered
from router.sweep.chunks import Chunks
from router.sweep.workers import Finished, Workers, WorkersError
from router.whatif.case import Case

_QUEUED = 2
"""Chunks for each worker: one at work, one waiting, so that none is idle while answers are written."""

_POLL_SECONDS = 0.1
_MOST_DEATHS_AT_START = 3
"""In a row, before a case was at work, with nothing planned in between."""

_MOST_DEATHS_IN_A_ROW = 8
"""With nothing planned in between, whatever was at work."""

_DEATHS_UNTIL_ALONE = 10
"""After so many, what is left is planned one case at a time: together they may need more memory than there is."""

_MOST_KILLERS = 10

_ADVICE = "is there memory enough? Fewer workers need less"


class _Suspects:
    """Cases that were at work when a worker died, and how often."""

    def __init__(self) -> None:
        self.alone: deque[Case] = deque()
        """To be planned at the end, one at a time."""
        self.killers: list[str] = []
        """Those that failed."""
        self._deaths: Counter[str] = Counter()

    def add(self, case: Case, chunks: Chunks, *, is_alone: bool) -> Answered | None:
        """One more death. Puts the case back to be planned again; its failure where it was enough."""
        self._deaths[case.name] += 1
        died = self._deaths[case.name]
        if died == 1:
            chunks.put_back_alone(case)
        elif died == 2 and not is_alone:
            self.alone.append(case)
        else:
            self.killers.append(case.name)
            return Answered(case.name, None, "every process that planned it was killed: is there memory enough?")
        return None


def answers_by(workers: Workers, cases: Sequence[Case], interrupt: threading.Event) -> Iterator[Answered]:
    """An answer to each case, as they come, until the interrupt. Raises WorkersError where workers die all the time."""
    chunks, suspects = Chunks(cases), _Suspects()
    outstanding = at_start = in_a_row = 0
    while not interrupt.is_set():
        while outstanding < _QUEUED * workers.count and (chunk := chunks.take(workers.count)) is not None:
            workers.hand(chunk)
            outstanding += 1
        if not outstanding:
            if not suspects.alone:
                return
            workers.hand(chunks.only(suspects.alone.popleft()))
            outstanding = 1
        is_alone = outstanding == 1 and not len(chunks)
        ended = workers.wait(_POLL_SECONDS)
        outstanding -= len(ended)
        got_on = False
        for finished in ended:
            if finished.seconds is not None:
                chunks.measured(len(finished.answers), finished.seconds)
            for answered in (*finished.answers, *_put_back(finished, chunks, suspects, is_alone=is_alone)):
                got_on = True
                yield answered
        if ended:
            in_a_row = 0 if got_on else in_a_row + 1
            at_start = 0 if got_on or any(finished.suspects for finished in ended) else at_start + 1
        _check(at_start, in_a_row, suspects.killers)
        if workers.share_memory and workers.deaths >= _DEATHS_UNTIL_ALONE:
            suspects.alone += chunks.take_all()
    for finished in workers.stop():
        yield from finished.answers


def _put_back(finished: Finished, chunks: Chunks, suspects: _Suspects, *, is_alone: bool) -> Iterator[Answered]:
    """Puts back what was not answered; a failure for a case that kills every worker that plans it."""
    suspected = {case.name for case in finished.suspects}
    chunks.put_back([case for case in finished.left if case.name not in suspected])
    for case in finished.suspects:
        failure = suspects.add(case, chunks, is_alone=is_alone)
        if failure is not None:
            yield failure


def _check(at_start: int, in_a_row: int, killers: Sequence[str]) -> None:
    if at_start >= _MOST_DEATHS_AT_START or in_a_row >= _MOST_DEATHS_IN_A_ROW:
        raise WorkersError(f"the workers die one after another and plan nothing: {_ADVICE}")
    if len(killers) >= _MOST_KILLERS:
        names = ", ".join(killers[:3])
        raise WorkersError(
            f"workers are killed again and again, by {len(killers)} cases so far ({names}...): {_ADVICE}; "
            "the same command goes on from here"
        )
