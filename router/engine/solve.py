"""The engine: from a mixed-integer linear program to the best plan found and a proven bound."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from router.engine.branching import branch
from router.engine.check import contradiction_of, fault_of
from router.engine.dive import BOLD, dive, solve_with_integers_fixed
from router.engine.incumbent import Incumbent
from router.engine.integer_program import IntegerRequest, solve_integer_program
from router.engine.progress import ProgressCallback
from router.engine.reduced_cost import tightened
from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus
from router.engine.stages import StageClock
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.linear_program import LinearProgram

LINEAR, BRANCHING, INTEGER = "linear program", "branching", "integer program"


def solve(
    program: LinearProgram,
    settings: EngineSettings | None = None,
    progress: ProgressCallback | None = None,
    interrupt: threading.Event | None = None,
) -> Solution:
    """The best plan within the settings' gap and time, with a proven lower bound.

    Setting ``interrupt``, or Ctrl-C in the calling thread, ends the solve with the best plan so far.
    Never raises for a bad program or a solver's failure: see ``Solution.status`` and ``message``.
    """
    return _Solve(program, settings or EngineSettings(), progress, interrupt).run()
