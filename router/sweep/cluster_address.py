"""Where a cluster is: what `--cluster` takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from router.outcome.effort import Effort
from router.reading.position import printable
from router.sweep.planned_base import PlannedBase
from router.sweep.workers import WorkersError

if TYPE_CHECKING:
    from router.sweep.cluster import Cluster

_EXPECTED = "expected tcp://HOST:PORT of a Dask scheduler, or local:N for N workers on this machine"
_LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
_REMOTE = re.compile(r"(tcp|tls)://\S+:[0-9]+")


def cluster_at(address: str, base: PlannedBase, effort: Effort) -> Cluster:
    """The workers of a scheduler, or of a cluster that is started here. Raises WorkersError."""
    local = _LOCAL.fullmatch(address)
    if not local and not _REMOTE.fullmatch(address):
        raise WorkersError(printable(f"--cluster {address}: {_EXPECTED}"))
    try:
        from router.sweep.cluster import Cluster
        from router.sweep.connection import Connection
    except ModuleNotFoundError as error:
        missing = f"{error.name} is not installed" if error.name else str(error)
        raise WorkersError(f"--cluster needs Dask: pip install 'multicloud-router[cluster]' ({missing})") from None
    connection = Connection(address, int(local[1]) if local else None)
    try:
        return Cluster(connection, base, effort)
    except BaseException:
        connection.close()
        raise
