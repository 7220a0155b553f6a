"""What-ifs of the open scenario: read, planned beside the screen, and what came of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.sweep.answered import Answered
from router.whatif.case import BASE
from router.workspace.case_planner import CasePlanner, MakePlanner, PlannerSettings
from router.workspace.whatif_files import Read
from router.workspace.whatif_shelf import Librarian, Shelf

_MOST_ANSWERS = 5_000
_MOST_PLANS = 6


class WhatIfDesk:
    """Holds the newest shelf, and answers by what was asked of what: they outlast edits, saves and other files.

    ``read`` and ``make_planner`` may be replaced before anything is asked.
    """

    def __init__(self, read: Read, make_planner: MakePlanner) -> None:
        self.make_planner = make_planner
        self.shelf: Shelf | None = None
        """As read last."""
        self._librarian = Librarian(read)
        self._answers: dict[str, Answered] = {}
        self._plans: dict[str, Plan] = {}
        self._planner: tuple[Scenario, CasePlanner] | None = None
        self._lock = threading.Lock()

    def add(self, path: Path) -> None:
        """List a file that was opened by hand, from the next reading on."""
        self._librarian.add(path)

    def read(self, scenario: Scenario, file: Path) -> Shelf:
        """The what-if files of a scenario as they are now. For a thread."""
        self.shelf = self._librarian.shelf(scenario, file)
        return self.shelf

    def answered(self, shelf: Shelf) -> dict[str, Answered]:
        """What is known of the cases, by their keys."""
        return {key: self._answers[mark] for key, mark in shelf.marks.items() if mark in self._answers}

    def work_out(
        self, shelf: Shelf, keys: Iterable[str], settings: PlannerSettings, search_seconds: float
    ) -> Iterator[str | tuple[str, Answered]]:
        """Plans cases, and gives the key and what came of each; words on how far it is before that. For a thread.

        Ends early after `stop`, or after another scenario was asked about: then raises CasePlannerError.
        """
        wanted = list(keys)
        planner = self._planner_of(shelf.scenario, settings)
        for told in planner.outcomes([shelf.cases[key] for key in wanted], search_seconds):
            if isinstance(told, str):
                yield told
                continue
            key = wanted.pop(0)
            self._keep(shelf.marks[key], told)
            yield key, told

    def stop(self) -> None:
        """No more is worked out."""
        with self._lock:
            known, self._planner = self._planner, None
        if known is not None:
            known[1].stop()

    def known_plan(self, shelf: Shelf, key: str) -> Plan | None:
        """The plan of a case that was made lately."""
        return self._plans.get(shelf.marks[key])

    def plan_with(
        self, planner: CasePlanner, shelf: Shelf, key: str, search_seconds: float, tell: Callable[[str], None]
    ) -> Plan:
        """The plan of a case. Raises CasePlannerError, also where there is none. For a thread."""
        for told in planner.plan(shelf.cases[key], search_seconds):
            if isinstance(told, str):
                tell(told)
                continue
            self._plans[shelf.marks[key]] = told
            while len(self._plans) > _MOST_PLANS:
                self._plans.pop(next(iter(self._plans)))
            return told
        raise AssertionError("a planner gives a plan or says why there is none")

    def _planner_of(self, scenario: Scenario, settings: PlannerSettings) -> CasePlanner:
        with self._lock:
            if self._planner is not None and self._planner[0] is scenario:
                return self._planner[1]
            before, planner = self._planner, self.make_planner(scenario, settings)
            self._planner = scenario, planner
        if before is not None:
            before[1].stop()
        return planner

    def _keep(self, mark: str, answered: Answered) -> None:
        known = self._answers.get(mark)
        if known is None or not _is_better(known, answered):
            self._answers[mark] = answered
        while len(self._answers) > _MOST_ANSWERS:
            self._answers.pop(next(iter(self._answers)))


def once_each(shelf: Shelf, keys: Iterable[str]) -> list[str]:
    """The first of those that make the same changes: files may share what-ifs, and one answer is that of all."""
    return list({shelf.marks[key]: key for key in reversed(list(keys))}.values())[::-1]


def _is_better(known: Answered, answered: Answered) -> bool:
    """A search may end before it has found again what an earlier one had."""
    if known.outcome is None or answered.outcome is None:
        return known.outcome is not None
    return known.outcome.cost_usd < answered.outcome.cost_usd


def unknown_keys(shelf: Shelf, answered: dict[str, Answered]) -> list[str]:
    """The cases that nothing is known of, the base first: all others are told against it."""
    return [key for key in (BASE, *(key for key in shelf.cases if key != BASE)) if key not in answered]
