"""Where cases are planned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class How:
    """``workers``: processes on this machine, None for one for each core; 1 is this process. ``cluster``: the address
    of a Dask scheduler (`tcp://HOST:PORT`), or `local:N` for one of N workers on this machine; then it is used."""

    workers: int | None = None
    cluster: str | None = None
