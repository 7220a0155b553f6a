"""Numbers pasted over a grid: lines and tabs (or commas, or blanks) as spreadsheets copy them; and the other way."""

from __future__ import annotations

from router.change.change import Change
from router.reading.found import quoted
from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity
from router.view.entry import Entry, EntryKind
from router.view.grid import Cells, Grid
from router.view.grid_edit import edited

_MOST_CELLS = 100_000


def copied(grid: Grid, cells: Cells) -> str:
    """Cells as text to paste elsewhere: numbers to their last digit, tabs between columns."""
    return "\n".join("\t".join(grid.editable_text(row, column) for column in cells.columns) for row in cells.rows)


def table_rows(grid: Grid) -> list[list[str]]:
    """The whole grid, its titles first; numbers to their last digit."""
    table = [["", *(fact.title for fact in grid.facts), *(column.label for column in grid.columns)]]
    for at, row in enumerate(grid.rows):
        shown = row.shown or tuple(grid.editable_text(at, column) for column in range(len(grid.columns)))
        table.append(["  " * row.depth + row.name, *row.facts, *shown])
    return table


def pasted(grid: Grid, cells: Cells, text: str) -> tuple[Change, ...]:
    """The changes that a pasted block makes. One number goes into every cell selected; a block starts at the first.

    Empty fields leave their cell as it is. Raises Mistake, naming line and field, for what is no number, and for a
    block that reaches over the grid's edge.
    """
    block = _read(text)
    if len(block) == 1 and len(block[0]) == 1 and block[0][0] is not None:
        return edited(grid, cells, Entry(EntryKind.SET, block[0][0]))
    height, width = len(block), max(len(line) for line in block)
    rows, columns = len(grid.rows) - cells.first_row, len(grid.columns) - cells.first_column
    if height > rows or width > columns:
        raise Mistake(
            f"at most {_lines(rows)} of {columns} from here on",
            found=f"{_lines(height)} of up to {width} number{'' if width == 1 else 's'}",
        )
    changes: list[Change] = []
    for down, line in enumerate(block):
        row = cells.first_row + down
        for start, end, number in _runs(line):
            first, last = cells.first_column + start, cells.first_column + end
            changes.extend(edited(grid, Cells(row, first, row, last), Entry(EntryKind.SET, number)))
    if not changes:
        raise Mistake("numbers to paste", found="none")
    return tuple(changes)


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def _read(text: str) -> list[list[float | None]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    if not text.strip():
        raise Mistake("numbers to paste", found="an empty clipboard")
    if sum(line.count("\t") + 1 for line in lines) > _MOST_CELLS:
        raise Mistake(f"at most {_MOST_CELLS:,} numbers", found="more")
    return [[_field(field, row, at) for at, field in enumerate(_fields(line), 1)] for row, line in enumerate(lines, 1)]


def _fields(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    return line.split(";") if ";" in line else [line]


def _field(field: str, line: int, at: int) -> float | None:
    if not field.strip():
        return None
    try:
        return parse_quantity(field)
    except Mistake as mistake:
        raise Mistake(
            mistake.expected,
            found=f"{quoted(field.strip()[:40])} in line {line}, field {at}",
            suggestion=mistake.suggestion,
        ) from None


def _runs(line: list[float | None]) -> list[tuple[int, int, float]]:
    """Stretches of equal numbers: first, last, number."""
    runs: list[tuple[int, int, float]] = []
    for at, number in enumerate(line):
        if number is None:
            continue
        if runs and runs[-1][1] == at - 1 and runs[-1][2] == number:
            runs[-1] = (runs[-1][0], at, number)
        else:
            runs.append((at, at, number))
    return runs
