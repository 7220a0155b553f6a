"""Time limits and interrupts: prompt, and never without what was found so far."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from router.engine.progress import Progress
from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus
from router.engine.solve import solve
from router.model.linear_program import LinearProgram
from tests.engine.instances import InstanceShape, random_plan

PROMPT_SECONDS = 0.5


@pytest.fixture(scope="module")
def endless() -> LinearProgram:
    """A plan with whole instances that no solver closes to 1e-9 within the test's patience."""
    return random_plan(InstanceShape(pools=12, periods=8, streams=6, jobs=6, whole=True))


@pytest.fixture(scope="module")
def long_linear() -> LinearProgram:
    """A relaxation that takes seconds."""
    return random_plan(
        InstanceShape(pools=40, providers=5, periods=36, streams=12, pools_per_stream=20, jobs=40, rent_scale=900.0)
    )


def interrupted(program: LinearProgram, when: Callable[[Progress], bool]) -> tuple[Solution, float]:
    """Solve and set the interrupt at the first event for which ``when`` holds; the delay after it."""
    event, set_at = threading.Event(), [0.0]

    def press() -> None:
        set_at[0] = time.monotonic()
        event.set()

    def watch(progress: Progress) -> None:
        if when(progress) and not seen.is_set():
            seen.set()
            # A moment later, so that a solver is at work.
            threading.Timer(0.3, press).start()

    seen = threading.Event()
    solution = solve(program, EngineSettings(relative_gap=1e-9, time_limit_seconds=60.0), watch, event)
    return solution, time.monotonic() - set_at[0]


def test_interrupt_in_the_integer_solver_gives_the_best_plan(endless: LinearProgram) -> None:
    solution, delay = interrupted(endless, lambda progress: progress.stage == "HiGHS")
    assert solution.status is SolutionStatus.FEASIBLE
    assert solution.closed_by == "interrupted"
    assert solution.lower_bound < solution.objective < np.inf
    assert delay < PROMPT_SECONDS


def test_interrupt_in_the_linear_program_gives_no_plan(long_linear: LinearProgram) -> None:
    solution, delay = interrupted(long_linear, lambda progress: progress.stage == "linear program")
    assert solution.status is SolutionStatus.NO_SOLUTION
    assert solution.closed_by == "interrupted"
    assert delay < PROMPT_SECONDS


def test_interrupt_set_before_the_start(endless: LinearProgram) -> None:
    event = threading.Event()
    event.set()
    solution = solve(endless, interrupt=event)
    assert solution.status is SolutionStatus.NO_SOLUTION
    assert solution.lower_bound == -np.inf


def test_control_c_gives_the_best_plan(endless: LinearProgram) -> None:
    def press(progress: Progress) -> None:
        if progress.stage == "HiGHS" and not pressed:
            pressed.append(True)
            threading.Timer(0.3, lambda: signal.raise_signal(signal.SIGINT)).start()

    pressed: list[bool] = []
    solution = solve(endless, EngineSettings(relative_gap=1e-9, time_limit_seconds=60.0), press)
    assert solution.status is SolutionStatus.FEASIBLE
    assert solution.closed_by == "interrupted"


@pytest.mark.parametrize("seconds", [0.0, 0.05, 2.0])
def test_time_limit_is_kept(endless: LinearProgram, seconds: float) -> None:
    begun = time.monotonic()
    solution = solve(endless, EngineSettings(relative_gap=1e-9, time_limit_seconds=seconds))
    assert time.monotonic() - begun < seconds + PROMPT_SECONDS
    assert solution.closed_by == "time limit"
    assert solution.status in (SolutionStatus.FEASIBLE, SolutionStatus.NO_SOLUTION)


def test_time_limit_in_the_linear_program(long_linear: LinearProgram) -> None:
    begun = time.monotonic()
    solution = solve(long_linear, EngineSettings(time_limit_seconds=0.7))
    assert time.monotonic() - begun < 0.7 + PROMPT_SECONDS
    assert solution.status is SolutionStatus.NO_SOLUTION
