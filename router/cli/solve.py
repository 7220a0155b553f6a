"""`router solve`: the main job, headless."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from router.audit.audited import audited
from router.cli.exit_codes import NO_PLAN, UNSERVED_OR_DIFFERENT
from router.cli.finite import finite
from router.cli.outputs import prepare_folder, write_outputs
from router.cli.progress import ProgressDisplay
from router.cli.scenario_given import WHAT_IF_OPTION, scenario_given
from router.cli.set_option import SET_OPTION, tell
from router.engine.settings import EngineSettings
from router.engine.solution import SolutionStatus
from router.plan.pipeline import NoPlanError, solve_scenario
from router.report.plan_json import plan_text
from router.report.terminal import render_terminal


@click.command("solve")
@click.argument("scenario", required=False)
@WHAT_IF_OPTION
@SET_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print the plan as one JSON document on stdout, nothing else.")
@click.option("--out", type=click.Path(path_type=Path), help="Write plan.json, bill.csv, allocations.csv, report.html.")
@click.option(
    "--gap",
    type=click.FloatRange(0, 1, max_open=True),
    callback=finite,
    default=1e-4,
    show_default=True,
    help="Relative gap.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    callback=finite,
    default=300.0,
    show_default=True,
    help="Seconds to search at most.",
)
@click.option("--threads", type=click.IntRange(1, 256), default=1, show_default=True, help="Threads of the solver.")
@click.option("--strict", is_flag=True, help="Exit with 1 where demand is left unserved or a limit is broken.")
@click.option("--no-charts", is_flag=True, help="Tables only.")
@click.option("--quiet", is_flag=True, help="No progress on stderr.")
@click.pass_context
def command(
    context: click.Context,
    scenario: str | None,
    what_ifs: tuple[str, ...],
    changes: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    gap: float,
    time_limit: float,
    threads: int,
    strict: bool,
    no_charts: bool,
    quiet: bool,
) -> None:
    """Find the cheapest plan of SCENARIO: a file, or the name of a shipped one (default: frontier-lab).

    --set changes the scenario for this plan only, such as --set 'pools.azure-us-gb300.capacity*=1.2'; what it changed
    is told on stderr. See docs/changes.md.

    Ctrl-C ends the search and gives the best plan so far; a second one gives up.
    """
    checked, words = scenario_given(scenario, what_ifs, changes)
    if out is not None:
        prepare_folder(out)
    if not quiet:
        tell(words)
    settings = EngineSettings(relative_gap=gap, time_limit_seconds=time_limit, threads=threads)
    errors = Console(stderr=True)
    try:
        with ProgressDisplay(errors, quiet) as display, interruptible() as interrupt:
            plan = solve_scenario(checked, settings, display, interrupt)
            display.note("audit: recomputing every limit and every cent")
            plan = audited(checked, plan)
    except NoPlanError as error:
        click.echo(f"no plan: {error}{_advice(error, time_limit)}", err=True)
        context.exit(NO_PLAN)
    if out is not None:
        for path in write_outputs(plan, checked, out):
            click.echo(f"wrote {path}", err=True)
    if as_json:
        click.echo(plan_text(plan))
    else:
        render_terminal(plan, checked, OutputConsole(), charts=not no_charts)
    if plan.audit is not None and not plan.audit.passed:
        click.echo(f"the audit found {len(plan.audit.differences)} differences: do not use this plan", err=True)
        context.exit(UNSERVED_OR_DIFFERENT)
    if strict and (plan.unserved or plan.breaches):
        context.exit(UNSERVED_OR_DIFFERENT)


def _advice(error: NoPlanError, time_limit: float) -> str:
    if error.status is not SolutionStatus.NO_SOLUTION:
        return ""
    return f" before the first plan was found; try more than --time-limit {time_limit:g}"


class OutputConsole(Console):
    """A console that tells a reader who went away from other failures."""

    def on_broken_pipe(self) -> None:
        """What rich answers with exit code 1."""
        raise BrokenPipeError


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C (or SIGTERM) sets; the second raises KeyboardInterrupt."""
    interrupt = threading.Event()

    def handle(_signal: int, _frame: FrameType | None) -> None:
        if interrupt.is_set():
            raise KeyboardInterrupt
        interrupt.set()

    previous = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupt
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
