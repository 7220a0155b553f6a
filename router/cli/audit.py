"""`router audit`: the second opinion on a plan."""

from __future__ import annotations

from pathlib import Path

import click

from router.audit.audit import audit
from router.cli.exit_codes import UNSERVED_OR_DIFFERENT
from router.cli.scenario_given import WHAT_IF_OPTION, scenario_given
from router.cli.set_option import SET_OPTION
from router.plan.reference import scenario_reference
from router.reading.source_file import read_bytes
from router.reading.write import OutputError
from router.report.plan_json import read_plan


@click.command("audit")
@click.argument("scenario")
@click.argument("plan", type=click.Path(path_type=Path))
@WHAT_IF_OPTION
@SET_OPTION
@click.pass_context
def command(
    context: click.Context, scenario: str, plan: Path, what_ifs: tuple[str, ...], changes: tuple[str, ...]
) -> None:
    """Recompute every limit and every cent of PLAN (plan.json) from SCENARIO and the plan alone.

    A plan that was made with --set is audited with the same --set. Prints each difference on a line of its own; exit
    code 1 where there is one.
    """
    checked, _ = scenario_given(scenario, what_ifs, changes)
    if not plan.is_file():
        raise OutputError(f"{plan}: found no such file, expected a plan.json")
    stated = read_plan(read_bytes(plan), str(plan))
    if stated.scenario != scenario_reference(checked):
        # Everything would differ, and say nothing more.
        click.echo(
            f"scenario: the plan answers {stated.scenario.name!r} ({stated.scenario.sha256[:12]}), "
            f"this is {checked.name!r} ({scenario_reference(checked).sha256[:12]})"
        )
        if stated.scenario.name == checked.name:
            click.echo("a plan made with --set is audited with the same --set", err=True)
        context.exit(UNSERVED_OR_DIFFERENT)
    report = audit(checked, stated)
    differences = [str(finding) for finding in report.findings]
    for difference in differences:
        click.echo(difference)
    if differences:
        count = len(differences)
        click.echo(
            f"{plan}: {count} {'difference' if count == 1 else 'differences'} in {report.checks:,} checks", err=True
        )
        context.exit(UNSERVED_OR_DIFFERENT)
    click.echo(f"{plan}: every limit kept, every cent right ({report.checks:,} checks)")
