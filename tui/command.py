"""`router tui`: the full-screen app."""

from __future__ import annotations

import os
import sys

import click


@click.command("tui")
@click.argument("scenario", required=False)
@click.option("--view", help="The view to open with, such as demand or overview.")
def command(scenario: str | None, view: str | None) -> None:
    """Open the full-screen app on SCENARIO: a file, or the name of a shipped one (default: frontier-lab)."""
    for stream, what in ((sys.stdin, "input,"), (sys.__stderr__, "error output, on which the screen is drawn,")):
        if stream is None or stream.closed or not stream.isatty():
            raise click.UsageError(
                f"this needs a terminal: the standard {what} is none; see `router solve` for scripts"
            )
    from tui.opening import open_named
    from tui.starting import start

    if view is not None:
        from tui.views.registry import VIEWS

        names = [entry.name for entry in VIEWS]
        if view not in names:
            raise click.BadParameter(f"found {view!r}, expected one of {', '.join(names)}", param_hint="--view")
    start(open_named(scenario), view, os.environ)
