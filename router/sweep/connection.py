"""A connection to a Dask scheduler, with a cluster of its own where that is asked for."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack

import dask
from distributed import Client, LocalCluster

from router.sweep.cluster_errors import one_line
from router.sweep.ctrl_c import not_for_children
from router.sweep.workers import WorkersError

_CONNECT_SECONDS = 10.0
_WORKERS_SECONDS = 30.0
"""For the first worker to come: a scheduler may be started before any of them."""

_CLOSE_SECONDS = 5.0
_SILENT = logging.CRITICAL + 1
_PRE_SPAWN = "distributed.nanny.pre-spawn-environ"
_OWN_CLUSTER = {
    # hand_out.py plans again what a dead worker had, and knows more than a scheduler of who may have killed it.
    "distributed.scheduler.allowed-failures": 0,
    "distributed.comm.timeouts.connect": "30s",
}


class Connection:
    """The client, and the local cluster if any. Close it: no process is left."""

    def __init__(self, address: str, local_workers: int | None) -> None:
        """``local_workers``: start so many on this machine; None: the address is a scheduler's. Raises WorkersError."""
        self.is_local = local_workers is not None
        self._open = ExitStack()
        _silence()
        try:
            with not_for_children():
                at: str | LocalCluster = address
                if local_workers is not None:
                    at = self._local_cluster(local_workers)
                self.client = self._client(at, address)
            self._wait_for_workers(address)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """May be called again."""
        self._open.close()

    def _local_cluster(self, workers: int) -> LocalCluster:
        try:
            environment = {**dask.config.get(_PRE_SPAWN), "DASK_LOGGING__DISTRIBUTED": "critical"}
            # Dask sets these in this process, for its children.
            self._open.callback(_restore, {name: os.environ.get(name) for name in environment})
            with dask.config.set({**_OWN_CLUSTER, _PRE_SPAWN: environment}):
                cluster = LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=_SILENT,
                )
        except Exception as error:
            raise WorkersError(f"{workers} Dask workers cannot be started here: {one_line(error)}") from error
        self._open.callback(_quietly, cluster.close, timeout=2 * _CLOSE_SECONDS)
        self._open.callback(_kill, cluster)
        return cluster

    def _client(self, at: str | LocalCluster, address: str) -> Client:
        try:
            client = Client(at, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        except Exception as error:
            raise WorkersError(f"no Dask scheduler answers at {address}: {one_line(error)}") from error
        self._open.callback(_quietly, client.close, timeout=_CLOSE_SECONDS)
        return client

    def _wait_for_workers(self, address: str) -> None:
        try:
            self.client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        except Exception as error:
            raise WorkersError(f"the Dask scheduler at {address} has no workers") from error


def _quietly(close: Callable[..., object], timeout: float) -> None:
    with contextlib.suppress(Exception):
        close(timeout=timeout)


def _kill(cluster: LocalCluster) -> None:
    """End the workers at once: asked kindly they finish their chunk first, and one that just starts fails loudly."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
        if nanny.pid is not None:
            with contextlib.suppress(OSError):
                os.kill(nanny.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def _silence() -> None:
    """Dask tells on stderr of every worker that dies; the run tells of them in its own words. For good: a client that
    lost its scheduler has something to say after it was closed, too."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(_SILENT)


def _restore(environment: Mapping[str, str | None]) -> None:
    for name, value in environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
