"""`router diff`: what changed from one plan to another."""

from __future__ import annotations

from pathlib import Path

import click

from router.cli.exit_codes import BAD_INPUT
from router.cli.solve import OutputConsole
from router.difference.difference import difference
from router.difference.failure import DifferenceError
from router.plan.document import Plan
from router.reading.source_file import read_bytes
from router.reading.write import OutputError
from router.report.difference_json import difference_text
from router.report.plan_json import read_plan
from router.report.tables.difference import difference_tables
from router.report.terminal import render_tables


@click.command("diff")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout (router-difference/1).")
@click.option("--rows", type=click.IntRange(1), default=12, show_default=True, help="Longest list shown.")
@click.pass_context
def command(context: click.Context, before: Path, after: Path, as_json: bool, rows: int) -> None:
    """Say what changed from the plan BEFORE to the plan AFTER: two plan.json files, or the folders of --out.

    Cost by cause, provider and workload, what moved from where to where, contracts, what is left unserved.

    \b
    router solve --out base && router solve --set 'pools.oracle-us-gb300.capacity+=2 quarters' --out late
    router diff base late
    """
    try:
        found = difference(_plan(before), _plan(after))
    except DifferenceError as error:
        click.echo(str(error), err=True)
        context.exit(BAD_INPUT)
    except OverflowError:
        click.echo("found amounts too large to add up, expected a plan that the router made", err=True)
        context.exit(BAD_INPUT)
    if as_json:
        click.echo(difference_text(found))
        return
    render_tables(difference_tables(found, most_rows=rows), OutputConsole())


def _plan(path: Path) -> Plan:
    if path.is_dir():
        # As `router solve --out` makes it.
        path = path / "plan.json"
    if not path.is_file():
        raise OutputError(f"{path}: found no such file, expected a plan.json")
    return read_plan(read_bytes(path), str(path))
