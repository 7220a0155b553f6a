"""Sweeps of one factor at a time: which moves the cost most."""

from __future__ import annotations

from collections import Counter

from router.answer.points import Shape
from router.answer.tornado import Tornado
from router.report.table import Column, Row, Table, Unit
from router.report.tables.difference_rows import DISCOUNTED
from router.report.whatif.tables.cells import difference_cell
from router.report.whatif.tables.sweep_cells import failed_notes, open_notes
from router.report.whatif.words import case_words, factor_words, listed, titled
from router.whatif.value_words import value_words

SHAPE_WORDS: dict[Shape, str] = {
    Shape.FLAT: "no effect",
    Shape.RISING: "rises",
    Shape.FALLING: "falls",
    Shape.MIXED: "up and down",
}
"""How the cost goes as the factor goes up."""


_MANY = 3
"""Factors with the same base, from which on it is told once."""


def tornado_table(found: Tornado) -> Table:
    """Each factor with its lowest and its highest cost, the widest swing first."""
    rows = [
        Row(
            (
                row.factor.title,
                value_words(row.lowest.value, row.factor.percent),
                difference_cell(row.lowest.proof),
                value_words(row.highest.value, row.factor.percent),
                difference_cell(row.highest.proof),
                row.swing_usd,
                SHAPE_WORDS[row.shape],
            )
        )
        for row in found.rows
    ]
    against = case_words(found.reference) if found.reference == found.sweep.extends else "all factors at their base"
    notes = [f"Against {against}{_bases(found)}."]
    notes += failed_notes(found.failed)
    notes += open_notes([each for row in found.rows for each in row.points])
    return Table(
        key=f"sweep-{found.sweep.name}",
        title=titled(found.sweep.title, f"which factor moves the cost most ({DISCOUNTED})"),
        columns=(
            Column("Factor", least_width=10),
            Column("Cheapest at", least_width=6),
            Column("Difference", Unit.USD),
            Column("Dearest at", least_width=6),
            Column("Difference", Unit.USD),
            Column("Swing", Unit.USD, drop_order=1),
            Column("As it goes up", drop_order=2, least_width=8),
        ),
        rows=tuple(rows),
        footnotes=tuple(notes) if rows else (),
        when_empty="No case has a plan.",
    )


def _bases(found: Tornado) -> str:
    """Which value is the base of which factor, one that most share only once."""
    based = [(row.factor, row.factor.base) for row in found.rows if row.factor.base is not None]
    words = Counter(value_words(base, factor.percent) for factor, base in based)
    if not words:
        return ""
    (usual, count), *_ = words.most_common(1)
    if count < _MANY:
        return ": " + ", ".join(factor_words(factor, base) for factor, base in based)
    others = [factor_words(factor, base) for factor, base in based if value_words(base, factor.percent) != usual]
    return f": {usual}" + (f", but {listed(others)}" if others else "")
