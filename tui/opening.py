"""What the app begins with: a scenario read and checked, the plan kept of it, the user's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from router.change.history import History
from router.kept.folder import find_kept
from router.kept.kept_plan import KeptPlan
from router.plan.reference import scenario_reference
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.workspace.file_state import FileState, open_scenario
from router.workspace.folders import plans_folder
from router.workspace.recovery import LostSession


@dataclass(frozen=True)
class Opened:
    """A scenario file that was read. ``history``: of a lost session that goes on here, None for a new one."""

    scenario: Scenario
    path: Path
    state: FileState
    kept: KeptPlan | None
    history: History | None = None
    notices: tuple[str, ...] = field(default=())


def open_file(path: Path) -> Opened:
    """Reads a scenario and finds the plan kept of it. Raises ScenarioError with all that is wrong with the file."""
    scenario, state = open_scenario(path)
    return Opened(scenario, path.absolute(), state, kept_plan_of(scenario))


def open_named(given: str | None) -> Opened:
    """A file, a shipped scenario's name, or nothing for the default one. Raises ScenarioError."""
    return open_file(scenario_path(given))


def sha256_of(state: FileState) -> str:
    """SHA-256 of the scenario file's own bytes, as journals have it."""
    return next((each.sha256 or "" for each in state.files if each.path == state.path), "")


def kept_plan_of(scenario: Scenario) -> KeptPlan | None:
    """The plan kept of a scenario; None where there is none that fits."""
    return find_kept(scenario_reference(scenario).sha256, plans_folder())


def open_lost(lost: LostSession, here: Opened) -> Opened:
    """The file of a lost session as it is now. Raises ScenarioError where it cannot be read."""
    if lost.path is None or Path(lost.path) == here.path:
        return here
    return open_file(Path(lost.path))
