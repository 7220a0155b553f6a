"""Sweeps of a single factor: cost at each value."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.curve import Curve
from router.report.table import Column, Row, Table
from router.report.tables.difference_rows import DISCOUNTED, cut
from router.report.whatif.tables.sweep_cells import COST_COLUMNS, cost_cells, failed_notes, open_notes
from router.report.whatif.words import case_words, titled
from router.whatif.value_words import value_words


def curve_table(answer: Answer, course: Curve, most_rows: int) -> Table:
    """Cost at each value of the only factor, with what goes with it."""
    shown, notes = cut(course.points, most_rows, "value")
    notes = tuple(note.replace("smaller ", "") for note in notes)
    return Table(
        key=f"sweep-{course.sweep.name}",
        title=titled(course.sweep.title, f"cost at each value ({DISCOUNTED})"),
        columns=(Column(course.factor.title, least_width=8), *COST_COLUMNS),
        rows=tuple(Row((value_words(each.value, course.factor.percent), *cost_cells(answer, each))) for each in shown),
        footnotes=(
            f"Difference: against {case_words(course.reference)}.",
            *notes,
            *failed_notes(course.failed),
            *open_notes(course.points),
        ),
    )
