"""What the tables of sweeps share."""

from __future__ import annotations

from collections.abc import Sequence

from router.answer.answer import Answer
from router.answer.points import Point
from router.report import numbers
from router.report.table import Cell, Column, Unit
from router.report.whatif.tables.cells import difference_cell, is_marked, signed
from router.report.whatif.words import GAPS_NOTE, counted, proof_words

COST_COLUMNS = (
    Column("Cost", Unit.USD),
    Column("Difference", Unit.USD),
    Column("Proved", drop_order=4, least_width=8, spared=True, repeated=True),
    Column("Shortfall", Unit.USD, drop_order=2),
    Column("Unserved", Unit.USD, drop_order=2),
    Column("Gap", Unit.SHARE, drop_order=3),
)


def cost_cells(answer: Answer, each: Point) -> tuple[Cell, ...]:
    """Cells under `COST_COLUMNS`."""
    outcome = answer.outcome(each.case)
    assert outcome is not None
    shortfall, unserved = sum(outcome.shortfall_usd.values()), sum(outcome.unserved_usd.values())
    return (
        each.cost_usd,
        difference_cell(each.proof) if abs(each.difference_usd) >= 0.005 else signed(0.0),
        proof_words(each.proof),
        shortfall if shortfall >= 0.005 else None,
        unserved if unserved >= 0.005 else None,
        numbers.at_most_share(outcome.gap),
    )


def failed_notes(failed: int) -> list[str]:
    """A footnote on cases without a plan, where there are any."""
    return [f"{counted(failed, 'case')} without a plan, left out."] if failed else []


def open_notes(points: Sequence[Point]) -> list[str]:
    """A footnote on differences within the gaps, where there are any."""
    return [GAPS_NOTE] if any(is_marked(each.proof) for each in points) else []
