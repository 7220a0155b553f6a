"""Which charts go with which table of an answer, and what each shows in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from router.answer.answer import Answer
from router.answer.comparison import comparisons
from router.answer.curve import curve
from router.answer.grid import grids
from router.answer.proof import proof
from router.answer.shortfall import CommitmentSpread
from router.answer.tornado import tornado
from router.answer.uncertainty import Uncertainty, uncertainty
from router.report import numbers
from router.report.difference_words import signed_money
from router.report.html_charts import Figure
from router.report.tables.difference_rows import DISCOUNTED, NOT_DISCOUNTED
from router.report.whatif.break_even_words import break_even_sentences
from router.report.whatif.figures.causes import causes_figure
from router.report.whatif.figures.commitments import chance_figure, drawdown_figure
from router.report.whatif.figures.cost import cost_figure
from router.report.whatif.figures.curve import break_even_figure, curve_figure, difference_figure
from router.report.whatif.figures.fan import cumulative_figure, rate_figure
from router.report.whatif.figures.heat import heat_figure
from router.report.whatif.figures.tornado import tornado_figure
from router.report.whatif.figures.years import years_figure
from router.report.whatif.findings import (
    curve_finding,
    rate_finding,
    risk_words,
    sweep_finding,
    tornado_finding,
    whatifs_finding,
    years_finding,
)
from router.report.whatif.tables.draws import draws_words
from router.report.whatif.tables.sweeps import MOST_MATRICES
from router.report.whatif.words import (
    case_values,
    case_words,
    chance_words,
    factor_words,
    said,
    sentence_case,
    window_words,
)
from router.whatif.case import FactorValue
from router.whatif.question import Sweep, SweepMode

_MOST_DRAWDOWNS = 12
_MOST_COMPARED = 24
_MOST_SIDE_BY_SIDE = 8
_LEAST_TRIALS = 2


@dataclass(frozen=True)
class Chart:
    """A figure after the table ``key``. ``title`` says what is seen, ``unit`` in what; ``note`` what the marks mean."""

    key: str
    title: str
    unit: str
    figure: Figure
    note: str = ""


def charts_of(answer: Answer) -> Iterator[Chart]:
    """All charts of an answer."""
    yield from _whatif_charts(answer)
    for sweep in answer.sweeps:
        yield from _sweep_charts(answer, sweep)
    for draws in answer.draws:
        if (found := uncertainty(answer, draws)) is not None:
            yield from _draws_charts(found)
    for asked in answer.question.break_evens:
        even = answer.break_evens.get(asked.name)
        if even is not None and len(even.trials) >= _LEAST_TRIALS:
            yield Chart(
                "break-evens",
                said(asked.title, break_even_sentences(asked, even)[0]),
                f"Difference in cost, {asked.first} minus {case_words(asked.second)}: USD, {DISCOUNTED}",
                break_even_figure(asked, even),
                "The line is the difference in cost of the plans made; the blue band is what their gaps leave open. "
                "Over the grey part it is not proved which one is cheaper.",
            )


def _whatif_charts(answer: Answer) -> Iterator[Chart]:
    found = comparisons(answer)[:_MOST_COMPARED]
    if not found:
        return
    yield Chart(
        "causes",
        whatifs_finding(answer),
        f"Cost more (+) or less (-) than the base, by cause: USD, {DISCOUNTED}",
        causes_figure(found),
        "To the right what adds to the cost, to the left what saves; the diamond is the difference of both, the line "
        "through it what the gaps of the plans leave open.",
    )
    if len(found) <= _MOST_SIDE_BY_SIDE:
        yield Chart(
            "cash-by-year",
            years_finding(found),
            f"Cash more (+) or less (-) than the base, by calendar year: USD, {NOT_DISCOUNTED}",
            years_figure(found),
        )


def _sweep_charts(answer: Answer, sweep: Sweep) -> Iterator[Chart]:
    key = f"sweep-{sweep.name}"
    if sweep.mode == SweepMode.ONE_AT_A_TIME and len(sweep.factors) > 1:
        if (swings := tornado(answer, sweep)) is not None and swings.rows:
            note = "Each factor through its values, the others at their base. Ticks: the values that were planned."
            against = case_words(swings.reference) if swings.reference == sweep.extends else "all at their base"
            unit = f"Cost more (+) or less (-) than with {against}: USD, {DISCOUNTED}"
            yield Chart(key, tornado_finding(swings), unit, tornado_figure(swings), note)
        return
    if (course := curve(answer, sweep)) is not None:
        note = "The band is what the gaps of the plans leave open." if len(course.points) > 1 else ""
        unit = f"Cost more (+) or less (-) than {case_words(course.reference)}: USD, {DISCOUNTED}"
        yield Chart(key, curve_finding(course), unit, curve_figure(course), note)
        return
    matrices = grids(answer, sweep)[:MOST_MATRICES]
    if not matrices:
        yield from _cases_chart(answer, sweep)
    largest = max((abs(point.difference_usd) for grid in matrices for point in grid.listed), default=0.0)
    for number, grid in enumerate(matrices, start=1):
        low, high = grid.lowest, grid.highest
        assert low is not None
        assert high is not None
        fixed = "".join(f"{factor_words(factor, value)}: " for factor, value in grid.fixed)
        title = (
            f"{fixed}from {signed_money(low.difference_usd)} to {signed_money(high.difference_usd)} "
            f"against {case_words(grid.reference)}"
        )
        yield Chart(
            key + (f"-{number}" if number > 1 else ""),
            sentence_case(title),
            f"Cost more (+) or less (-) than {case_words(grid.reference)}: USD, {DISCOUNTED}. "
            f"Down: {grid.row_factor.title}. Across: {grid.column_factor.title}.",
            heat_figure(grid, largest),
            "Blue costs less, orange more. ~: within the gaps of the plans.",
        )


def _cases_chart(answer: Answer, sweep: Sweep) -> Iterator[Chart]:
    """Cases side by side, where they are few enough."""
    name, reference = answer.reference(sweep)
    known = [(case, found) for case in sweep.cases if (found := answer.outcome(case.name)) is not None]
    if reference is None or not 1 < len(known) <= _MOST_COMPARED:
        return
    values: list[FactorValue] = [" / ".join(case_values(case, sweep.factors)) for case, _ in known]
    yield Chart(
        f"sweep-{sweep.name}",
        sweep_finding(answer, sweep),
        f"Cost more (+) or less (-) than {case_words(name)}: USD, {DISCOUNTED}",
        difference_figure(
            values,
            [proof(reference, found) for _, found in known],
            " / ".join(factor.title for factor in sweep.factors),
        ),
    )


def _draws_charts(found: Uncertainty) -> Iterator[Chart]:
    key = f"draws-{found.draws.name}"
    low, _, middle, _, high = map(numbers.money, found.cost_usd.percentiles)
    yield Chart(
        key,
        f"Total cost: {middle} in the middle; 9 of 10 draws between {low} and {high}",
        f"How many draws have which total cost: USD, {DISCOUNTED}",
        cost_figure(found),
        f"From {draws_words(found)}.",
    )
    if found.fan is not None:
        reference = case_words(found.reference)
        last = found.fan.cumulative_usd[:, -1].tolist()
        note = f"From {draws_words(found)}. Each percentile is of that day alone: its line is no single draw."
        if found.fan.left_out:
            note += f" {numbers.whole(found.fan.left_out)} with other periods are left out here."
        yield Chart(
            key,
            f"Cash paid by the end: {numbers.money(last[0])} to {numbers.money(last[-1])} in 9 of 10 draws",
            f"Cash paid until each day: USD, {NOT_DISCOUNTED}",
            cumulative_figure(found.fan, reference),
            note,
        )
        unit = f"Cash of each period: USD a month, {NOT_DISCOUNTED}"
        yield Chart(key, rate_finding(found.fan), unit, rate_figure(found.fan, reference), note)
    if not found.commitments:
        return
    yield Chart(
        f"{key}-shortfalls",
        sentence_case(risk_words(found)),
        "Share of the draws with a shortfall",
        chance_figure(found.commitments),
        f"From {draws_words(found)}. The line at a bar's end, and the numbers in brackets, hold the true chance in 95 "
        "of 100 cases.",
    )
    risky = sorted(found.commitments, key=lambda each: -each.mean_usd)[:_MOST_DRAWDOWNS]
    for commitment in (each for each in found.commitments if each in risky):
        yield Chart(
            f"{key}-shortfalls",
            _drawdown_title(commitment),
            f"Drawdown in each window: USD, {NOT_DISCOUNTED}",
            drawdown_figure(commitment),
            "Bars: drawdown of the draws between percentiles; the line is the promise"
            + (", in the middle of the draws." if any(window.promise_varies for window in commitment.windows) else "."),
        )


def _drawdown_title(commitment: CommitmentSpread) -> str:
    if not commitment.chance.hits:
        return f"{commitment.name}: drawdown above the promise in every draw"
    worst = max(commitment.windows, key=lambda window: window.chance.share)
    missed = numbers.money(commitment.when_missed_usd or 0.0)
    return (
        f"{commitment.name}: short in {chance_words(commitment.chance)} of the draws, by {missed} on average then"
        + (f"; most often in {window_words(worst.start, worst.end)}" if len(commitment.windows) > 1 else "")
    )
