"""A Dask cluster: one that runs, or one of this machine's own for the time of the run."""

from __future__ import annotations

import contextlib
import secrets
import time
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import Any

from distributed import Client, KilledWorker, as_completed

from router.outcome.effort import Effort
from router.sweep import cluster_work
from router.sweep.chunks import Chunk
from router.sweep.cluster_errors import one_line, told
from router.sweep.connection import Connection
from router.sweep.planned_base import PlannedBase
from router.sweep.workers import Finished, WorkersError

_LOOK_SECONDS = 1.0
_STOP_SECONDS = 3.0
_POLL_SECONDS = 0.02


class Cluster:
    """Workers of a Dask cluster. Dask plans a chunk again by itself where its worker died, as often as its scheduler
    is set to (`distributed.scheduler.allowed-failures`); after that its cases are handed out anew, one by one."""

    def __init__(self, connection: Connection, base: PlannedBase, effort: Effort) -> None:
        """Raises WorkersError. The connection is closed with the run."""
        client = connection.client
        self.share_memory = connection.is_local
        self._dead: set[str] = set()
        self._connection = connection
        self._client: Any = client
        self._effort = effort
        self._name = f"router-sweep-{secrets.token_hex(8)}"
        self._under_way: dict[str, Chunk] = {}
        # Any: Dask's own types say too little of it.
        self._completed: Any = as_completed(loop=client.loop, with_results=True, raise_errors=False)  # type: ignore[no-untyped-call]
        self._nodes: dict[str, int] = {}
        self._looked_at = 0.0
        one_thread = replace(base, settings=replace(base.settings, threads=1))
        with told():
            _check_versions(client)
            client.register_plugin(cluster_work.BaseOnWorkers(self._name, one_thread, cluster_work.versions()))
            self._look()

    @property
    def deaths(self) -> int:
        """Workers that died so far, as far as was seen."""
        return len(self._dead)

    @property
    def count(self) -> int:
        """Threads of all workers, as last looked at; 1 where none is left, in case one comes."""
        return max(1, sum(self._nodes.values()))

    def hand(self, chunk: Chunk) -> None:
        """Give a chunk to whichever worker is free next. Raises WorkersError."""
        key = f"{self._name}-{chunk.number}"
        with told():
            future = self._client.submit(
                cluster_work.plan_chunk, self._name, chunk.cases, self._effort, key=key, pure=False
            )
            self._under_way[key] = chunk
            self._completed.add(future)

    def wait(self, seconds: float) -> list[Finished]:
        """Chunks that ended since the last call; waits for one, but not longer than that. Raises WorkersError."""
        with told():
            end = time.monotonic() + seconds
            while not self._completed.has_ready() and time.monotonic() < end:
                time.sleep(_POLL_SECONDS)
            self._look()
            return [self._finished(future, result) for future, result in self._completed.next_batch(block=False)]

    def stop(self) -> list[Finished]:
        """Workers end what is at work and give what they have, if they do so soon."""
        finished = []
        with contextlib.suppress(Exception):
            self._client.run(cluster_work.interrupt, self._name, on_error="ignore")
            end = time.monotonic() + _STOP_SECONDS
            while self._under_way and time.monotonic() < end:
                finished += self.wait(_POLL_SECONDS)
        return finished

    def close(self) -> None:
        """Ends all work and the cluster, if it is our own. May be called again."""
        with contextlib.suppress(Exception):
            self._completed.clear()
            # A client without its scheduler would wait for it.
            if not self._connection.is_local and self._client.status == "running":
                self._client.unregister_worker_plugin(self._name)
        self._under_way.clear()
        self._connection.close()

    def _finished(self, future: Any, result: Any) -> Finished:
        chunk = self._under_way.pop(future.key)
        # Not the future's status: that is another one by now where the worker that had the result has died since.
        if isinstance(result, cluster_work.Planned):
            return Finished(result.answers, result.seconds, chunk.cases[len(result.answers) :])
        error = result[1] if isinstance(result, tuple) else result
        if isinstance(error, KilledWorker):
            # A worker that is restarted at once may never be missed when the others are looked at.
            self._dead.add(str(error.last_worker.address))
            # Which of them was at work is known to the dead alone.
            return Finished((), None, chunk.cases, chunk.cases)
        if isinstance(error, CancelledError) or self._client.status != "running":
            raise WorkersError("the cluster's scheduler went away; the same command goes on from here")
        raise WorkersError(f"a worker of the cluster failed: {one_line(error)}")

    def _look(self) -> None:
        """Which workers there are now, and which died: a worker that is restarted has a new address."""
        if time.monotonic() - self._looked_at < _LOOK_SECONDS:
            return
        nodes = self._client.scheduler_info(n_workers=-1)["workers"]
        found = {address: int(node["nthreads"]) for address, node in nodes.items()}
        self._dead |= self._nodes.keys() - found.keys()
        self._nodes, self._looked_at = found, time.monotonic()


def _check_versions(client: Client) -> None:
    """Raises WorkersError where a worker could not give what this process would."""
    expected = cluster_work.versions()
    for address, found in client.run(cluster_work.versions, on_error="return").items():
        if isinstance(found, ModuleNotFoundError):
            raise WorkersError(f"the worker {address} has no {expected}: {one_line(found)}")
        if isinstance(found, BaseException):
            raise WorkersError(f"the worker {address} does not answer: {one_line(found)}")
        if tuple(found) != tuple(expected):
            raise WorkersError(f"the worker {address} has {found}, expected {expected} as here")
