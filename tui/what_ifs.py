"""What-ifs beside the screen: how their files are read, and who plans them."""

from __future__ import annotations

from pathlib import Path

from router.scenario.scenario import Scenario
from router.workspace.case_planner import CasePlanner, PlannerSettings
from router.workspace.folders import plans_folder
from router.workspace.settings import Settings
from router.workspace.whatif_files import Asks

SEARCH_SECONDS = 20.0
"""For a better plan of one what-if than the quick one, at most."""


def read(path: Path, scenario: Scenario) -> Asks:
    """What a file asks of a scenario. Raises ScenarioError where all of it is wrong. For a thread."""
    from router.workspace.whatif_reading import read_what_ifs

    return read_what_ifs(path, scenario)


def make_planner(scenario: Scenario, settings: PlannerSettings) -> CasePlanner:
    """Plans in a process of its own."""
    from router.workspace.planner_process import PlannerProcess

    return PlannerProcess(scenario, settings)


def planner_settings(settings: Settings) -> PlannerSettings:
    """What a planner needs to know."""
    return PlannerSettings(plans_folder(), settings.gap, settings.time_limit_seconds, settings.threads)
