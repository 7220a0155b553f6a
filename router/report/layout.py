"""A table laid out in letters of one width: which columns fit, how wide they are, where text is folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from router.reading.position import printable
from router.report.letters import Letters
from router.report.table import Column, Row, RowRole, Table, Unit

GAP = 2
_LEAST_TEXT = 6
_WIDEST_TEXT = 60
_WIDEST_FACT = 100
_BAR = 6
_PIECES = re.compile(r"\S*?(?:[^\W\d]-(?=\S)|\S[-/](?=[^\s\d]))|\S+\s*|\s+")


@dataclass(frozen=True)
class LaidOutRow:
    """A row as lines of equal width, with the role that decides its style."""

    lines: tuple[str, ...]
    role: RowRole


@dataclass(frozen=True)
class Layout:
    """A table as lines. `dropped` are the titles of the columns for which there was no room, but for repeated ones.

    `squeezed` is True where text columns had to be narrower than they can well be.
    """

    head: tuple[str, ...]
    rows: tuple[LaidOutRow, ...]
    width: int
    dropped: tuple[str, ...]
    squeezed: bool


def lay_out(table: Table, width: int, letters: Letters) -> Layout:
    """The table in at most `width` letters: drops columns by `drop_order`, then folds text."""
    texts = [[_text(column, row, at, letters) for at, column in enumerate(table.columns)] for row in table.rows]
    _strip_common_blanks(texts)
    natural = [_natural(table, texts, at) for at in range(len(table.columns))]
    kept = table.columns_with_content()
    wanted = tuple(kept)
    while _least_total(table, natural, kept) > width:
        droppable = [at for at in kept if table.columns[at].drop_order > 0]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda at: (table.columns[at].drop_order, at)))
    kept = _without_spared(table, natural, kept, width)
    widths, squeezed = _widths(table, natural, kept, width)
    head = _lines([letters.text(table.columns[at].title) for at in kept], [table.columns[at] for at in kept], widths)
    rows = tuple(
        LaidOutRow(_lines([cells[at] for at in kept], [table.columns[at] for at in kept], widths), row.role)
        for cells, row in zip(texts, table.rows, strict=True)
    )
    return Layout(
        head=head if table.headed else (),
        rows=rows,
        width=sum(widths) + GAP * (len(widths) - 1),
        dropped=tuple(
            column.title
            for at, column in enumerate(table.columns)
            if at in wanted and at not in kept and not column.repeated
        ),
        squeezed=squeezed,
    )


def folded(text: str, width: int) -> list[str]:
    """Text in lines of at most `width` letters: broken at blanks, then after `-` and `/`, then anywhere."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        while cell_len((line + piece).rstrip()) > width:
            if line.strip():
                lines.append(line.rstrip())
                line = ""
                continue
            line, piece = "", piece.lstrip()
            head = set_cell_size(piece, width).rstrip() or piece[:1]
            if cell_len(piece.rstrip()) <= width:
                break
            lines.append(head)
            piece = piece[len(head) :]
        line += piece
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def text_width(text: str) -> int:
    """How many letters of one width the text takes."""
    return cell_len(text)


def _text(column: Column, row: Row, at: int, letters: Letters) -> str:
    cell = row.cells[at]
    if column.unit == Unit.MET and isinstance(cell, (int, float)):
        return f"{letters.bar(cell, _BAR)} {column.text(cell):>6}"
    return letters.text(printable(column.aligned_text(cell)))


def _without_spared(table: Table, natural: Sequence[int], kept: list[int], width: int) -> list[int]:
    """The columns that are left when as few of the spared ones leave as it takes to fold nothing."""
    left = list(kept)
    spared = [at for at in kept if table.columns[at].spared]
    for at in sorted(spared, key=lambda at: -table.columns[at].drop_order):
        if _total(natural, left) <= width:
            break
        left.remove(at)
    return left if _total(natural, left) <= width else kept


def _strip_common_blanks(texts: list[list[str]]) -> None:
    """Takes away the room for suffixes in columns where no cell has one."""
    for at in range(len(texts[0]) if texts else 0):
        column = [cells[at] for cells in texts if cells[at]]
        spare = min((len(text) - len(text.rstrip()) for text in column), default=0)
        if spare:
            for cells in texts:
                cells[at] = cells[at][:-spare]


def _natural(table: Table, texts: Sequence[Sequence[str]], at: int) -> int:
    column = table.columns[at]
    widest = max((cell_len(cells[at]) for cells in texts), default=0)
    if not table.headed:
        return max(1, min(widest, _WIDEST_FACT))
    if column.unit == Unit.TEXT:
        widest = min(widest, _WIDEST_TEXT)
    return max(1, widest, max((cell_len(word) for word in column.title.split()), default=0))


def _is_text(table: Table, at: int) -> bool:
    return table.columns[at].unit == Unit.TEXT


def _least(table: Table, natural: Sequence[int], at: int) -> int:
    return min(natural[at], table.columns[at].least_width) if _is_text(table, at) else natural[at]


def _least_total(table: Table, natural: Sequence[int], kept: Sequence[int]) -> int:
    return _total([_least(table, natural, at) for at in range(len(natural))], kept)


def _total(widths: Sequence[int], kept: Sequence[int]) -> int:
    return sum(widths[at] for at in kept) + GAP * (len(kept) - 1)


def _widths(table: Table, natural: Sequence[int], kept: Sequence[int], width: int) -> tuple[list[int], bool]:
    widths = {at: _least(table, natural, at) for at in kept}
    room = width - sum(widths.values()) - GAP * (len(kept) - 1)
    squeezed = room < 0
    while room < 0:
        # Below what is easy to read: the widest column gives way, letter by letter.
        widest = max(kept, key=lambda at: (_is_text(table, at), widths[at]))
        if widths[widest] <= _LEAST_TEXT:
            widest = max(kept, key=lambda at: widths[at])
        if widths[widest] <= 1:
            break
        widths[widest] -= 1
        room += 1
    while room > 0:
        wanting = [at for at in kept if widths[at] < natural[at]]
        if not wanting:
            break
        widths[min(wanting, key=lambda at: widths[at])] += 1
        room -= 1
    return [widths[at] for at in kept], squeezed


def _lines(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> tuple[str, ...]:
    parts = [
        [cell] if cell_len(cell) <= width else folded(cell, width) for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(len(part) for part in parts)
    lines = []
    for number in range(height):
        cells_of_line = []
        for part, column, width in zip(parts, columns, widths, strict=True):
            text = part[number] if number < len(part) else ""
            blanks = " " * max(0, width - cell_len(text))
            cells_of_line.append(blanks + text if column.to_the_right else text + blanks)
        lines.append((" " * GAP).join(cells_of_line).rstrip())
    return tuple(lines)
