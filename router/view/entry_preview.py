"""What an entry would do, told while it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from router.change.change import Change
from router.reading.problems import Mistake
from router.report.change_words import changes_words
from router.scenario.scenario import Scenario
from router.view.entry import Entry, read_entry
from router.view.grid import Cells, CellUnit, Grid
from router.view.grid_edit import STEP_SHARE, edited

_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """``words``: what would change, or what is wrong with the text. ``changes``: empty where it is wrong."""

    words: str
    changes: tuple[Change, ...]

    @property
    def is_valid(self) -> bool:
        """Whether it can be applied."""
        return bool(self.changes)


def entry_preview(grid: Grid, cells: Cells, text: str, scenario: Scenario, step_share: float = STEP_SHARE) -> Preview:
    """What typing a text over cells would do to a scenario."""
    try:
        changes = edited(grid, cells, entry_of(grid, cells, text), step_share)
    except Mistake as mistake:
        return Preview(mistake_words(mistake), ())
    told = changes_words(changes[:_MOST_TOLD], scenario)
    more = f"; and {len(changes) - _MOST_TOLD} more" if len(changes) > _MOST_TOLD else ""
    return Preview("; ".join(told) + more, changes)


def entry_of(grid: Grid, cells: Cells, text: str) -> Entry:
    """What was typed over cells, read as their unit has it."""
    return read_entry(text, is_share=grid.rows[cells.first_row].unit is CellUnit.SHARE)


def mistake_words(mistake: Mistake) -> str:
    """A mistake in one line: what was found, what was expected, what may have been meant."""
    found = f"found {mistake.found}, " if mistake.found else ""
    meant = f"; did you mean {mistake.suggestion}?" if mistake.suggestion else ""
    expected = f"expected {mistake.expected}" if mistake.expected else (mistake.note or "not valid")
    return f"{found}{expected}{meant}"
