"""Cases one by one: of a sweep, and those without a plan."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.points import Point, point
from router.report.table import Column, Row, Table
from router.report.tables.difference_rows import DISCOUNTED, cut
from router.report.whatif.tables.sweep_cells import COST_COLUMNS, cost_cells, failed_notes, open_notes
from router.report.whatif.words import case_values, case_words, listed, titled
from router.whatif.question import Sweep


def cases_table(answer: Answer, sweep: Sweep, most_rows: int) -> Table:
    """Every case with its values, in the order of the file."""
    reference, outcome = answer.reference(sweep)
    tried = [case for case in sweep.cases if case.name in answer.answered]
    shown, notes = cut(tried, most_rows, "case")
    rows: list[Row] = []
    points: list[Point] = []
    for case in shown:
        values = case_values(case, sweep.factors)
        found = answer.outcome(case.name)
        if found is None:
            rows.append(Row((*values, "NO PLAN", *(None,) * (len(COST_COLUMNS) - 1)), "alert"))
        elif outcome is None:
            rows.append(Row((*values, found.cost_usd, *(None,) * (len(COST_COLUMNS) - 1))))
        else:
            points.append(point("", case, found, outcome))
            rows.append(Row((*values, *cost_cells(answer, points[-1]))))
    failed = sum(answer.outcome(case.name) is None for case in tried)
    return Table(
        key=f"sweep-{sweep.name}",
        title=titled(sweep.title, f"cost of each case ({DISCOUNTED})"),
        columns=(*(Column(factor.title, least_width=6) for factor in sweep.factors), *COST_COLUMNS),
        rows=tuple(rows),
        footnotes=(
            f"Difference: against {case_words(reference)}."
            if outcome is not None
            else f"No difference is shown: {case_words(reference)} has no plan.",
            *(note.replace("smaller ", "") for note in notes),
            *failed_notes(failed),
            *open_notes(points),
        ),
        when_empty="No case was planned.",
    )


def failures_table(answer: Answer, most_rows: int = 12) -> Table:
    """Cases without a plan, and why."""
    shown, notes = cut(answer.failures, most_rows, "case")
    return Table(
        key="failures",
        title="Without a plan",
        columns=(Column("Case", least_width=12), Column("Why", least_width=30)),
        rows=tuple(Row((each.name, each.failure), "alert") for each in shown),
        footnotes=tuple(note.replace("smaller ", "") for note in notes),
        when_empty=f"Every case that was tried has a plan{_not_planned(answer)}.",
    )


def _not_planned(answer: Answer) -> str:
    names = answer.not_planned
    return f"; not planned: {listed(names)}" if names else ""
