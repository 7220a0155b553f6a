"""A solver in a process of its own, which can be ended at once.

MathOpt's HiGHS takes no interrupt (OR-Tools 9.15) and SCIP's comes seconds late; a process can always be
ended, without harm to the caller and whatever the solver prints or does.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray
from router.engine.settings import IntegerBackend
from router.engine.stop_signal import StopSignal
from router.model.linear_program import LinearProgram

_POLL_SECONDS = 0.01


@dataclass(frozen=True)
class BasisRequest:
    """The relaxation of a program, to be solved by HiGHS' interior point method with crossover."""

    program: LinearProgram
    time_limit_seconds: float


@dataclass(frozen=True)
class BasisAnswer:
    """Status of each column (n,) and row (m,) as in MathOpt's BasisStatusProto, None when there is none."""

    column_status: NDArray[np.int8] | None = None
    row_status: NDArray[np.int8] | None = None
    iterations: int = 0
    message: str = ""


@dataclass(frozen=True)
class PricesRequest:
    """The relaxation of a program, to be solved by HiGHS' interior point method to a tolerance, without a basis."""

    program: LinearProgram
    tolerance: float
    time_limit_seconds: float


@dataclass(frozen=True)
class PricesAnswer:
    """About optimal values (n,) and row prices (m,), None when there are none."""

    values: FloatArray | None = None
    row_prices: FloatArray | None = None
    iterations: int = 0
    message: str = ""


@dataclass(frozen=True)
class IntegerRequest:
    """One mixed-integer program to solve. ``hint``: a plan to start from, shape (n,), or None.

    ``no_presolve``: HiGHS is not to simplify the program first, however large (solver_worker.py says why).
    """

    program: LinearProgram
    backend: IntegerBackend
    relative_gap: float
    time_limit_seconds: float
    threads: int = 1
    node_limit: int | None = None
    hint: FloatArray | None = None
    no_presolve: bool = False


@dataclass(frozen=True)
class IntegerAnswer:
    """What the integer solver found: values (n,) or None, a proven bound, and whether no plan exists."""

    values: FloatArray | None = None
    objective: float = np.inf
    lower_bound: float = -np.inf
    infeasible: bool = False
    time_ran_out: bool = False
    message: str = ""


def find_basis(request: BasisRequest, stop: StopSignal) -> BasisAnswer:
    """Run the request to its end, or until ``stop``. Never raises for a solver's failure."""
    answer = _run(request, stop)
    return answer if isinstance(answer, BasisAnswer) else BasisAnswer(message=answer)


def find_prices(request: PricesRequest, stop: StopSignal) -> PricesAnswer:
    """Run the request to its end, or until ``stop``. Never raises for a solver's failure."""
    answer = _run(request, stop)
    return answer if isinstance(answer, PricesAnswer) else PricesAnswer(message=answer)


def solve_integer_program(request: IntegerRequest, stop: StopSignal) -> IntegerAnswer:
    """Run the request to its end, or until ``stop``. Never raises for a solver's failure."""
    answer = _run(request, stop)
    return answer if isinstance(answer, IntegerAnswer) else IntegerAnswer(message=answer)


def _run(request: object, stop: StopSignal) -> Any:
    """The worker's answer, or why there is none."""
    package_root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (package_root, os.environ.get("PYTHONPATH"))))
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "router.engine.solver_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            # Ctrl-C goes to the caller, who decides when the worker ends.
            start_new_session=True,
        )
    except OSError as error:
        return f"the solver's process did not start: {error}"
    replies: list[bytes] = []
    talk = threading.Thread(target=_exchange, args=(process, pickle.dumps(request, protocol=5), replies), daemon=True)
    talk.start()
    try:
        stop.wait_for(lambda: not talk.is_alive(), _POLL_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
        talk.join()
        process.wait()
    if replies and replies[0]:
        return pickle.loads(replies[0])
    return stop.reason or f"the solver's process ended without an answer (code {process.returncode})"


def _exchange(process: subprocess.Popen[bytes], request: bytes, replies: list[bytes]) -> None:
    try:
        replies.append(process.communicate(request)[0])
    except (OSError, ValueError):
        replies.append(b"")
