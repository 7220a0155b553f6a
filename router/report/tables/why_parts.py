"""What a unit-hour is made of: a row for each place, a column for each part."""

from __future__ import annotations

from collections.abc import Sequence

from router.report.table import Cell, Column, Row, Table, Unit
from router.why.charges import SCARCITY, Part
from router.why.cost_split import CostSplit

_HELD = "held"
_NOTHING = 1e-6
"""USD of a unit-hour below which a part is rounding."""


def parts_table(title: str, places: Sequence[tuple[str, CostSplit | None]], total: str) -> Table:
    """A row for each place, a column for each part that any of them has."""
    known = [(name, cost) for name, cost in places if cost is not None]
    used = [part for part in Part if any(abs(cost.parts.get(part, 0.0)) >= _NOTHING for _, cost in known)]
    size = {part: max(abs(cost.parts.get(part, 0.0)) for _, cost in known) for part in used}
    order = {part: 1 + rank for rank, part in enumerate(sorted(used, key=lambda part: -size[part]))}
    rows = tuple(Row((name, *(_part(cost, part) for part in used), cost.marginal_usd)) for name, cost in known)
    return Table(
        key="why-parts",
        title=title,
        columns=(
            Column("Place", least_width=16),
            *(Column(part.value, Unit.USD_PER_UNIT, drop_order=order[part]) for part in used),
            Column(total, Unit.USD_PER_UNIT),
        ),
        rows=rows,
        footnotes=_parts_notes(rows, used),
        when_empty="Nothing is paid.",
    )


def _part(cost: CostSplit, part: Part) -> Cell:
    """An amount; where nothing is rented for a unit because it takes instances held, that word for the price."""
    amount = cost.parts.get(part, 0.0)
    if abs(amount) >= _NOTHING:
        return amount
    return _HELD if part is Part.PRICE and abs(cost.parts.get(Part.HELD, 0.0)) >= _NOTHING else 0.0


def _parts_notes(rows: Sequence[Row], used: Sequence[Part]) -> tuple[str, ...]:
    notes = []
    if any(_HELD in row.cells for row in rows):
        notes.append(
            f"Price {_HELD!r}: nothing is rented for the unit, it takes {Part.HELD.value}; their worth stands there."
        )
    scarce = [part.value for part in used if part in SCARCITY]
    if scarce:
        notes.append(f"Nobody is paid for: {', '.join(scarce)}.")
    return tuple(notes)
