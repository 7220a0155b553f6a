"""The other side of cluster.py: what runs in a worker of a Dask cluster."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

from distributed import Worker as DaskWorker
from distributed import WorkerPlugin, get_worker

from router import __version__
from router.outcome.effort import Effort
from router.sweep.answered import Answered
from router.sweep.planned_base import PlannedBase
from router.sweep.work import Worker
from router.whatif.case import Case


class Versions(NamedTuple):
    """What must be the same everywhere: figures and what is sent are those of one version."""

    router: str
    python: str

    def __str__(self) -> str:
        return f"router {self.router} on Python {self.python}"


class Planned(NamedTuple):
    """What came of a chunk: fewer answers than cases where the run was interrupted; seconds of planning."""

    answers: tuple[Answered, ...]
    seconds: float


class VersionsDiffer(Exception):  # noqa: N818  (told to the user as it is)
    """A worker that came later has other versions."""


def versions() -> Versions:
    """Those of this process."""
    return Versions(__version__, f"{sys.version_info.major}.{sys.version_info.minor}")


class BaseOnWorkers(WorkerPlugin):
    """Brings the base to every worker once, to those too that come or are restarted later."""

    def __init__(self, name: str, base: PlannedBase, expected: Versions) -> None:
        self.name = name
        self.base = base
        self.expected = expected

    def setup(self, worker: DaskWorker) -> None:
        """Called in each worker."""
        self.interrupt = threading.Event()
        self._workers: dict[int, Worker] = {}

    def teardown(self, worker: DaskWorker) -> None:
        """The run is over: planners go."""
        self.interrupt.set()
        self._workers.clear()

    def worker(self) -> Worker:
        """The planner of this thread: a Dask worker may have several."""
        return self._workers.setdefault(threading.get_ident(), Worker(self.base))


def plan_chunk(name: str, cases: Sequence[Case], effort: Effort) -> Planned:
    """An answer to each case, unless the run is interrupted. Raises VersionsDiffer."""
    plugin = _plugin(get_worker(), name)
    if plugin.expected != versions():
        raise VersionsDiffer(f"{get_worker().address} has {versions()}, expected {plugin.expected}")
    worker = plugin.worker()
    worker.prepare()
    began = time.perf_counter()
    answers = () if plugin.interrupt.is_set() else tuple(worker.answers(cases, effort, plugin.interrupt))
    return Planned(answers, time.perf_counter() - began)


def interrupt(name: str, dask_worker: DaskWorker) -> None:
    """What is at work ends soon; nothing more begins."""
    _plugin(dask_worker, name).interrupt.set()


def _plugin(worker: DaskWorker, name: str) -> BaseOnWorkers:
    plugin = worker.plugins[name]
    assert isinstance(plugin, BaseOnWorkers)
    return plugin
