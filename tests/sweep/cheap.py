"""A planner that costs nothing, and does what a case says: sleep, fail, die."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from router.change.change import Change, Operation
from router.engine.basis import Basis
from router.engine.settings import EngineSettings
from router.engine.solution import SolutionStatus
from router.kept.kept_start import KeptStart
from router.outcome.effort import Effort
from router.outcome.outcome import Outcome, WindowFigures
from router.plan.pipeline import NoPlanError
from router.scenario.scenario import Scenario
from router.sweep.planned_base import MakePlanner, PlannedBase
from router.whatif.case import Case
from tests.scenarios import scenario

NO_BASIS = Basis(np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.int8))
NOTHING_KEPT = KeptStart(np.zeros(0), NO_BASIS, NO_BASIS, np.zeros(0), 0.0)


class CheapPlanner:
    """Cost is the case's number. A case does what its factor `do` says (with `file`: a path it needs for that)."""

    def __init__(self, scenario: Scenario, start: KeptStart, settings: EngineSettings) -> None:
        assert scenario.name
        self.threads = settings.threads

    def outcome(self, case: Case, effort: Effort, interrupt: threading.Event | None = None) -> Outcome:
        factors = dict(case.factors)
        do, file = str(factors.get("do", "")), Path(str(factors.get("file", "")))
        if do == "die":
            _note_pid(file)
            os.kill(os.getpid(), signal.SIGKILL)
        if do == "wait":
            _note_pid(file)
            # The first time until somebody kills this process.
            if len(file.read_text().splitlines()) == 1:
                (interrupt or threading.Event()).wait(60)
                raise NoPlanError(SolutionStatus.NO_SOLUTION, "interrupted")
        if do == "sleep":
            _note_pid(file)
            time.sleep(0.05)
        if do == "no plan":
            raise NoPlanError(SolutionStatus.INFEASIBLE, "nothing fits\nat all")
        if do == "fault":
            raise RuntimeError("an index\nis out of range")
        return outcome_at(float(number_of(case)), self.threads)


class DeadPlanner:
    """Its process dies before anything is planned."""

    def __init__(self, scenario: Scenario, start: KeptStart, settings: EngineSettings) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def outcome(self, case: Case, effort: Effort, interrupt: threading.Event | None = None) -> Outcome:
        raise AssertionError("never")


def base(make_planner: MakePlanner = CheapPlanner) -> PlannedBase:
    return PlannedBase(scenario(), NOTHING_KEPT, EngineSettings(threads=3), make_planner)


def cases(count: int, special: dict[int, tuple[str, Path]] | None = None) -> list[Case]:
    """`draw/1` and so on; ``special``: what some do, and the file they need."""
    made = []
    for number in range(1, count + 1):
        factors: tuple[tuple[str, float | str], ...] = (("price", 0.1 * number),)
        if special and number in special:
            do, file = special[number]
            factors = (*factors, ("do", do), ("file", str(file)))
        change = Change(("pools", "north", "capacity"), Operation.SET, number)
        made.append(Case(f"draw/{number}", f"Draw {number}", (change,), group="draw", factors=factors))
    return made


def number_of(case: Case) -> int:
    return int(case.name.partition("/")[2])


def outcome_at(cost: float, threads: int = 1) -> Outcome:
    """Figures with all kinds of numbers."""
    third = cost / 3.0
    window = WindowFigures("north-deal", "spend", date(2026, 1, 1), date(2027, 1, 1), 1e10 / 3, third, 0.1 + 0.2)
    return Outcome(
        cost_usd=cost,
        lower_bound_usd=float("-inf") if threads > 1 else cost - 0.1,
        cash_usd=third,
        cost_by_cause_usd={("usage", "north"): third, ("unserved", "-"): 2 * third},
        cash_by_year_usd={"2026": third, "2027": 1e-300},
        cash_by_period_usd=(third, 0.1, 5e-324, 1.7976931348623157e308),
        cash_by_provider_usd={"north": third},
        windows=(window, window),
        unserved_usd={"chat": 0.3},
        unserved_units={},
        moved_units={"Zug‑é": 1 / 7},
        broken_limits=("limits.cash[2026]",),
        found_by="held",
        seconds=0.001,
    )


def pids(file: Path) -> Sequence[int]:
    """Processes that planned a case that notes them."""
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def _note_pid(file: Path) -> None:
    with open(file, "a") as stream:
        stream.write(f"{os.getpid()}\n")
