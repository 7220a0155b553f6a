"""What-if files about the tiny scenario, and a planner that answers at once, for tests of the app's what-ifs."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from router.outcome.outcome import Outcome, WindowFigures
from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.sweep.answered import Answered
from router.whatif.case import BASE, Case
from router.workspace.case_planner import CasePlannerError, PlannerSettings

GROWTH = """\
format: 1
scenario: tiny
title: Chat grows
question: >-
  What if chat grows faster than planned, and Oracle's machines come late?
answer: It costs twice as much.
whatifs:
  late:
    title: Oracle's H100 a month late
    changes:
      - shift: pools.oracle-h100.capacity
        by: 1 month
  grows:
    title: Chat grows by half  # a comment that stays
    changes:
      - scale: workloads.chat.streams.us.demand
        by: 1.5
  both:
    title: Late, and chat grows
    extends: [late, grows]
    changes:
      - scale: offers[aws/us-east-1/p5.48xlarge/on_demand].usd_per_hour
        by: 1.2
"""
"""Three what-ifs: one change, one change, and three."""

BROKEN = """\
format: 1
scenario: tiny
title: Broken
whatifs:
  bad:
    changes:
      - scale: workloads.chat.streams.us.demnd
        by: 2
"""


def growth_in(folder: Path, name: str = "growth.yaml", text: str = GROWTH) -> Path:
    """The file in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def outcome(cost_usd: float, bound_usd: float | None = None, *, short: float = 0, unserved: float = 0) -> Outcome:
    """Figures of which only some matter."""
    start, end = date(2026, 1, 1), date(2027, 1, 1)
    return Outcome(
        cost_usd=cost_usd,
        lower_bound_usd=cost_usd if bound_usd is None else bound_usd,
        cash_usd=cost_usd,
        cost_by_cause_usd={},
        cash_by_year_usd={},
        cash_by_period_usd=(),
        cash_by_provider_usd={},
        windows=(WindowFigures("oracle-ucm", "year", start, end, 6e5, 6e5 - short, short),),
        unserved_usd={"chat": unserved} if unserved else {},
        unserved_units={},
        moved_units={},
        broken_limits=(),
        found_by="held",
    )


ANSWERS = {
    BASE: outcome(1000.0, 990.0),
    "late": outcome(1005.0, 980.0),
    "grows": outcome(1500.0, 1480.0, short=20.0),
    "both": outcome(1600.0, 1590.0, unserved=70.0),
}


class SomePlanner:
    """Answers from a list; what was asked is kept. ``waits``: what it waits for before each answer."""

    def __init__(self, plan: Plan | None = None, waits: threading.Event | None = None) -> None:
        self.asked: list[tuple[list[str], float]] = []
        self.made_of: list[tuple[Scenario, PlannerSettings]] = []
        self.answers: dict[str, Outcome | None] = dict(ANSWERS)
        self.fails = ""
        self._plan = plan
        self._waits = waits
        self._stopped = threading.Event()
        self.stops = 0

    def __call__(self, scenario: Scenario, settings: PlannerSettings) -> SomePlanner:
        self.made_of.append((scenario, settings))
        self._stopped.clear()
        return self

    def outcomes(self, cases: Sequence[Case], search_seconds: float) -> Iterator[str | Answered]:
        self.asked.append(([case.name for case in cases], search_seconds))
        yield "beginning"
        for case in cases:
            self._wait()
            found = self.answers.get(case.name)
            yield Answered(case.name, found, "" if found is not None else "no plan can be")

    def plan(self, case: Case, search_seconds: float) -> Iterator[str | Plan]:
        self.asked.append(([case.name], search_seconds))
        yield f"planning {case.name}"
        self._wait()
        if self._plan is None:
            raise CasePlannerError("no plan can be")
        bill = [line.model_copy(update={"amount_usd": line.amount_usd * 2}) for line in self._plan.bill]
        totals = self._plan.totals.model_copy(update={"cost_usd": self._plan.totals.cost_usd * 2})
        yield self._plan.model_copy(update={"bill": bill, "totals": totals})

    def stop(self) -> None:
        self.stops += 1
        self._stopped.set()

    def _wait(self) -> None:
        if self.fails:
            raise CasePlannerError(self.fails)
        while self._waits is not None and not self._waits.wait(0.01):
            if self._stopped.is_set():
                raise CasePlannerError("cancelled")
