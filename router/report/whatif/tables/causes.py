"""What the differences in cost are made of."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.causes import Cause
from router.answer.comparison import comparisons
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.cost import OTHERS
from router.report.tables.difference_rows import DISCOUNTED
from router.report.whatif.tables.cells import WHATIF, largest, signed
from router.report.whatif.words import CAUSE_WORDS, listed, provider_words


def causes_table(answer: Answer, most_causes: int = 8) -> Table:
    """Rows are what-ifs, columns what the difference in cost is made of, and the total."""
    found = comparisons(answer)
    sums = {
        each.after: {part.cause: part.change_usd for part in each.by_cause() if abs(part.change_usd) >= 0.005}
        for each in found
    }
    causes = [cause for cause in Cause if any(cause in amounts for amounts in sums.values())]

    def weight(cause: Cause) -> float:
        return sum(abs(amounts.get(cause, 0.0)) for amounts in sums.values())

    shown, joined = largest(causes, weight, most_causes)
    rows = []
    for each in found:
        amounts = sums[each.after]
        cells: list[Cell] = [signed(amounts.get(cause, 0.0)) for cause in shown]
        if joined:
            cells.append(signed(sum(amounts.get(cause, 0.0) for cause in joined)))
        rows.append(Row((each.after, *cells, signed(each.difference_usd, always=True))))
    titles = [CAUSE_WORDS[cause] for cause in shown] + ([OTHERS] if joined else [])
    notes = (f"{OTHERS}: {', '.join(CAUSE_WORDS[cause] for cause in joined)}.",) if joined else ()
    return Table(
        key="causes",
        title=f"What the difference is made of ({DISCOUNTED})",
        columns=(WHATIF, *(Column(title, Unit.USD) for title in titles), Column("all", Unit.USD)),
        rows=tuple(rows) if causes else (),
        footnotes=notes,
        when_empty="No what-if costs more or less than the base.",
    )


def cause_details_table(answer: Answer, most_rows: int = 12) -> Table:
    """The largest causes of all what-ifs with their provider, what-if by what-if."""
    rows: list[Row] = []
    left: list[str] = []
    for each in comparisons(answer):
        parts = sorted(each.causes, key=lambda part: -abs(part.change_usd))
        parts = [part for part in parts if abs(part.change_usd) >= 0.005]
        shown = parts[:most_rows]
        if len(shown) < len(parts):
            left.append(f"{len(parts) - len(shown)} of {each.after}")
        for number, part in enumerate(shown):
            name = each.after if not number else None
            provider = provider_words(part.provider)
            cause = CAUSE_WORDS[part.cause]
            change = signed(part.change_usd)
            rows.append(Row((name, cause, provider, part.before_usd or None, part.after_usd or None, change)))
    return Table(
        key="cause-details",
        title=f"Causes by provider, the largest first ({DISCOUNTED})",
        columns=(
            Column("What-if", least_width=12),
            Column("Cause", least_width=8),
            Column("Provider", least_width=8),
            Column("Before", Unit.USD),
            Column("After", Unit.USD),
            Column("Change", Unit.USD),
        ),
        rows=tuple(rows),
        footnotes=(f"Smaller causes not shown: {listed(left)}.",) if left else (),
        when_empty="No what-if costs more or less than the base.",
    )
