"""Ctrl-C is for the process that the user started, and not for its workers, which the terminal tells as well."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_for_children() -> Iterator[None]:
    """Processes and threads started in this block, and what those start, do not get Ctrl-C.

    They inherit that it is held back; this thread gets it at the end of the block. Where the system has no such thing
    (Windows) nothing is done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Not on Windows.
    from multiprocessing import resource_tracker

    # Python's own helper process, which every pool needs, lets the signal through again when it is started.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
