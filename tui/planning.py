"""The engine behind the screen: imported and started once something is painted, and what it finds is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from router.kept.folder import store_kept
from router.kept.kept_plan import KeptPlan
from router.scenario.scenario import Scenario
from router.session.events import Event, PlanFound
from router.workspace.settings import Settings

if TYPE_CHECKING:
    from router.session.session import Session


def load_engine() -> None:
    """Imports the solver, which takes a quarter of a second. For a thread of its own."""
    import router.session.session  # noqa: F401


def start_session(
    scenario: Scenario, settings: Settings, kept: KeptPlan | None, listener: Callable[[Event], None]
) -> Session:
    """A session that plans a scenario, from a kept plan where there is one."""
    from router.engine.settings import EngineSettings
    from router.session.session import Session

    engine = EngineSettings(
        relative_gap=settings.gap, time_limit_seconds=settings.time_limit_seconds, threads=settings.threads
    )
    return Session(scenario, engine, listener, kept)


def keep_plan(session: Session, found: PlanFound, folder: Path, interrupt: threading.Event) -> None:
    """Keeps a plan for the next start, unless interrupted. For a thread of its own."""
    from router.kept.keep import keep

    content = keep(found, session, interrupt)
    if content is not None:
        store_kept(content, found.plan.scenario.sha256, folder)
