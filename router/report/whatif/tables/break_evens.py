"""Break-evens as a table of sentences."""

from __future__ import annotations

from router.answer.answer import Answer
from router.report.table import Column, Row, RowRole, Table
from router.report.tables.difference_rows import DISCOUNTED
from router.report.whatif.break_even_words import break_even_sentences


def break_evens_table(answer: Answer) -> Table:
    """What was looked for, and what was found, in plain words."""
    rows = []
    for asked in answer.question.break_evens:
        found = answer.break_evens.get(asked.name)
        if found is None:
            continue
        role: RowRole = "alert" if found.failure else "plain"
        rows.append(Row((asked.title, " ".join(break_even_sentences(asked, found))), role))
    return Table(
        key="break-evens",
        title=f"Break-even ({DISCOUNTED})",
        columns=(Column("Question", least_width=24), Column("Answer", least_width=40)),
        rows=tuple(rows),
        headed=False,
        when_empty="No break-even was looked for.",
    )
