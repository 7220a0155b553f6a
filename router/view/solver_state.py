"""What the solver is doing, in words of one line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from router.report import numbers
from router.session.events import Event, NoPlan, PlanFound
from router.view.fact import Fact, FactRole

_WHY_ENDED = {"time limit": "time limit reached", "interrupted": "interrupted"}
_RANK = 4


class Stage(StrEnum):
    """How far the answer to the newest scenario is."""

    IDLE = "idle"
    """Nothing was asked: the plan at hand was read from a file."""
    SOLVING = "solving"
    """No plan of the newest scenario yet."""
    HELD = "held"
    """Its first plan is there; better ones are searched."""
    IMPROVED = "improved"
    PROVED = "proved"
    ENDED = "ended"
    NO_PLAN = "no plan"


@dataclass(frozen=True, slots=True)
class SolverState:
    """`seconds` since the newest scenario was asked for, while work goes on; `gap` and `reason` as the events say."""

    stage: Stage
    seconds: float = 0.0
    gap: float = 0.0
    reason: str = ""

    @property
    def is_working(self) -> bool:
        """Whether a better answer may come."""
        return self.stage in (Stage.SOLVING, Stage.HELD, Stage.IMPROVED)


def state_after(event: Event, seconds: float = 0.0) -> SolverState:
    """The state that an event of the session tells of; `seconds` since its scenario was asked for."""
    if isinstance(event, PlanFound):
        return SolverState(Stage.HELD if event.is_first else Stage.IMPROVED, seconds, event.plan.solve.gap)
    if isinstance(event, NoPlan):
        return SolverState(Stage.NO_PLAN, seconds, reason=event.reason)
    return SolverState(Stage.PROVED if event.gap_closed else Stage.ENDED, seconds, event.gap, event.reason)


def solver_fact(state: SolverState) -> Fact:
    """The state for the header: `solving 0.3 s`, `answer held`, `proved within 0.01 %`, `no plan: ...`."""
    short, long, role = _words(state)
    return Fact("solver", short, long, _RANK, role)


def _words(state: SolverState) -> tuple[str, str, FactRole]:
    since = f"{max(0.0, state.seconds):.1f} s"
    match state.stage:
        case Stage.IDLE:
            return "as read", "plan as read from its file", FactRole.PLAIN
        case Stage.SOLVING:
            return since, f"solving {since}", FactRole.WORKING
        case Stage.HELD:
            return "held", f"answer held, searching {since}", FactRole.WORKING
        case Stage.IMPROVED:
            return "better", f"better answer, searching {since}", FactRole.WORKING
        case Stage.PROVED:
            within = "proved the cheapest" if state.gap <= 0 else f"proved within {numbers.at_most_share(state.gap)}"
            return "proved", within, FactRole.GOOD
        case Stage.ENDED:
            # Any other word is the stage that found the plan: the search had nothing more to try.
            why = _WHY_ENDED.get(state.reason, "nothing more to try")
            return "ended", f"search ended: {why}", FactRole.PLAIN
        case Stage.NO_PLAN:
            return "NO PLAN", f"no plan: {state.reason}", FactRole.ALERT
