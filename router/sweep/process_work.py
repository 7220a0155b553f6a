"""The other side of processes.py: what runs in a worker process."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time

from router.session.quiet_collector import quiet_collector
from router.sweep.chunk_files import ChunkFiles
from router.sweep.work import KeptWorkers

_WATCH_SECONDS = 0.5

_kept = KeptWorkers()
"""A process plans chunk after chunk; making the planner takes longer than many a chunk."""


def plan_chunk(folder: str, number: int) -> float:
    """Plan a chunk of the folder; seconds from the first case to the last."""
    files = ChunkFiles(folder)
    cases, effort = files.cases(number)
    worker = _kept.worker(folder, files.base)
    worker.prepare()
    began = time.perf_counter()
    files.write_answers(number, worker.answers(cases, effort))
    return time.perf_counter() - began


def begin(parent: int, folder: str) -> None:
    """First thing in a worker process: end with the parent, however it ends, not by Ctrl-C; collect garbage seldom."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":
        threading.Thread(target=_end_with, args=(parent, folder), name="watch-parent", daemon=True).start()
    # For as long as the process lives.
    quiet_collector().__enter__()


def _end_with(parent: int, folder: str) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    # It was killed, and left the folder to its workers.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
