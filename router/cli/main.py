"""The command line: `router COMMAND`."""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

import click

from router import __version__
from router.cli.exit_codes import BAD_INPUT, BROKEN_PIPE, INTERRUPTED


class LazyGroup(click.Group):
    """Imports a command's module only when the command is used, so that each starts fast."""

    commands_by_name: Mapping[str, str] = {
        "solve": "router.cli.solve",
        "whatif": "router.cli.whatif",
        "check": "router.cli.check",
        "explain": "router.cli.explain",
        "diff": "router.cli.diff",
        "audit": "router.cli.audit",
        "schema": "router.cli.schema",
        "scenarios": "router.cli.scenarios",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use."""
        return list(self.commands_by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        module = self.commands_by_name.get(cmd_name)
        if module is None:
            return None
        from importlib import import_module

        command: click.Command = import_module(module).command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="router")
def cli() -> None:
    """Decide where every GPU training run, inference service and CPU agent fleet runs, across clouds, period by
    period, at the lowest total cost under contract commitments.

    Exit codes: 0 done; 1 demand unserved or a limit broken under --strict, or an audit that found differences;
    2 bad input; 3 no plan.
    """


def run(more_commands: Mapping[str, str] | None = None, default: str | None = None) -> None:
    """Entry point of the `router` command: no user ever sees a traceback for bad input.

    ``more_commands``: modules of further commands by name. ``default``: the command that is meant where none is given.
    """
    from router.reading.problems import ScenarioError
    from router.reading.write import OutputError

    arguments = sys.argv[1:] or ([default] if default else [])
    group = _with_more(more_commands or {})
    try:
        code = group(arguments, prog_name="router", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as exit_request:
        code = exit_request.exit_code
    except click.ClickException as error:
        error.show()
        code = BAD_INPUT
    except (ScenarioError, OutputError) as error:
        click.echo(str(error), err=True)
        code = BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again when it closes stdout.
        _abandon(sys.stdout)
        code = BROKEN_PIPE
    except OSError as error:
        _abandon(sys.stdout)
        with suppress(OSError):
            click.echo(f"cannot write the output: {error.strerror or error}", err=True)
        code = BAD_INPUT
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        # Progress that nobody can read must not change the exit code when Python flushes once more at its end.
        _abandon(sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)


def _with_more(more_commands: Mapping[str, str]) -> click.Group:
    assert isinstance(cli, LazyGroup)
    group = copy.copy(cli)
    group.commands_by_name = {**more_commands, **cli.commands_by_name}
    return group


def _abandon(stream: TextIO | None) -> None:
    """Keep Python from writing what is left of a stream once more when it ends."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
