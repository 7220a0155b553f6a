"""Where the columns of a grid stand: what stays at the left, what scrolls, and how wide each is."""

from __future__ import annotations

from dataclasses import dataclass

from router.view.grid import Grid

NAME_WIDTH = 20
CELL_WIDTH = 9
LEAST_CELLS = 4
WIDE_CELLS = 7
"""Facts leave where fewer cells than this would have room, on a narrow screen and on a wide one."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Widths in letters. ``facts``: positions of the facts that are shown."""

    name: int
    facts: tuple[int, ...]
    fact_widths: tuple[int, ...]
    cell: int
    visible: int

    @property
    def fixed(self) -> int:
        """What the columns that do not scroll take."""
        return self.name + sum(width + 1 for width in self.fact_widths)

    def column_at(self, x: int, first: int, columns: int) -> int | None:
        """The column under a letter, None where none is."""
        at = first + (x - self.fixed) // self.cell
        return at if x >= self.fixed and at < min(columns, first + self.visible) else None


def geometry(grid: Grid, width: int) -> Geometry:
    """How a grid fits into a width."""
    longest = max((len(row.name) + 2 * row.depth + 2 for row in grid.rows), default=0)
    name = max(12, min(longest, 36 if width >= 110 else NAME_WIDTH))
    cell = max(CELL_WIDTH, max((len(column.label) + 2 for column in grid.columns), default=0))
    kept = sorted(range(len(grid.facts)), key=lambda at: grid.facts[at].drop_order)
    wanted = min(LEAST_CELLS if width < 100 else WIDE_CELLS, max(1, len(grid.columns)))
    while kept and width - name - sum(grid.facts[at].width + 1 for at in kept) < wanted * cell:
        kept.pop()
    shown = tuple(sorted(kept))
    widths = tuple(grid.facts[at].width for at in shown)
    room = width - name - sum(wide + 1 for wide in widths)
    return Geometry(name, shown, widths, cell, max(1, room // cell))
