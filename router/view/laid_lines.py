"""Tables and sentences as lines of text in a width, each with what it is, for the screen to style and to point at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from router.report.layout import folded, lay_out
from router.report.letters import Letters
from router.report.table import Table


class LineRole(StrEnum):
    """What a line is."""

    WORDS = "words"
    TITLE = "title"
    HEAD = "head"
    RULE = "rule"
    PLAIN = "plain"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    ALERT = "alert"
    NOTE = "note"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class LaidLine:
    """A line. ``row``: which row of the table it is of, None where it is of none."""

    text: str
    role: LineRole
    row: int | None = None


def sentence_lines(text: str, width: int, letters: Letters, role: LineRole = LineRole.WORDS) -> Iterator[LaidLine]:
    """A sentence, folded."""
    for line in folded(letters.text(text), max(1, width)):
        yield LaidLine(line, role)


def table_lines(table: Table, width: int, letters: Letters, *, titled: bool = True) -> Iterator[LaidLine]:
    """A table: title, head, rows, footnotes; what is said where it has no rows."""
    if titled:
        yield from sentence_lines(table.title, width, letters, LineRole.TITLE)
    if not table.rows:
        yield from sentence_lines(table.when_empty, width, letters, LineRole.NOTE)
        return
    layout = lay_out(table, width, letters)
    for line in layout.head:
        yield LaidLine(line, LineRole.HEAD)
    if layout.head:
        yield LaidLine(letters.line * layout.width, LineRole.RULE)
    for at, row in enumerate(layout.rows):
        for line in row.lines:
            yield LaidLine(line, LineRole(row.role), at)
    notes = [*table.footnotes, *([f"Not shown for want of width: {', '.join(layout.dropped)}."] * bool(layout.dropped))]
    for note in notes:
        yield from sentence_lines(note, width, letters, LineRole.NOTE)
