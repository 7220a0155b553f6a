"""The whole mixed-integer program, or what is left of it, by HiGHS, SCIP or CP-SAT through OR-Tools.

The solver runs in a process of its own: MathOpt's HiGHS takes no interrupt (OR-Tools 9.15), and a
process can always be ended at once, without harm to the caller and whatever the solver prints or does.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from router.arrays import FloatArray
from router.engine.settings import IntegerBackend
from router.engine.stop_signal import StopSignal
from router.model.linear_program import LinearProgram

_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class IntegerRequest:
    """One mixed-integer program to solve. ``hint``: a plan to start from, shape (n,), or None."""

    program: LinearProgram
    backend: IntegerBackend
    relative_gap: float
    time_limit_seconds: float
    threads: int = 1
    node_limit: int | None = None
    hint: FloatArray | None = None


@dataclass(frozen=True)
class IntegerAnswer:
    """What the integer solver found: values (n,) or None, a proven bound, and whether no plan exists."""

    values: FloatArray | None = None
    objective: float = np.inf
    lower_bound: float = -np.inf
    infeasible: bool = False
    message: str = ""


def solve_integer_program(request: IntegerRequest, stop: StopSignal) -> IntegerAnswer:
    """Run the request to its end, or until ``stop``. Never raises for a solver's failure."""
    package_root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (package_root, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-m", "router.engine.integer_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        # Ctrl-C goes to the caller, who decides when the worker ends.
        start_new_session=True,
    )
    replies: list[bytes] = []
    talk = threading.Thread(target=_exchange, args=(process, pickle.dumps(request), replies), daemon=True)
    talk.start()
    try:
        stop.wait_for(lambda: not talk.is_alive(), _POLL_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
        talk.join()
        process.wait()
    if not replies or not replies[0]:
        if stop.reason:
            return IntegerAnswer(message=stop.reason)
        return IntegerAnswer(message=f"{request.backend} ended without an answer (code {process.returncode})")
    answer = pickle.loads(replies[0])
    assert isinstance(answer, IntegerAnswer)
    return answer


def _exchange(process: subprocess.Popen[bytes], request: bytes, replies: list[bytes]) -> None:
    try:
        replies.append(process.communicate(request)[0])
    except (OSError, ValueError):
        replies.append(b"")
