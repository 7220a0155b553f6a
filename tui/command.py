"""`router tui`: the full-screen app."""

from __future__ import annotations

import os

import click


@click.command("tui")
@click.argument("scenario", required=False)
@click.option("--view", help="The view to open with, such as demand or overview.")
def command(scenario: str | None, view: str | None) -> None:
    """Open the full-screen app on SCENARIO: a file, or the name of a shipped one (default: frontier-lab)."""
    from tui.opening import open_named
    from tui.starting import start

    if view is not None:
        from tui.views.registry import VIEWS

        names = [entry.name for entry in VIEWS]
        if view not in names:
            raise click.BadParameter(f"found {view!r}, expected one of {', '.join(names)}", param_hint="--view")
    start(open_named(scenario), view, os.environ)
