"""Starts the app and sees it through to its end."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace

from router.session.quiet_collector import quiet_collector
from router.workspace.folders import FolderError, config_folder
from router.workspace.settings import Settings, load_settings, uses_colour
from tui.opening import Opened
from tui.recording import Recording


def start(opened: Opened, view: str | None, environment: MutableMapping[str, str]) -> None:
    """Runs the app until its user leaves."""
    settings, problems = _settings()
    if view is not None:
        settings = settings.model_copy(update={"first_view": view})
    # Textual reads the variable itself; the settings may say otherwise.
    if uses_colour(settings, environment):
        environment.pop("NO_COLOR", None)
    else:
        environment["NO_COLOR"] = "1"
    from tui.app import RouterApp

    with quiet_collector():
        app = RouterApp(replace(opened, notices=(*opened.notices, *problems)), settings, Recording())
        app.run()
        # What was found is where the next start begins; whoever left at once has not waited for it.
        found, session = app.plan_to_keep(), app.workspace.session
        if found is not None and session is not None:
            app.keeper.keep(found, session)
        app.workspace.stop()
    if app.return_code:
        raise SystemExit(app.return_code)


def _settings() -> tuple[Settings, tuple[str, ...]]:
    try:
        loaded = load_settings(config_folder())
    except FolderError as error:
        return Settings(), (str(error),)
    return loaded.settings, tuple(str(problem) for problem in loaded.problems)
