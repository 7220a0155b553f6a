"""Tables as HTML. Every text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from router.report.table import Cell, Column, Table, Unit


def table_html(table: Table) -> str:
    """A section with the table, its footnotes, and an anchor of its key."""
    return "".join(_pieces(table))


def _pieces(table: Table) -> Iterator[str]:
    yield f'<section id="{escape(table.key)}"><h2>{escape(table.title)}</h2>\n'
    if not table.rows:
        yield f'<p class="nothing">{escape(table.when_empty)}</p></section>\n'
        return
    shown = table.columns_with_content()
    yield f'<div class="scroll"><table class="{"headed" if table.headed else "facts"}">\n'
    if table.headed:
        yield "<thead><tr>"
        for at in shown:
            column = table.columns[at]
            yield f'<th scope="col"{_side(column)}>{escape(column.title)}</th>'
        yield "</tr></thead>\n"
    yield "<tbody>\n"
    for row in table.rows:
        yield f'<tr class="{row.role}">'
        for at in shown:
            yield _cell(table.columns[at], row.cells[at], first=at == 0)
        yield "</tr>\n"
    yield "</tbody></table></div>\n"
    for note in table.footnotes:
        yield f'<p class="footnote">{escape(note)}</p>\n'
    yield "</section>\n"


def _cell(column: Column, cell: Cell, *, first: bool) -> str:
    text = escape(column.text(cell))
    if column.unit == Unit.MET and isinstance(cell, (int, float)):
        filled = max(0.0, min(1.0, cell)) * 100
        text = f'<span class="meter"><span style="width:{filled:.1f}%"></span></span>{text}'
    elif isinstance(cell, (int, float, date)):
        text = f'<span class="number" title="{escape(_exact(cell))}">{text}</span>'
    tag = 'th scope="row"' if first else "td"
    return f"<{tag}{_side(column)}>{text}</{tag.split()[0]}>"


def _exact(cell: float | date) -> str:
    """The number to the last useful digit, for who points at it."""
    return cell.isoformat() if isinstance(cell, date) else f"{cell:,.12g}"


def _side(column: Column) -> str:
    if column.to_the_right:
        return ' class="right"'
    return "" if column.unit == Unit.TEXT else ' class="whole"'
