"""Several processes on this machine, by joblib's pool of processes (loky).

The pool itself and not `joblib.Parallel`: that is deaf while it waits for the next result, where an interrupt must be
noticed and it must be known which chunks were at work when a worker died.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import replace

from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor

from router.outcome.effort import Effort
from router.reading.position import printable
from router.sweep.chunk_files import ChunkFiles
from router.sweep.chunks import Chunk
from router.sweep.ctrl_c import not_for_children
from router.sweep.planned_base import PlannedBase
from router.sweep.process_work import begin, plan_chunk
from router.sweep.workers import Finished, WorkersError

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""The processes are the parallelism: more threads than cores make all of them slower."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Worker processes, started with the first chunk. When one dies, joblib ends all of them; new ones are started."""

    share_memory = True

    def __init__(self, base: PlannedBase, effort: Effort, count: int) -> None:
        """Raises WorkersError where there is no room for the base."""
        self.count = count
        self.deaths = 0
        self._effort = effort
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: dict[Future[float], Chunk] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="router-sweep-", ignore_cleanup_errors=True)
        self._files = ChunkFiles(self._folder.name)
        with _told():
            self._files.write_base(replace(base, settings=replace(base.settings, threads=1)))

    def hand(self, chunk: Chunk) -> None:
        """Give a chunk to whichever worker is free next. Raises WorkersError."""
        with _told():
            self._files.write_cases(chunk.number, chunk.cases, self._effort)
            try:
                with not_for_children():
                    future = self._started().submit(plan_chunk, self._folder.name, chunk.number)
            except BrokenProcessPool as error:
                # A worker died since the last chunk. The next `wait` finds it among those that failed.
                future = Future()
                future.set_exception(error)
        self._under_way[future] = chunk

    def wait(self, seconds: float) -> list[Finished]:
        """Chunks that ended since the last call; waits for one, but not longer than that. Raises WorkersError."""
        ended = wait(self._under_way, timeout=seconds, return_when=FIRST_COMPLETED).done
        errors = [error for future in ended if (error := future.exception()) is not None]
        with _told():
            finished = [self._taken(self._under_way.pop(future), future) for future in ended if not future.exception()]
            if not errors:
                return finished
            for error in errors:
                if not isinstance(error, BrokenProcessPool):
                    raise error
            # Only when all are dead does nobody write answers any more.
            self._end()
            self.deaths += 1
            return finished + self._taken_all()

    def stop(self) -> list[Finished]:
        """Ends all work at once; what was answered of chunks under way."""
        self._end()
        with _told():
            return self._taken_all()

    def close(self) -> None:
        """Ends all work and all processes that were started. May be called again."""
        self._end()
        self._under_way.clear()
        self._folder.cleanup()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=self.count,
                env=_ONE_THREAD,
                initializer=begin,
                initargs=(os.getpid(), self._folder.name),
            )
        return self._pool

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, kill_workers=True)

    def _taken_all(self) -> list[Finished]:
        under_way, self._under_way = self._under_way, {}
        return [self._taken(chunk) for chunk in under_way.values()]

    def _taken(self, chunk: Chunk, future: Future[float] | None = None) -> Finished:
        """What became of a chunk. ``future``: of one that was worked on to its end."""
        answers = self._files.take_answers(chunk.number)
        left = chunk.cases[len(answers or ()) :]
        suspects = left[:1] if answers is not None else ()
        return Finished(tuple(answers or ()), None if future is None else future.result(), left, suspects)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong with files and workers in one line."""
    try:
        yield
    except Exception as error:
        text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        first = (text.strip().splitlines() or [type(error).__name__])[0]
        raise WorkersError(printable(f"the workers cannot go on: {first}")) from error
