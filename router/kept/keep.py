"""Makes a kept plan of what a session found."""

from __future__ import annotations

import threading

import numpy as np

from router import __version__
from router.arrays import FloatArray
from router.audit.audit import AuditStoppedError
from router.audit.audited import audited
from router.engine.held_program import HeldProgram
from router.engine.settings import EngineSettings
from router.engine.solution import Solution
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearStatus, WarmLinearProgram
from router.kept.container import as_bytes
from router.kept.kept_plan import KeptHeader, KeptPlan
from router.kept.kept_start import KeptStart, packed
from router.kept.program_mark import mark_of
from router.model.alignment import align
from router.model.model import Model
from router.plan.document import Plan
from router.plan.pipeline import plan_from
from router.scenario.scenario import Scenario
from router.session.bound import RowPrices, bound_at
from router.session.events import PlanFound
from router.session.first_answer import FirstAnswer, as_solution, job_of_column
from router.session.search import Root
from router.session.session import Session

_MOST_PLANS = 3
"""Times that the held program may still find something better by itself."""


def keep(found: PlanFound, session: Session, interrupt: threading.Event | None = None) -> bytes | None:
    """What to write (folder.py: ``store_kept``) so that a later session starts from the plan that this one ended with.

    As ``keep_solution``. None also where no relaxation was solved, as in very large programs. Takes some tenths of a
    second beside the session, for a thread of the caller's; setting ``interrupt`` ends it.
    """
    root = session.root
    if root is None:
        return None
    return keep_solution(found.scenario, found.model, found.solution, root, session.settings, interrupt)


def keep_solution(
    scenario: Scenario,
    model: Model,
    solution: Solution,
    root: Root,
    settings: EngineSettings,
    interrupt: threading.Event | None = None,
) -> bytes | None:
    """A kept plan from a solution of a scenario's model, None where there is no plan to keep (yet).

    The plan kept is the one that a session started from it will tell first, to the cent: it costs what the solution
    costs, or less, and its bound is what the relaxation's prices prove.
    """
    stop = StopSignal(interrupt=interrupt)
    start = _start(model, solution.values, root, settings, stop)
    plan = None if start is None else _plan_told(scenario, model, start, settings, stop)
    if start is None or plan is None:
        return None
    header = KeptHeader(
        router_version=__version__,
        scenario_sha256=plan.scenario.sha256,
        program=mark_of(model.program),
        empty_promise=start.empty_promise,
        search_gap=solution.gap if np.isfinite(solution.gap) else None,
    )
    return as_bytes(KeptPlan(header, plan, packed(start)))


def _start(
    model: Model, values: FloatArray, root: Root, settings: EngineSettings, stop: StopSignal
) -> KeptStart | None:
    """The two linear programs at the plan of these values (n,), each with its basis."""
    relaxation = WarmLinearProgram(root.model.program, settings.linear_backend, settings.threads, scaled=False)
    relaxation.start_from(root.basis)
    if root.model is not model:
        alignment = align(root.model, model)
        relaxation.become(model.program, alignment.columns, alignment.rows)
    bound = relaxation.solve(stop)
    relaxed = relaxation.basis()
    if bound.status is not LinearStatus.OPTIMAL or relaxed is None:
        return None
    held = HeldProgram(model.program, job_of_column(model), values, settings)
    held.start_from(relaxed, empty_promise=0.0)
    answer = held.stand(stop)
    for _ in range(_MOST_PLANS):
        plan = held.plan(stop)
        if answer is None or plan is None or plan.objective >= answer.objective:
            break
        answer, values = plan, plan.values
    held.hold(values)
    answer = held.stand(stop)
    basis = held.warm.basis()
    if answer is None or basis is None:
        return None
    decided = answer.values.round()
    decided[~model.program.is_integer] = 0.0
    return KeptStart(decided, basis, relaxed, bound.row_duals, held.empty_promise)


def _plan_told(
    scenario: Scenario, model: Model, start: KeptStart, settings: EngineSettings, stop: StopSignal
) -> Plan | None:
    """The plan as a session that starts here tells it, with its audit."""
    first = FirstAnswer(settings)
    first.begin(scenario, model, start)
    answer = first.plan(scenario, model, stop)
    if answer is None:
        return None
    solution = as_solution(model, answer, bound_at(RowPrices(model, start.prices), model), settings)
    try:
        return audited(scenario, plan_from(scenario, model, solution, settings), lambda: not stop.reason)
    except AuditStoppedError:
        return None
