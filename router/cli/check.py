"""`router check`: validate a scenario and do nothing else."""

from __future__ import annotations

import click

from router.cli.exit_codes import BAD_INPUT
from router.cli.set_option import SET_OPTION, changed, tell
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.scenario.warnings import warnings
from router.scenario.workload import disabled_workloads


@click.command("check")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@SET_OPTION
@click.pass_context
def command(context: click.Context, scenarios: tuple[str, ...], changes: tuple[str, ...]) -> None:
    """Validate scenarios: files, or names of shipped ones (default: frontier-lab).

    Every mistake of a file is one line on stderr: file, line, column, key, what was found, what was expected. What
    is legal but looks wrong is a warning there. With --set, the scenarios are checked with these changes made.
    """
    failed = False
    for given in scenarios or (None,):
        path = scenario_path(given)
        try:
            scenario, words = changed(load_scenario(path), changes)
        except ScenarioError as error:
            failed = True
            click.echo(str(error), err=True)
            count = len(error.problems)
            click.echo(f"{path}: {count} {'mistake' if count == 1 else 'mistakes'}", err=True)
        else:
            tell(words)
            click.echo(f"{path}: ok: {_summary(scenario)}")
            for warning in warnings(scenario):
                click.echo(f"{path}: warning: {warning}", err=True)
    if failed:
        context.exit(BAD_INPUT)


def _summary(scenario: Scenario) -> str:
    periods = sum(group.count for group in scenario.horizon.periods)
    counts = (
        (periods, "periods"),
        (len(scenario.providers), "providers"),
        (len(scenario.pools), "pools"),
        (len(scenario.offers), "offers"),
        (len(scenario.contracts), "contracts"),
        (len(scenario.workloads), "workloads"),
    )
    words = ", ".join(f"{count} {name}" if count != 1 else f"1 {name.removesuffix('s')}" for count, name in counts)
    disabled = len(disabled_workloads(scenario.workloads))
    return f"{words} ({disabled} disabled)" if disabled else words
