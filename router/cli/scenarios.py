"""`router scenarios`: what is shipped and where it lies."""

from __future__ import annotations

import click

from router.scenario.shipped import DEFAULT, shipped_folder, shipped_names


@click.command("scenarios")
def command() -> None:
    """List the shipped scenarios, to solve by name or to copy and change."""
    for name in shipped_names():
        mark = "  (default)" if name == DEFAULT else ""
        click.echo(f"{name:<14} {shipped_folder() / (name + '.yaml')}{mark}")
