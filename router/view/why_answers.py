"""Answers to questions about a plan, each told in parts where some of it takes longer than the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from router.problem.problem import Problem
from router.report.table import Table
from router.report.tables.why import disabled_words, overview_table, served_tables, served_words
from router.report.tables.why_runs import trained_tables, trained_words
from router.report.tables.why_worth import contracts_table, worth_table, worth_words
from router.scenario.scenario import Scenario
from router.view.why_answer import Answer, AnswerTable
from router.view.why_limits_asked import LimitsAsked
from router.view.why_question import Question, Subject, question_of_limit
from router.view.why_shortfall import WhyShort, is_short
from router.why.explainer import Explainer
from router.why.find import index_of
from router.why.ineligible import ineligible_for_job, ineligible_for_stream
from router.why.serving import WhyServed
from router.why.worth import Worth

_MOST = 5
_EXACT = 3
"""Candidate runs of a job that are solved for."""
_COMMITMENTS = "Commitments: what a dollar more or less of the promise changes"
_SCARCE = "Scarcest pools, each in the period where it is worth most"


class Answering:
    """Answers of one plan: what ``Explainer`` computes, in the words and tables of `router explain`."""

    def __init__(self, explainer: Explainer, scenario: Scenario) -> None:
        self._explainer = explainer
        self._scenario = scenario
        self._problem: Problem = explainer.book.problem

    def answers(self, question: Question) -> Iterator[Answer]:
        """The answer as far as it is known, again and again until it is whole.

        Raises Mistake or UnknownNameError for what the plan has not got, NoPricesError where a solve was stopped.
        """
        match question.subject:
            case Subject.OVERVIEW:
                return self._overview(question)
            case Subject.STREAM:
                return self._served(question)
            case Subject.JOB:
                return self._trained(question)
            case Subject.CONTRACT:
                return self._contract(question)
            case Subject.POOL | Subject.PROVIDER | Subject.OFFER | Subject.LIMIT:
                return self._limits(question)

    def _overview(self, question: Question) -> Iterator[Answer]:
        explainer, problem = self._explainer, self._problem
        words = (disabled_words(problem.disabled, alone=False),) if problem.disabled else ()
        whys, leads = [], []
        for stream, period, part, pair in explainer.biggest_allocations(_MOST):
            whys.append(explainer.served(stream, period, part, pair))
            leads.append(self._stream_question(stream, period, part))
            biggest = _overview(whys, leads)
            yield Answer(question, words, (biggest,), is_whole=False)
        served = _overview(whys, leads)
        worths: list[Worth] = []
        for limit in explainer.scarce_pools(_MOST):
            worths.append(explainer.worth(limit, ranges=False))
            yield Answer(question, words, (served, self._worths(worths, _SCARCE)), is_whole=False)
        windows: list[Worth] = []
        scarce = self._worths(worths, _SCARCE)
        for contract in range(len(problem.contracts)):
            windows += explainer.contract(contract, ranges=False)
            yield Answer(question, words, (served, scarce, self._windows(windows)), is_whole=False)
        yield Answer(question, words, (served, scarce, self._windows(windows)))

    def _served(self, question: Question) -> Iterator[Answer]:
        problem, explainer = self._problem, self._explainer
        workload = question.names[0]
        if (disabled := self._disabled(question)) is not None:
            yield disabled
            return
        index_of(problem.workloads, workload, "a workload of the plan")
        mine = [
            at
            for at in range(problem.streams.count)
            if problem.streams.workloads[at] == workload
            and problem.streams.streams[at] in (question.names[1:] or problem.streams.streams)
        ]
        if not mine:
            index_of(problem.streams.streams, question.names[-1], f"a stream of {workload}")
        slices = problem.calendar.slices
        part = slices.index(question.part) if question.part in slices else None
        found = explainer.biggest(mine, question.period, part)
        if found is None:
            yield Answer(question, (f"{'/'.join(question.names)} has no demand there: there is nothing to serve.",), ())
            return
        stream, period, at, pair = found
        why = explainer.served(stream, period, at, pair if pair >= 0 else None)
        unit = getattr(self._scenario.workloads[workload], "unit", "")
        ineligible = ineligible_for_stream(self._scenario, problem, stream, period)
        places = (why.here, *why.others)
        tables = served_tables(why, unit, ineligible)
        pools = [self._pool_question(place.pool, period) for place in places]
        leads = {
            "why-places": pools,
            "why-parts": [lead for lead, place in zip(pools, places, strict=True) if place.cost or place.without],
        }
        yield Answer(
            self._stream_question(stream, period, at),
            (served_words(why),),
            tuple(self._led(table, leads) for table in tables),
        )

    def _trained(self, question: Question) -> Iterator[Answer]:
        if (disabled := self._disabled(question)) is not None:
            yield disabled
            return
        problem = self._problem
        job = index_of(problem.jobs.names, question.names[0], "a training job of the plan")
        ineligible = ineligible_for_job(self._scenario, problem, job)
        for exact in (0, _EXACT):
            why = self._explainer.trained(job, exact=exact)
            tables = trained_tables(why, ineligible)
            runs = [why.here, *why.others][: len(tables[0].rows)]
            starts = {place.run: int(problem.runs.first_period[place.run]) for place in runs if place.run >= 0}
            leads = [self._pool_question(place.pool, starts.get(place.run, 0)) for place in runs]
            parts = [lead for lead, place in zip(leads, runs, strict=True) if place.accelerator_hours]
            by_key = {"why-runs": leads, "why-parts": parts}
            yield Answer(
                question, (trained_words(why),), tuple(self._led(table, by_key) for table in tables), exact == _EXACT
            )

    def _contract(self, question: Question) -> Iterator[Answer]:
        problem, windows = self._problem, self._problem.windows
        contract = index_of(problem.contracts, question.names[0], "a contract of the plan")
        named = question.names[1:]
        mine = [
            int(at)
            for at in np.flatnonzero(windows.contract == contract)
            if not named or windows.commitment[at] == named[0]
        ]
        if not mine:
            yield Answer(question, (f"{'/'.join(question.names)} has no commitment window within the horizon.",), ())
            return
        worths = {at: self._explainer.worth(self._explainer.limits.commitment(at), ranges=False) for at in mine}
        # The window that is asked about first.
        asked = self._window_asked(mine, question.period)
        reasons = WhyShort(self._explainer, asked)
        why = tuple(reasons.words(worths[asked]))
        for at in [asked, *(at for at in mine if at != asked)]:
            yield self._contract_answer(question, worths, asked, why, is_whole=False)
            if at == asked and is_short(worths[asked]) and (move := reasons.move_words()):
                why = (*why, move)
                yield self._contract_answer(question, worths, asked, why, is_whole=False)
            worths[at] = self._explainer.worth(self._explainer.limits.commitment(at))
        yield self._contract_answer(question, worths, asked, why, is_whole=True)

    def _contract_answer(
        self, question: Question, worths: dict[int, Worth], asked: int, why: tuple[str, ...], *, is_whole: bool
    ) -> Answer:
        found = list(worths.values())
        return Answer(question, (worth_words(worths[asked]), *why), (self._windows(found, lead=False),), is_whole)

    def _window_asked(self, mine: Sequence[int], period: int | None) -> int:
        if period is None:
            return mine[0]
        day = self._problem.calendar.starts[min(period, self._problem.calendar.periods - 1)]
        return next((at for at in mine if self._problem.windows.end[at] > day), mine[-1])

    def _limits(self, question: Question) -> Iterator[Answer]:
        words, limits = LimitsAsked(self._explainer, self._scenario).asked(question)
        worths = [self._explainer.worth(limit, ranges=False) for limit in limits]
        alone = question.subject in (Subject.POOL, Subject.LIMIT)
        # How far each holds takes longer to find, and of many it is not asked.
        refined = range(len(limits) if question.subject is not Subject.PROVIDER else 0)
        for at in refined:
            yield self._limits_answer(question, words, worths, alone=alone, is_whole=False)
            worths[at] = self._explainer.worth(limits[at])
        yield self._limits_answer(question, words, worths, alone=alone, is_whole=True)

    def _limits_answer(
        self, question: Question, words: tuple[str, ...], worths: Sequence[Worth], *, alone: bool, is_whole: bool
    ) -> Answer:
        told = (*words, *(worth_words(worth) for worth in worths[: 2 if alone else 0]))
        table = self._worths(worths, "What limits are worth", lead=not alone)
        return Answer(question, told, (table,) if worths else (), is_whole)

    def _disabled(self, question: Question) -> Answer | None:
        name = question.names[0]
        if name not in self._problem.disabled:
            return None
        return Answer(question, (disabled_words((name,), alone=True),), ())

    def _stream_question(self, stream: int, period: int, part: int) -> Question:
        streams = self._problem.streams
        names = (streams.workloads[stream], streams.streams[stream])
        return Question(Subject.STREAM, names, period, self._problem.calendar.slices[part])

    @staticmethod
    def _pool_question(pool: str | None, period: int) -> Question | None:
        return None if pool is None else Question(Subject.POOL, (pool,), period)

    def _led(self, table: Table, leads: dict[str, list[Question | None]]) -> AnswerTable:
        """A table whose rows lead where is said for its key; rows of limits lead to their limit."""
        if table.key == "why-limits":
            return AnswerTable(table, tuple(question_of_limit(str(row.cells[0]), self._scenario) for row in table.rows))
        return AnswerTable(table, tuple(leads.get(table.key, [None] * len(table.rows))))

    def _worths(self, worths: Sequence[Worth], title: str, *, lead: bool = True) -> AnswerTable:
        """Two rows for each limit, the first of which leads to it."""
        found = [question_of_limit(worth.limit.name, self._scenario) if lead else None for worth in worths]
        return AnswerTable(worth_table(worths, title), tuple(each for one in found for each in (one, None)))

    def _windows(self, worths: Sequence[Worth], *, lead: bool = True) -> AnswerTable:
        found = [question_of_limit(worth.limit.name, self._scenario) if lead else None for worth in worths]
        return AnswerTable(contracts_table(worths, _COMMITMENTS), tuple(found))


def _overview(whys: Sequence[WhyServed], leads: Sequence[Question]) -> AnswerTable:
    """Without the footnote that is about the command line."""
    table = overview_table(whys)
    return AnswerTable(replace(table, footnotes=table.footnotes[1:]), tuple(leads))
