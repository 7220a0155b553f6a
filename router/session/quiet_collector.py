"""Pauses of the interpreter that Python's garbage collector makes, kept short while a session is open."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _MIDDLE, _OLD = 20_000, 50, 1_000
"""A plan is some ten thousand small objects. With Python's own thresholds the collector looks through all that is old
every few plans and stops every thread for 30 to 60 ms (frontier-lab, 30 thousand columns)."""


@contextmanager
def quiet_collector() -> Iterator[None]:
    """Collect once, set what is there aside, and collect what is old more seldom, until the end of the block.

    For programs with a screen or a clock: it is the whole interpreter's setting.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
