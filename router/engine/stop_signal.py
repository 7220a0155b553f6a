"""One deadline and one interrupt for everything the engine runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from ortools.util.python.solve_interrupter import SolveInterrupter

Result = TypeVar("Result")

_POLL_SECONDS = 0.02
_GRACE_SECONDS = 0.3
"""What a solver gets to hand over what it has after it was told to stop."""


class SolverLeftRunningError(Exception):
    """A solver did not stop in time when told to; its thread was left behind."""


class StopSignal:
    """Says when to stop, and stops a running solver. Time counts from construction."""

    def __init__(self, time_limit_seconds: float | None = None, interrupt: threading.Event | None = None) -> None:
        self._start = time.monotonic()
        self._limit = time_limit_seconds
        self._interrupt = interrupt if interrupt is not None else threading.Event()
        self._pressed = False

    @property
    def elapsed_seconds(self) -> float:
        """Seconds since construction."""
        return time.monotonic() - self._start

    @property
    def remaining_seconds(self) -> float:
        """Seconds to the deadline, infinite without one, never negative."""
        return float("inf") if self._limit is None else max(0.0, self._limit - self.elapsed_seconds)

    @property
    def reason(self) -> str:
        """``"interrupted"``, ``"time limit"``, or empty to go on."""
        if self._pressed or self._interrupt.is_set():
            return "interrupted"
        return "time limit" if self.remaining_seconds <= 0.0 else ""

    def or_when(self, is_enough: Callable[[], bool]) -> StopSignal:
        """The same signal for a part of the work that also ends, for the reason ``"enough"``, when that is said."""
        return _PartSignal(self, is_enough)

    def run(self, solve: Callable[[Any], Result], until: Callable[[], bool] | None = None) -> Result:
        """Call ``solve(interrupter)`` on a thread of its own and wait for it without blocking Ctrl-C.

        ``until`` is asked now and then and may end this one solve early. Ctrl-C in the calling thread
        counts as the interrupt. Raises what ``solve`` raises, and SolverLeftRunningError when the
        solver does not stop.
        """
        interrupter = SolveInterrupter()
        call = _Call(solve, interrupter.pybind_interrupter)
        thread = threading.Thread(target=call, name="engine-solve", daemon=True)
        thread.start()
        told_at = 0.0
        while True:
            try:
                if call.done.wait(_POLL_SECONDS):
                    return call.take()
                if not told_at and (self.reason or (until is not None and until())):
                    told_at = time.monotonic()
                    interrupter.interrupt()
                if told_at and time.monotonic() - told_at > _GRACE_SECONDS:
                    raise SolverLeftRunningError("the solver did not stop when told to")
            except KeyboardInterrupt:
                self._pressed = True

    def wait_for(self, done: Callable[[], bool], poll_seconds: float) -> bool:
        """Wait until ``done()`` or until there is a reason to stop; whether it is done."""
        while True:
            try:
                if done():
                    return True
                if self.reason:
                    return False
                time.sleep(poll_seconds)
            except KeyboardInterrupt:
                self._pressed = True


class _PartSignal(StopSignal):
    def __init__(self, whole: StopSignal, is_enough: Callable[[], bool]) -> None:
        super().__init__(whole._limit, whole._interrupt)
        self._start = whole._start
        self._whole = whole
        self._is_enough = is_enough

    @property
    def reason(self) -> str:
        """That of the whole, or ``"enough"``."""
        if self._pressed:
            self._whole._pressed = True
        return self._whole.reason or ("enough" if self._is_enough() else "")


class _Call(Generic[Result]):
    def __init__(self, solve: Callable[[Any], Result], interrupter: object) -> None:
        self._solve = solve
        self._interrupter = interrupter
        self._result: list[Result] = []
        self._error: Exception | None = None
        self.done = threading.Event()

    def __call__(self) -> None:
        try:
            self._result.append(self._solve(self._interrupter))
        except Exception as error:
            self._error = error
        finally:
            self.done.set()

    def take(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._result[0]
