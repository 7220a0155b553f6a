"""The plans at hand that can be compared: of the file, as edited now, from before the last change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from router.report import numbers
from router.report.tables.difference_rows import DISCOUNTED
from router.view.compare import ComparedSide
from router.workspace.whatif_shelf import key_of

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario
    from router.workspace.shown import Shown
    from router.workspace.whatif_shelf import Shelf


@dataclass(frozen=True)
class SideChoice:
    """Something to compare: `side` is None where there is no such plan yet, which `what` then says."""

    key: str
    title: str
    what: str
    side: ComparedSide | None


@dataclass(frozen=True)
class WhatIfChoice:
    """A what-if to compare: by its key on the shelf, its name, and what it is."""

    key: str
    name: str
    what: str


def what_if_choices(shelf: Shelf) -> tuple[WhatIfChoice, ...]:
    """The what-ifs of all files, in their order."""
    return tuple(
        WhatIfChoice(key_of(file, case), case.name, f"{case.title}  (what-if of {file.path.stem})")
        for file in shelf.files
        for case in file.asks.cases
    )


def side_choices(shown: Shown, saved_scenario: Scenario) -> tuple[SideChoice, ...]:
    """The plans of the open file: `saved`, `now`, `previous`."""
    stale = ", from before the last edit" if shown.is_stale else ""
    return (
        _choice("saved", "saved", shown.saved_plan, saved_scenario, "of the scenario in its file", "no such plan yet"),
        _choice("now", "now", shown.plan, shown.plan_scenario, f"as edited{stale}", "no plan yet"),
        _choice(
            "previous",
            "previous",
            shown.before_plan,
            _scenario_of(shown.before_plan, shown, saved_scenario),
            "before the last change",
            "nothing was changed yet",
        ),
    )


def side_words(side: ComparedSide) -> str:
    """A side in one line: `now: frontier-lab, $496 B (discounted)`."""
    return f"{side.name}: {side.plan.scenario.name}, {numbers.money(side.plan.totals.cost_usd)} ({DISCOUNTED})"


def _choice(key: str, title: str, plan: Plan | None, scenario: Scenario, what: str, what_is_missing: str) -> SideChoice:
    if plan is None:
        return SideChoice(key, title, what_is_missing, None)
    return SideChoice(key, title, what, ComparedSide(title, plan, scenario))


def _scenario_of(plan: Plan | None, shown: Shown, saved_scenario: Scenario) -> Scenario:
    """The scenario that a plan is told with. It gives units, titles and what is in pools; amounts are the plan's own,
    so that the nearest one at hand serves where that of the plan is gone."""
    return saved_scenario if plan is not None and plan is shown.saved_plan else shown.plan_scenario
