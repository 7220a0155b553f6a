"""A plan from a file or of a what-if, to compare with: read, found among the kept ones, or made. For a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from router.change.apply import apply_all
from router.engine.progress import Progress
from router.kept.folder import find_kept
from router.plan.document import Plan
from router.plan.reference import scenario_reference
from router.reading.problems import ScenarioError
from router.reading.source_file import read_bytes
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.view.compare import ComparedSide
from router.view.search_words import search_words
from router.workspace.case_planner import CasePlanner, CasePlannerError
from router.workspace.file_state import open_scenario
from router.workspace.folders import plans_folder
from router.workspace.settings import Settings
from router.workspace.whatif_desk import WhatIfDesk
from router.workspace.whatif_shelf import Shelf
from tui.what_ifs import SEARCH_SECONDS


class NoSideError(Exception):
    """The file gives no plan; one line."""


def side_from_file(
    given: str,
    known: Sequence[Scenario],
    settings: Settings,
    tell: Callable[[str], None],
    interrupt: threading.Event,
) -> ComparedSide:
    """The plan of a scenario file, a shipped scenario, a plan.json or a folder that has one.

    ``known``: scenarios at hand, one of which a plan.json may be of. ``interrupt`` ends a search. Raises ScenarioError
    and OutputError for what cannot be read, NoSideError where no plan comes of it.
    """
    path = Path(given).expanduser()
    if path.is_dir():
        path = path / "plan.json"
    if path.suffix == ".json":
        return _from_plan(path, known, tell)
    tell(f"reading {given}")
    path = scenario_path(given) if path.suffix == "" else path
    scenario, _ = open_scenario(path)
    kept = find_kept(scenario_reference(scenario).sha256, plans_folder())
    if kept is not None:
        return ComparedSide(path.name, kept.plan, scenario)
    return ComparedSide(path.name, _solved(scenario, settings, tell, interrupt), scenario)


def side_from_case(
    desk: WhatIfDesk, planner: CasePlanner, shelf: Shelf, key: str, tell: Callable[[str], None]
) -> ComparedSide:
    """The plan of a what-if on the scenario as saved; stopping the planner ends it. Raises NoSideError."""
    case = shelf.cases[key]
    try:
        scenario = apply_all(shelf.scenario, case.changes, case.at or None).scenario
        plan = desk.known_plan(shelf, key) or desk.plan_with(planner, shelf, key, SEARCH_SECONDS, tell)
    except (CasePlannerError, ScenarioError) as error:
        raise NoSideError(f"{case.name}: {error}") from None
    return ComparedSide(case.name, plan, scenario)


def _from_plan(path: Path, known: Sequence[Scenario], tell: Callable[[str], None]) -> ComparedSide:
    from router.report.plan_json import read_plan

    tell(f"reading {path}")
    plan = read_plan(read_bytes(path), str(path))
    references = [(scenario_reference(scenario), scenario) for scenario in known]
    same = [scenario for reference, scenario in references if reference.sha256 == plan.scenario.sha256]
    if same:
        return ComparedSide(path.name, plan, same[0])
    try:
        # Its scenario by name, where it is shipped; it gives units and titles only.
        scenario, _ = open_scenario(scenario_path(plan.scenario.name))
    except ScenarioError:
        scenario = known[0]
    return ComparedSide(path.name, plan, scenario)


def _solved(scenario: Scenario, settings: Settings, tell: Callable[[str], None], interrupt: threading.Event) -> Plan:
    from router.engine.settings import EngineSettings
    from router.plan.pipeline import NoPlanError, solve_scenario

    def told(event: Progress) -> None:
        tell(search_words(event))

    engine = EngineSettings(
        relative_gap=settings.gap, time_limit_seconds=settings.time_limit_seconds, threads=settings.threads
    )
    tell("solving")
    try:
        plan = solve_scenario(scenario, engine, told, interrupt)
    except NoPlanError as error:
        raise NoSideError(f"{scenario.name}: no plan: {error.reason}") from None
    if interrupt.is_set():
        raise NoSideError(f"{scenario.name}: cancelled")
    return plan
