"""Each what-if against the base: cost, difference and what is proved, shortfall, unserved, moves."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.comparison import Comparison, comparison, comparisons
from router.outcome.outcome import Outcome
from router.report import numbers
from router.report.difference_words import signed_share
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.difference_rows import DISCOUNTED
from router.report.whatif.tables.cells import WHATIF, difference_cell, is_marked, role_of
from router.report.whatif.words import GAPS_NOTE, discount_note, proof_words
from router.whatif.case import BASE


def comparison_table(answer: Answer) -> Table:
    """The base, then each what-if: cost, difference, whether that is proved, shortfall, unserved, moves, gap."""
    rows, notes = [], [discount_note(answer)]
    for case in answer.whatifs:
        outcome = answer.outcome(case.name)
        if outcome is None:
            failure = answer.answered[case.name].failure
            rows.append(Row((case.name, "NO PLAN", *(None,) * 8), "alert"))
            notes.append(f"{case.name}: {failure}.")
            continue
        against = comparison(answer, case.name) if case.name != BASE else None
        rows.append(_comparison_row(case.name, outcome, against))
    if any(is_marked(each.proof) for each in comparisons(answer)):
        notes.append(GAPS_NOTE)
    notes.append(
        "Moves: share of the cash that goes to another provider than in the base. "
        "Gap: how much less another plan could cost at most."
    )
    missing = [case.name for case in answer.question.whatifs if case.name not in answer.answered]
    if missing:
        notes.append(f"Not planned: {', '.join(missing)}.")
    return Table(
        key="comparison",
        title=f"What-ifs against the base (cost {DISCOUNTED})",
        columns=(
            WHATIF,
            Column("Cost", Unit.USD),
            Column("Difference", Unit.USD),
            Column("Share", Unit.SHARE, drop_order=5),
            Column("Proved", drop_order=8, least_width=8, spared=True, repeated=True),
            Column("Shortfall", Unit.USD, drop_order=1),
            Column("Unserved", Unit.USD, drop_order=1),
            Column("Moves", Unit.SHARE, drop_order=4),
            Column("Limits broken", Unit.COUNT, drop_order=7),
            Column("Gap", Unit.SHARE, drop_order=6),
        ),
        rows=tuple(rows),
        footnotes=tuple(notes) if rows else (),
        when_empty="No what-if was planned.",
    )


def _comparison_row(name: str, outcome: Outcome, against: Comparison | None) -> Row:
    shortfall = sum(outcome.shortfall_usd.values())
    unserved = sum(outcome.unserved_usd.values())
    cells: tuple[Cell, ...] = (
        name,
        outcome.cost_usd,
        None if against is None else difference_cell(against.proof),
        None if against is None else _share(against),
        None if against is None else proof_words(against.proof),
        shortfall if shortfall >= 0.005 else None,
        unserved if unserved >= 0.005 else None,
        None if against is None else against.share_moved or None,
        len(outcome.broken_limits) or None,
        numbers.at_most_share(outcome.gap),
    )
    return Row(cells, role_of(name))


def _share(against: Comparison) -> Cell:
    if against.share is None or abs(against.difference_usd) < 0.005:
        return None
    return signed_share(against.share)
