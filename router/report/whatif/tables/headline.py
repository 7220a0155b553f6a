"""The answer in short: what was asked, of what, and one line for each part of the answer."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.comparison import comparison
from router.answer.uncertainty import uncertainty
from router.report import numbers
from router.report.table import Column, Row, RowRole, Table
from router.report.tables.difference_rows import DISCOUNTED
from router.report.whatif.cautions import cautions
from router.report.whatif.findings import break_even_finding, draws_finding, sweep_finding, whatif_finding
from router.report.whatif.words import counted, listed, said, titled
from router.scenario.dates import period_boundaries
from router.whatif.case import BASE
from router.whatif.question import Draws, Sweep


def headline_table(answer: Answer, *, with_question: bool = True) -> Table:
    """Facts: the question, the scenario, then what-ifs, sweeps, draws and break-evens with what was found."""
    question = answer.question
    boundaries = period_boundaries(question.scenario.horizon)
    rows = [Row(("Question", question.question))] if question.question and with_question else []
    rows.append(
        Row(
            (
                "Scenario",
                f"{question.scenario_name}, {numbers.day(boundaries[0])} to {numbers.last_day(boundaries[-1])}, "
                f"{counted(len(boundaries) - 1, 'period')}",
            )
        )
    )
    base = answer.base
    if base is not None:
        words = (
            f"{numbers.money(base.cost_usd)} ({DISCOUNTED}), within {numbers.at_most_share(base.gap)} of the cheapest"
        )
        rows.append(Row((BASE, words), "total"))
    for case in answer.whatifs:
        if case.name == BASE and base is not None:
            continue
        found = comparison(answer, case.name)
        if found is not None:
            rows.append(Row((case.name, said(case.title, whatif_finding(found)))))
            continue
        outcome = answer.outcome(case.name)
        words = f"NO PLAN: {answer.answered[case.name].failure}" if outcome is None else numbers.money(outcome.cost_usd)
        role: RowRole = "alert" if outcome is None else "plain"
        rows.append(Row((case.name, said(case.title, words)), role))
    rows += [
        Row((sweep.name, _with_cautions(answer, sweep, said(sweep.title, sweep_finding(answer, sweep)))))
        for sweep in answer.sweeps
    ]
    for draws in answer.draws:
        spread = uncertainty(answer, draws)
        words = draws_finding(spread) if spread is not None else "no draw has a plan."
        words = _with_cautions(answer, draws, said(draws.title, words))
        rows.append(Row((draws.name, words), "plain" if spread is not None else "alert"))
    for asked in question.break_evens:
        if (even := answer.break_evens.get(asked.name)) is not None:
            rows.append(Row((asked.name, said(asked.title, break_even_finding(asked, even)))))
    if answer.not_planned:
        rows.append(Row(("Not planned", _not_planned(answer)), "alert"))
    return Table(
        key="answer",
        title=titled(question.title, "the answer in short"),
        columns=(Column("What", least_width=14), Column("Answer", least_width=30)),
        rows=tuple(rows),
        headed=False,
    )


def _with_cautions(answer: Answer, group: Sweep | Draws, words: str) -> str:
    return " ".join(filter(None, (words, cautions(answer, group))))


def _not_planned(answer: Answer) -> str:
    """What-ifs by name, of sweeps and draws how many."""
    question, missing = answer.question, set(answer.not_planned)
    words = [case.name for case in question.whatifs if case.name in missing]
    groups: list[Sweep | Draws] = [*question.sweeps, *question.draws]
    for group in groups:
        left = sum(case.name in missing for case in group.cases)
        if left:
            words.append(f"{numbers.whole(left)} of {numbers.whole(len(group.cases))} of {group.name}")
    return listed(words, most=12)
