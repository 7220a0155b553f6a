"""`router check`: validate a scenario and do nothing else."""

from __future__ import annotations

from contextlib import suppress

import click

from router.cli.exit_codes import BAD_INPUT
from router.cli.scenario_given import WHAT_IF_OPTION, scenario_given
from router.cli.set_option import SET_OPTION, tell
from router.reading.problems import ScenarioError
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path, shipped_names
from router.scenario.warnings import warnings
from router.scenario.workload import disabled_workloads
from router.whatif.outline import read_outline
from router.whatif.question import Question
from router.whatif.read import read_question
from router.whatif.shipped import whatif_path


@click.command("check")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@WHAT_IF_OPTION
@SET_OPTION
@click.pass_context
def command(
    context: click.Context, scenarios: tuple[str, ...], what_ifs: tuple[str, ...], changes: tuple[str, ...]
) -> None:
    """Validate scenarios and what-if files: files, or names of shipped ones (default: frontier-lab).

    Every mistake of a file is one line on stderr: file, line, column, key, what was found, what was expected. What
    is legal but looks wrong is a warning there. With --what-if and --set, scenarios are checked with these changes
    made.
    """
    failed = False
    for given in scenarios or (None,):
        name, is_whatif = given or "", False
        try:
            name, is_whatif = _file_meant(given, what_ifs)
            if is_whatif:
                click.echo(f"{name}: ok: {_asked(read_question(name))}")
                continue
            scenario, words = scenario_given(given, what_ifs, changes)
        except ScenarioError as error:
            failed = True
            click.echo(str(error), err=True)
            count = len(error.problems)
            click.echo(f"{name}: {count} {'mistake' if count == 1 else 'mistakes'}", err=True)
        else:
            tell(words)
            click.echo(f"{name}: ok: {_summary(scenario)}")
            for warning in warnings(scenario):
                click.echo(f"{name}: warning: {warning}", err=True)
    if failed:
        context.exit(BAD_INPUT)


def _file_meant(given: str | None, what_ifs: tuple[str, ...]) -> tuple[str, bool]:
    """What a file is called here, and whether it is one of what-ifs: only these name a scenario."""
    if given is None and what_ifs:
        return what_ifs[0], False
    if given is not None and given not in shipped_names():
        with suppress(ScenarioError):
            path = whatif_path(given)
            outline = read_outline(path)
            return str(path), bool(outline.entries) or outline.scenario is not None
    return str(scenario_path(given)), False


def _asked(question: Question) -> str:
    parts = [_counted(len(question.whatifs) - 1, "what-ifs")] if len(question.whatifs) > 1 else []
    for number, name, cases in (
        (len(question.sweeps), "sweeps", sum(len(sweep.cases) for sweep in question.sweeps)),
        (len(question.draws), "sets of draws", sum(len(draws.cases) for draws in question.draws)),
    ):
        if number:
            parts.append(f"{_counted(number, name)} ({_counted(cases, 'cases')})")
    if question.break_evens:
        parts.append(_counted(len(question.break_evens), "values to solve for"))
    return ", ".join(parts) + f", of {question.scenario_name}"


def _counted(count: int, names: str) -> str:
    first, *rest = names.split(" ")
    return f"{count:,} {names}" if count != 1 else " ".join([f"1 {first.removesuffix('s')}", *rest])


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
    words = ", ".join(_counted(count, name) for count, name in counts)
    disabled = len(disabled_workloads(scenario.workloads))
    return f"{words} ({disabled} disabled)" if disabled else words
