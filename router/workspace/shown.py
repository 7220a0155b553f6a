"""What the screens show: the scenario as edited, the newest plan there is, and what came before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.session.events import Event, NoPlan, PlanFound, SearchEnded
from router.view.solver_state import SolverState, Stage, state_after


@dataclass(frozen=True)
class Shown:
    """One state of an open scenario. ``version`` counts scenarios, ``plan_version`` is that of ``plan``.

    ``plan_scenario`` is what ``plan`` is of; ``found`` is what it was read from, None for a kept plan. ``saved_plan``:
    the best plan known of the saved scenario; ``before_plan``: what was shown when the last change was made.
    ``asked_at``: when the newest scenario was asked for, in seconds of a monotonic clock.
    """

    scenario: Scenario
    version: int
    plan: Plan | None
    plan_scenario: Scenario
    plan_version: int
    found: PlanFound | None
    saved_plan: Plan | None
    saved_version: int
    before_plan: Plan | None
    solver: SolverState
    asked_at: float

    @property
    def is_stale(self) -> bool:
        """Whether the scenario was edited since the plan was made."""
        return self.plan is not None and self.plan_version != self.version

    @property
    def is_saved(self) -> bool:
        """Whether the scenario is the one in its file."""
        return self.version == self.saved_version


def opened(scenario: Scenario, plan: Plan | None, now: float) -> Shown:
    """A scenario just read, with the plan kept of it if there is one."""
    stage = Stage.SOLVING if plan is None else Stage.IDLE
    gap = 0.0 if plan is None else plan.solve.gap
    return Shown(scenario, 0, plan, scenario, 0, None, plan, 0, None, SolverState(stage, gap=gap), now)


def after_change(shown: Shown, scenario: Scenario, version: int, now: float, *, is_saved: bool) -> Shown:
    """Another scenario is asked for: the plan stays, stale. ``is_saved``: it is the one in the file again."""
    before = shown.before_plan if shown.is_stale else shown.plan
    return replace(
        shown,
        scenario=scenario,
        version=version,
        saved_version=version if is_saved else shown.saved_version,
        before_plan=before,
        solver=SolverState(Stage.SOLVING),
        asked_at=now,
    )


def after_save(shown: Shown) -> Shown:
    """The scenario as it stands is in its file now."""
    plan = None if shown.is_stale else shown.plan
    return replace(shown, saved_version=shown.version, saved_plan=plan)


def after_event(shown: Shown, event: Event, now: float) -> Shown:
    """What the session told; nothing where it is of an older scenario."""
    if event.version != shown.version:
        return shown
    state = state_after(event, now - shown.asked_at)
    match event:
        case PlanFound():
            is_saved = shown.is_saved and _is_better(event.plan, shown.saved_plan)
            return replace(
                shown,
                plan=event.plan,
                plan_scenario=event.scenario,
                plan_version=event.version,
                found=event,
                saved_plan=event.plan if is_saved else shown.saved_plan,
                solver=state,
            )
        case SearchEnded() | NoPlan():
            return replace(shown, solver=state)


def _is_better(plan: Plan, known: Plan | None) -> bool:
    """Whether a plan of the saved scenario takes the place of the one known; an equal one may have been audited."""
    return known is None or plan.totals.cost_usd <= known.totals.cost_usd
