"""`router whatif`: what-ifs, sweeps and draws of a file, planned and compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from router.answer.answer import Answer
from router.cli.exit_codes import BAD_INPUT, INTERRUPTED, NO_PLAN
from router.cli.finite import finite
from router.cli.solve import OutputConsole, interruptible
from router.cli.whatif_list import list_questions
from router.cli.whatif_outputs import ResultsFormat, results_folders, results_store, write_answers
from router.cli.whatif_progress import WhatIfProgress
from router.cli.whatif_run import Request, answer_to
from router.plan.pipeline import NoPlanError
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.sweep.how import How
from router.sweep.workers import WorkersError
from router.whatif.read import read_question
from router.whatif.shipped import whatif_path


@click.command("whatif")
@click.argument("files", nargs=-1, required=False, metavar="[FILE]...")
@click.option("--only", multiple=True, metavar="NAME", help="Only this what-if, sweep, draws or solve_for. Repeatable.")
@click.option("--scenario", help="Ask about this scenario instead of the one that the file names.")
@click.option("--list", "only_list", is_flag=True, help="Say what FILE asks, or which files are shipped; plan nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout (router-whatif/1).")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write results as they come, answer.json, comparison.csv, cases.csv, causes.csv and report.html there. The "
    "same command again goes on where a run was interrupted.",
)
@click.option(
    "--format",
    "results_format",
    type=click.Choice([str(each) for each in ResultsFormat]),
    default=str(ResultsFormat.JSON_LINES),
    show_default=True,
    help="Of the results in --out: results.jsonl, or a folder results.parquet.",
)
@click.option("--workers", type=click.IntRange(1, 4096), help="Processes on this machine.  [default: one a core]")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, tcp://HOST:PORT, or local:N to start one here.")
@click.option(
    "--search",
    type=click.FloatRange(0),
    callback=finite,
    help="Seconds to search at most for a better plan of each case whose first plan leaves a gap above --gap."
    "  [default: 10 for what-ifs, 3 for sweeps and solve_for, 0 for draws]",
)
@click.option(
    "--gap",
    type=click.FloatRange(0, 1, max_open=True),
    callback=finite,
    default=1e-3,
    show_default=True,
    help="Relative gap up to which a first plan is good enough.",
)
@click.option("--rows", type=click.IntRange(1), default=12, show_default=True, help="Longest list shown.")
@click.option("--quiet", is_flag=True, help="No progress on stderr.")
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    only: tuple[str, ...],
    scenario: str | None,
    only_list: bool,
    as_json: bool,
    out: Path | None,
    results_format: str,
    workers: int | None,
    cluster: str | None,
    search: float | None,
    gap: float,
    rows: int,
    quiet: bool,
) -> None:
    """Plan what-ifs against their base scenario, all of a FILE against each other: what each costs more or less and
    why, which commitments it misses, what it leaves unserved. FILE is a what-if file, or the name of a shipped one.

    \b
    router whatif --list
    router whatif gb300-late
    router whatif demand-uncertainty --out draws --workers 8

    Ctrl-C ends the run and tells what is known so far; with --out the same command goes on from there.
    See docs/whatif.md.
    """
    if only_list:
        list_questions(files, as_json=as_json)
        return
    if not files:
        raise click.UsageError("found no FILE, expected a what-if file or a shipped name; `--list` tells these")
    base = None if scenario is None else load_scenario(scenario_path(scenario))
    questions = [read_question(whatif_path(file), base) for file in files]
    request = Request(tuple(only), search, gap, How(workers, cluster))
    folders = None if out is None else results_folders(out, questions)
    answers = []
    try:
        with interruptible() as interrupt, WhatIfProgress(Console(stderr=True), quiet) as display:
            for index, question in enumerate(questions):
                folder = None if folders is None else folders[index]
                with results_store(folder, question, request, ResultsFormat(results_format)) as store:
                    answers.append(answer_to(question, request, store, display, interrupt))
                if interrupt.is_set():
                    break
    except NoPlanError as error:
        click.echo(f"no plan of the base scenario: {error}", err=True)
        context.exit(NO_PLAN)
    except WorkersError as error:
        click.echo(str(error), err=True)
        context.exit(BAD_INPUT)
    if interrupt.is_set() and not any(answer.answered for answer in answers):
        _tell_interrupted(out)
        context.exit(INTERRUPTED)
    tell(answers, as_json=as_json, rows=rows)
    if folders is not None:
        for path in write_answers(answers, folders):
            click.echo(f"wrote {path}", err=True)
    if interrupt.is_set():
        _tell_interrupted(out)
        context.exit(INTERRUPTED)
    if all(answer.base is None for answer in answers):
        context.exit(NO_PLAN)


def _tell_interrupted(out: Path | None) -> None:
    click.echo("interrupted" + (": the same command goes on from here" if out else ""), err=True)


def tell(answers: Sequence[Answer], *, as_json: bool, rows: int) -> None:
    """Prints what came of it."""
    if as_json:
        from router.report.whatif.json import whatif_text

        click.echo(whatif_text(answers), nl=False)
        return
    from router.report.whatif.terminal import render_answer

    console = OutputConsole()
    for number, answer in enumerate(answers):
        if number:
            click.echo("")
        render_answer(answer, console, most_rows=rows)
