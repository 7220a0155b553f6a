"""Which commitments are missed, and by how much."""

from __future__ import annotations

from collections.abc import Sequence

from router.answer.answer import Answer
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.cost import OTHERS
from router.report.tables.difference_rows import NOT_DISCOUNTED
from router.report.whatif.tables.cells import WHATIF, largest, planned, role_of


def shortfalls_table(answer: Answer, most_commitments: int = 6) -> Table:
    """Shortfall of each commitment: of the base and of each what-if."""
    outcomes = planned(answer)
    missed = {name: outcome.shortfall_usd for name, outcome in outcomes}
    every = list(dict.fromkeys(name for sums in missed.values() for name in sums))
    names = [name for name in every if any(sums.get(name, 0.0) >= 0.005 for sums in missed.values())]

    def weight(commitment: str) -> float:
        return max(sums.get(commitment, 0.0) for sums in missed.values())

    shown, joined = largest(names, weight, most_commitments)
    several = len(names) > 1
    rows = []
    for case, _ in outcomes:
        sums = missed[case]
        cells: list[Cell] = [
            "none there" if name not in sums else sums[name] if sums[name] >= 0.005 else "met" for name in shown
        ]
        cells += [sum(sums.get(name, 0.0) for name in joined)] if joined else []
        total = [sum(sums.values()) or None] if several else []
        rows.append(Row((case, *cells, *total), role_of(case)))
    titles = [short_name(name, every) for name in shown] + ([OTHERS] if joined else [])
    met = [name for name in every if name not in names]
    notes = [f"Met in every case: {', '.join(met)}."] if met and names else []
    notes += [f"{OTHERS}: {', '.join(joined)}."] if joined else []
    return Table(
        key="shortfalls",
        title=f"Shortfall of each commitment ({NOT_DISCOUNTED})",
        columns=(
            WHATIF,
            *(Column(title, Unit.USD) for title in titles),
            *([Column("all", Unit.USD)] if several else []),
        ),
        rows=tuple(rows) if names else (),
        footnotes=tuple(notes),
        when_empty="Every commitment is met in every case." if every else "There are no commitments.",
    )


def short_name(name: str, every: Sequence[str]) -> str:
    """`contract/commitment`, or the contract alone where it has no other commitment."""
    contract = name.split("/")[0]
    return contract if sum(other.split("/")[0] == contract for other in every) == 1 else name
