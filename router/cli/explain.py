"""`router explain`: why a workload is where it is, what a limit is worth, what a commitment costs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.console import Console
from rich.text import Text

from router.cli.exit_codes import NO_PLAN
from router.cli.progress import ProgressDisplay
from router.cli.scenario_given import WHAT_IF_OPTION, scenario_given
from router.cli.set_option import SET_OPTION, tell
from router.cli.solve import OutputConsole, interruptible
from router.cli.solve import command as solve_command
from router.engine.settings import EngineSettings
from router.plan.pipeline import NoPlanError
from router.problem.problem import Problem, build_problem
from router.report.layout import folded
from router.report.letters import letters_for
from router.report.table import Table
from router.report.tables.why import disabled_words, overview_table, served_tables, served_words
from router.report.tables.why_runs import trained_tables, trained_words
from router.report.tables.why_worth import contracts_table, worth_table, worth_words
from router.report.terminal import LEAST_WIDTH, table_lines
from router.scenario.scenario import Scenario
from router.scenario.workload import Training
from router.why.document import why_document
from router.why.explainer import Explainer
from router.why.find import LimitQuestion, UnknownNameError, index_of, period_of, streams_of
from router.why.fixed_program import NoPricesError
from router.why.ineligible import ineligible_for_job, ineligible_for_stream
from router.why.serving import WhyServed
from router.why.solved import solve_problem
from router.why.training import WhyTrained
from router.why.worth import Worth

_MOST_STREAMS = 5
_MOST_POOLS = 5
_WIDEST = 160


@click.command("explain")
@click.argument("scenario", required=False)
@click.option("--workload", metavar="NAME", help="Why this workload is where it is.")
@click.option("--stream", metavar="NAME", help="A stream of the workload; left out: where most is spent.")
@click.option("--period", metavar="PERIOD", help="2026-07, 2028-Q1 or a day; left out: where most is spent.")
@click.option("--slice", "part", metavar="NAME", help="A time slice; left out: where most is spent.")
@click.option("--pool", metavar="NAME", help="With --workload: why there. Alone: what its capacity is worth.")
@click.option("--limit", "limits", multiple=True, metavar="NAME", help="Its worth: 'capacity of POOL in 2026-07'.")
@click.option("--contract", "contracts", multiple=True, metavar="NAME", help="What its last dollar promised costs.")
@click.option("--exact", type=click.IntRange(0, 50), default=3, show_default=True, help="Candidate runs to solve for.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout (router-why/1), nothing else.")
@WHAT_IF_OPTION
@SET_OPTION
@click.pass_context
def command(
    context: click.Context,
    scenario: str | None,
    what_ifs: tuple[str, ...],
    changes: tuple[str, ...],
    workload: str | None,
    stream: str | None,
    period: str | None,
    part: str | None,
    pool: str | None,
    limits: tuple[str, ...],
    contracts: tuple[str, ...],
    exact: int,
    as_json: bool,
    gap: float,
    time_limit: float,
    threads: int,
    quiet: bool,
) -> None:
    """Say why workloads are where they are in the cheapest plan of SCENARIO, what it would cost elsewhere, what is in
    the way, and what one more of a limit is worth.

    SCENARIO: a file, or the name of a shipped one (default: frontier-lab).

    \b
    router explain frontier-lab --workload chat --stream us --period 2026-07
    router explain frontier-lab --limit "capacity of aws-us-gb300 in 2026-07"
    router explain frontier-lab --contract azure
    """
    checked, words = scenario_given(scenario, what_ifs, changes)
    if not quiet:
        tell(words)
    problem = build_problem(checked)
    asked = _asked(problem, checked, workload, stream, period, part, pool, limits, contracts)
    settings = EngineSettings(relative_gap=gap, time_limit_seconds=time_limit, threads=threads)
    answers = _Answers(disabled=asked.disabled)
    try:
        if asked.needs_plan:
            with ProgressDisplay(Console(stderr=True), quiet) as display, interruptible() as interrupt:
                model, solution = solve_problem(problem, settings, display, interrupt)
                display.note("prices: solving with runs, whole instances and price tiers as in the plan")
                answers = _answers(asked, Explainer(model, solution.values), checked, exact)
    except NoPlanError as error:
        click.echo(f"no plan: {error}", err=True)
        context.exit(NO_PLAN)
    except NoPricesError as error:
        click.echo(str(error), err=True)
        context.exit(NO_PLAN)
    if as_json:
        click.echo(json.dumps(answers.document(checked.name), indent=2))
    else:
        _print(answers, OutputConsole())


# Gap, time limit, threads and progress are those of `router solve`.
command.params += [
    option for option in solve_command.params if option.name in ("gap", "time_limit", "threads", "quiet")
]


@dataclass(frozen=True)
class _Asked:
    """What is asked, in indices; None where the plan is to choose."""

    streams: tuple[int, ...] = ()
    job: int | None = None
    period: int | None = None
    part: int | None = None
    pool: int | None = None
    limits: tuple[LimitQuestion, ...] = ()
    contracts: tuple[int, ...] = ()
    disabled: tuple[str, ...] = ()
    overview: bool = False

    @property
    def needs_plan(self) -> bool:
        """Whether anything is asked about what is planned."""
        return bool(self.streams or self.job is not None or self.limits or self.contracts or self.overview)


@dataclass(frozen=True)
class _Answers:
    served: tuple[tuple[WhyServed, str, Sequence[tuple[str, str]]], ...] = ()
    trained: tuple[tuple[WhyTrained, Sequence[tuple[str, str]]], ...] = ()
    limits: tuple[Worth, ...] = ()
    contracts: tuple[Worth, ...] = ()
    disabled: tuple[str, ...] = ()
    overview: bool = False

    def document(self, scenario: str) -> dict[str, object]:
        return why_document(scenario, self.served, self.trained, self.limits, self.contracts, self.disabled)


@contextmanager
def _naming(option: str) -> Iterator[None]:
    """An unknown name becomes one line that names the option."""
    try:
        yield
    except UnknownNameError as error:
        raise _Refused(f"{option}: {error}") from None


class _Refused(click.ClickException):
    def show(self, file: object = None) -> None:
        """One line, without click's `Error:`."""
        click.echo(self.format_message(), err=True)


def _asked(
    problem: Problem,
    scenario: Scenario,
    workload: str | None,
    stream: str | None,
    period: str | None,
    part: str | None,
    pool: str | None,
    limits: Sequence[str],
    contracts: Sequence[str],
) -> _Asked:
    """Every name looked up before anything is solved."""
    if workload is None and stream is not None:
        raise _Refused(f"--stream: found {stream!r} without --workload, expected both")
    if workload is None and pool is None and (period or part):
        raise _Refused("--period and --slice: expected with --workload or --pool")
    with _naming("--period"):
        when = None if period is None else period_of(problem, period)
    with _naming("--slice"):
        slice_ = None if part is None else index_of(problem.calendar.slices, part, "a slice")
    with _naming("--pool"):
        where = None if pool is None else index_of(problem.pools.names, pool, "a pool")
    with _naming("--contract"):
        named = tuple(index_of(problem.contracts, name, "a contract") for name in contracts)
    with _naming("--limit"):
        questions = [LimitQuestion(problem, text) for text in limits]
    if workload is None:
        if pool is not None:
            questions.append(LimitQuestion(problem, " ".join(["capacity of", pool, *_when(period, part)])))
        overview = not questions and not named
        every = tuple(range(len(problem.contracts))) if overview else named
        disabled = problem.disabled if overview else ()
        return _Asked(limits=tuple(questions), contracts=every, disabled=disabled, overview=overview)
    with _naming("--workload"):
        index_of((*problem.workloads, *problem.disabled), workload, "a workload")
    if workload in problem.disabled:
        return _Asked(limits=tuple(questions), contracts=named, disabled=(workload,))
    if isinstance(scenario.workloads[workload], Training):
        given = [
            name for name, value in (("stream", stream), ("period", period), ("slice", part), ("pool", pool)) if value
        ]
        if given:
            raise _Refused(
                f"--{given[0]}: {workload} is a training job, expected --workload alone: all its runs are shown"
            )
        return _Asked(job=problem.jobs.names.index(workload), limits=tuple(questions), contracts=named)
    with _naming("--stream"):
        streams = streams_of(problem, workload, stream)
    return _Asked(tuple(streams), None, when, slice_, where, tuple(questions), named)


def _when(period: str | None, part: str | None) -> list[str]:
    return [] if period is None else ["in", period, *([part] if part else [])]


def _answers(asked: _Asked, explainer: Explainer, scenario: Scenario, exact: int) -> _Answers:
    served, trained = [], []
    problem = explainer.book.problem
    places = explainer.biggest_allocations(_MOST_STREAMS) if asked.overview else []
    if asked.streams:
        places.append(_biggest(asked, explainer))
    for stream, period, part, pair in places:
        unit = getattr(scenario.workloads[problem.streams.workloads[stream]], "unit", "")
        why = explainer.served(stream, period, part, pair if pair >= 0 else None)
        served.append((why, unit, ineligible_for_stream(scenario, problem, stream, period)))
    if asked.job is not None:
        found = ineligible_for_job(scenario, problem, asked.job)
        trained.append((explainer.trained(asked.job, exact=exact), found))
    with _naming("--limit"):
        limits = [question.limit(explainer.book, explainer.limits) for question in asked.limits]
    if asked.overview:
        limits += explainer.scarce_pools(_MOST_POOLS)
    worths = tuple(explainer.worth(limit) for limit in limits)
    windows = [explainer.contract(contract, ranges=not asked.overview) for contract in asked.contracts]
    contracts = tuple(worth for each in windows for worth in each)
    return _Answers(tuple(served), tuple(trained), worths, contracts, asked.disabled, asked.overview)


def _biggest(asked: _Asked, explainer: Explainer) -> tuple[int, int, int, int]:
    """The biggest allocation of the streams asked for."""
    problem = explainer.book.problem
    best = explainer.biggest(asked.streams, asked.period, asked.part, asked.pool)
    names = ", ".join(problem.stream_name(stream) for stream in asked.streams)
    if best is None:
        raise _Refused(f"--workload: {names} has no demand there, expected a period and slice with demand")
    if asked.pool is not None and best[3] < 0:
        raise _Refused(
            f"--pool: {names} is not in {problem.pools.names[asked.pool]} there, expected a pool that serves it: "
            "leave --pool out to see what it would cost there"
        )
    return best


def _print(answers: _Answers, console: Console) -> None:
    width = max(LEAST_WIDTH, min(console.width, _WIDEST))
    letters = letters_for(console.encoding)
    words = [disabled_words(answers.disabled, alone=not answers.overview)] if answers.disabled else []
    words += [served_words(why) for why, _, _ in answers.served] + [trained_words(why) for why, _ in answers.trained]
    if not answers.overview:
        words += [worth_words(worth) for worth in (*answers.limits, *answers.contracts)]
    lines = [Text(line) for sentence in words for line in folded(letters.text(sentence), width)]
    for table in _tables(answers):
        lines += [Text(), *table_lines(table, width, letters)]
    for line in lines:
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def _tables(answers: _Answers) -> Iterator[Table]:
    if answers.overview:
        yield overview_table([why for why, _, _ in answers.served])
        yield worth_table(answers.limits, "Scarcest pools, each in the period where it is worth most")
        yield contracts_table(answers.contracts, "Commitments: what a dollar more or less of the promise changes")
        return
    for why, unit, ineligible in answers.served:
        yield from served_tables(why, unit, ineligible)
    for trained, ineligible in answers.trained:
        yield from trained_tables(trained, ineligible)
    if answers.limits:
        yield worth_table(answers.limits)
    if answers.contracts:
        yield contracts_table(answers.contracts, "Commitments: what a dollar more or less of the promise changes")
