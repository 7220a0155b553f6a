"""A report's table as lines of a screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.style import Style

from router.report.layout import folded, lay_out
from router.report.letters import Letters
from router.report.table import Table

_STYLES = {"plain": "plain", "subtotal": "plain", "total": "total", "alert": "alert"}


def report_lines(table: Table, width: int, letters: Letters, style_of: Callable[[str], Style]) -> list[Content]:
    """Title, head, rows and footnotes. `style_of` has the styles title, plain, total, alert and dim."""
    lines = [Content.styled(table.title, style_of("title"))]
    if not table.rows:
        return [*lines, Content(table.when_empty)]
    layout = lay_out(table, width, letters)
    dim = style_of("dim")
    lines += [Content.styled(line, style_of("total")) for line in layout.head]
    if layout.head:
        lines.append(Content.styled(letters.line * min(width, layout.width), dim))
    for row in layout.rows:
        lines += [Content.styled(line, style_of(_STYLES[row.role])) for line in row.lines]
    notes = [
        *table.footnotes,
        *([f"Not shown for want of width: {', '.join(layout.dropped)}."] if layout.dropped else []),
    ]
    for note in notes:
        lines += [Content.styled(line, dim) for line in folded(letters.text(note), width)]
    return lines
