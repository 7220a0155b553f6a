"""What all cases start from: the base's plan, as it was kept or as it is solved now."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from router.engine.incumbent import Incumbent
from router.engine.progress import Progress, ProgressCallback
from router.engine.settings import EngineSettings
from router.engine.solution import SolutionStatus
from router.engine.solve import improve
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.kept.container import read_kept
from router.kept.folder import find_kept, store_kept
from router.kept.keep import keep_solution
from router.kept.kept_start import KeptStart, start_of
from router.model.model import Model
from router.plan.pipeline import NoPlanError, in_usd
from router.plan.reference import scenario_reference
from router.scenario.scenario import Scenario
from router.session.models import model_after
from router.session.search import Root

_INTERRUPTED = "interrupted"


def prepare(
    scenario: Scenario,
    folder: Path | None,
    settings: EngineSettings,
    interrupt: threading.Event | None = None,
    progress: ProgressCallback | None = None,
) -> KeptStart:
    """The start of a scenario's kept plan (``folder``: the user's; or a shipped one), else of one that is solved here.

    What is solved is kept in the folder for the next time. ``progress`` is told of the solve in USD. May be pickled,
    for other processes to start from. Raises NoPlanError where there is no plan, or it was interrupted.
    """
    model = model_after(scenario, None)
    sha256 = scenario_reference(scenario).sha256
    kept = find_kept(sha256, folder)
    start = None if kept is None else start_of(kept, model.program)
    if start is not None:
        return start
    stop = threading.Event() if interrupt is None else interrupt
    content = _solved(scenario, model, settings, stop, progress)
    solved = read_kept(content, sha256)
    start = None if solved is None else start_of(solved, model.program)
    if start is None:
        raise NoPlanError(SolutionStatus.FAILED, "the plan found cannot be kept")
    if folder is not None:
        store_kept(content, sha256, folder)
    return start


def _solved(
    scenario: Scenario,
    model: Model,
    settings: EngineSettings,
    interrupt: threading.Event,
    progress: ProgressCallback | None,
) -> bytes:
    """A kept plan, found now. Raises NoPlanError."""
    warm = WarmLinearProgram(model.program, settings.linear_backend, settings.threads, scaled=False)
    roots: list[Root] = []

    def on_better(best: Incumbent) -> None:
        # The first word is of the relaxation's bound, when nothing else has been solved yet.
        if not roots and (basis := warm.basis()) is not None:
            roots.append(Root(model, basis))
        tell(best)

    tell = _teller(in_usd(progress, model.program.usd_per_unit))
    solution = improve(warm, model.program, None, -float("inf"), settings, on_better, interrupt, model.blocks)
    if interrupt.is_set():
        raise NoPlanError(SolutionStatus.NO_SOLUTION, _INTERRUPTED)
    if not solution.has_plan:
        raise NoPlanError(solution.status, solution.message or solution.status.value)
    root = roots[0] if roots else _root_of(model, warm, interrupt)
    content = None if root is None else keep_solution(scenario, model, solution, root, settings, interrupt)
    if interrupt.is_set():
        raise NoPlanError(SolutionStatus.NO_SOLUTION, _INTERRUPTED)
    if content is None:
        raise NoPlanError(SolutionStatus.FAILED, "the plan found cannot be kept")
    return content


def _root_of(model: Model, warm: WarmLinearProgram, interrupt: threading.Event) -> Root | None:
    """The basis of the relaxation where the search needed none."""
    warm.solve(StopSignal(interrupt=interrupt))
    basis = warm.basis()
    return None if basis is None else Root(model, basis)


def _teller(progress: ProgressCallback | None) -> Callable[[Incumbent], None]:
    begun = time.monotonic()

    def tell(best: Incumbent) -> None:
        if progress is not None:
            elapsed = time.monotonic() - begun
            progress(Progress(best.found_by, elapsed, best.lower_bound, best.objective, best.gap))

    return tell
