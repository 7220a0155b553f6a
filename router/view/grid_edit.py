"""What an edit of cells changes in the scenario: typed entries, fill right, shifted dates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from router.change.change import Change, Dates, Operation, Span
from router.change.range_text import dates_text
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.view.entry import Entry, EntryKind
from router.view.grid import Apart, Cells, Grid, GridRow, Meaning, OneValue, OverTime, SumOf

STEP_SHARE = 0.05
"""A step is a round number of about this share of the largest value in the row."""


def edited(grid: Grid, cells: Cells, entry: Entry, step_share: float = STEP_SHARE) -> tuple[Change, ...]:
    """The changes that an entry typed over cells makes. Raises Mistake where no cell there can be edited so.

    Rows that cannot be edited are passed over where others can.
    """
    changes: list[Change] = []
    reasons: list[Mistake] = []
    for row in cells.rows:
        try:
            changes.extend(_in_row(grid, row, list(cells.columns), entry, step_share))
        except Mistake as mistake:
            reasons.append(mistake)
    if not changes:
        raise reasons[0] if reasons else Mistake("cells that can be edited", found="none")
    return tuple(changes)


def filled_right(grid: Grid, cells: Cells) -> tuple[Change, ...]:
    """The changes that give every cell the value of the first in its row; one column alone: on to the last column."""
    last = len(grid.columns) - 1 if cells.last_column == cells.first_column else cells.last_column
    rest = list(range(cells.first_column + 1, last + 1))
    if not rest:
        raise Mistake("columns to the right of it to fill", found="the last column")
    changes: list[Change] = []
    for row in cells.rows:
        value = float(grid.values[row, cells.first_column])
        if grid.rows[row].meaning is not None and not isinstance(grid.rows[row].meaning, OneValue) and value == value:
            changes.extend(_in_row(grid, row, rest, Entry(EntryKind.SET, value), STEP_SHARE))
    if not changes:
        raise Mistake("a value in the first cell to fill with, in a row that goes over time", found="none")
    return tuple(changes)


def shifted(grid: Grid, rows: Iterable[int], moved: str, periods: int) -> tuple[Change, ...]:
    """The changes that shift a date of rows' owners (``moved``: such as `deadline`) by a number of periods.

    A period is as long as the one at the date. Raises Mistake where no row has such a date.
    """
    span = {row.moves[moved]: row.subject for row in (grid.rows[at] for at in rows) if moved in row.moves}
    if not span:
        raise Mistake(f"a row with a {moved}", found="none here: only training jobs have one")
    return tuple(Change(path, Operation.SHIFT, _period_span(grid, periods)) for path in span)


def step_of(grid: Grid, row: int, step_share: float = STEP_SHARE) -> float:
    """How far one step goes in a row: 1, 2 or 5 times a power of ten; 1 in a row of zeros, whole for whole numbers."""
    values = grid.values[row]
    largest = float(np.nanmax(values)) if np.isfinite(values).any() else 0.0
    if largest <= 0:
        return 1.0
    wanted = largest * step_share
    power = 10.0 ** math.floor(math.log10(wanted))
    step = max(factor * power for factor in (1.0, 2.0, 5.0) if factor * power <= wanted * (1 + 1e-9))
    whole = bool(np.all(values[np.isfinite(values)] % 1 == 0))
    return max(1.0, step) if whole and largest >= 1 else step


def _period_span(grid: Grid, periods: int) -> Span:
    dates = next((column.dates for column in grid.columns if column.dates is not None), None)
    if dates is None:
        raise Mistake("a grid over time", found=f"the {grid.name} grid")
    months = (dates.end.year - dates.start.year) * 12 + dates.end.month - dates.start.month
    if months and dates.start.day == dates.end.day:
        return Span(months=periods * months)
    return Span(days=periods * (dates.end - dates.start).days)


def _in_row(grid: Grid, row: int, columns: list[int], entry: Entry, step_share: float) -> Iterator[Change]:
    line = grid.rows[row]
    if line.meaning is None:
        raise Mistake("a cell that can be edited", found=line.subject)
    if entry.kind is EntryKind.STEPS:
        entry = Entry(EntryKind.INCREASE, entry.number * step_of(grid, row, step_share))
    yield from _made(grid, row, line, line.meaning, columns, entry)


def _made(grid: Grid, row: int, line: GridRow, meaning: Meaning, columns: list[int], entry: Entry) -> Iterator[Change]:
    operation = Operation(entry.kind.value)
    match meaning:
        case OverTime(path):
            there = columns if entry.kind is EntryKind.SET else _with_values(grid, row, columns, line)
            yield from _over_time(grid, path, there, operation, entry.number)
        case OneValue(path):
            yield Change(path, operation, _plain(entry.number))
        case Apart(paths):
            apart = [own for at in columns if (own := paths[at]) is not None]
            if not apart:
                raise Mistake("a cell with a value", found=f"nothing at {line.subject} there")
            for own in apart:
                yield Change(own, operation, _plain(entry.number))
        case SumOf(paths):
            yield from _in_proportion(grid, row, line, paths, columns, entry)


def _with_values(grid: Grid, row: int, columns: Sequence[int], line: GridRow) -> list[int]:
    there = [at for at in columns if np.isfinite(grid.values[row, at])]
    if not there:
        raise Mistake("a cell with a value to change; type a number to set one", found=f"nothing at {line.subject}")
    return there


def _over_time(
    grid: Grid, path: KeyPath, columns: Sequence[int], operation: Operation, number: float
) -> Iterator[Change]:
    if operation is not Operation.SET and len(columns) == len(grid.columns):
        # All of it: what the file says keeps its form, points stay points.
        yield Change(path, operation, _plain(number))
        return
    for first, last in _stretches(columns):
        yield Change(path, operation, _plain(number), _dates(grid, first, last))


def _in_proportion(
    grid: Grid, row: int, line: GridRow, paths: tuple[KeyPath, ...], columns: Sequence[int], entry: Entry
) -> Iterator[Change]:
    """A sum set or increased: each part grows by the factor that makes the sum right."""
    if entry.kind is EntryKind.SCALE:
        for path in paths:
            yield from _over_time(grid, path, _with_values(grid, row, columns, line), Operation.SCALE, entry.number)
        return
    values = grid.values[row]
    empty = next((at for at in columns if not values[at] > 0), None)
    if empty is not None:
        raise Mistake(
            "a sum above 0 to share out in proportion; type it into the rows below",
            found=f"{grid.text(row, empty) or 'nothing'} at {line.subject}, {grid.columns[empty].label}",
        )
    wanted = {at: entry.number if entry.kind is EntryKind.SET else float(values[at]) + entry.number for at in columns}
    for path in paths:
        for at, total in wanted.items():
            factor = total / float(values[at])
            if factor < 0:
                raise Mistake("a sum of at least 0", found=f"{total:.6g} at {line.subject}, {grid.columns[at].label}")
            yield Change(path, Operation.SCALE, factor, grid.columns[at].dates)


def _stretches(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken stretch of columns."""
    start = previous = columns[0]
    for at in columns[1:]:
        if at != previous + 1:
            yield start, previous
            start = at
        previous = at
    yield start, previous


def _dates(grid: Grid, first: int, last: int) -> Dates:
    start, end = grid.columns[first].dates, grid.columns[last].dates
    if start is None or end is None:
        raise Mistake("columns of time", found=grid.columns[first].label)
    return Dates(start.start, end.end)


def _plain(number: float) -> float | int:
    """A whole number as one, since counts are."""
    return int(number) if abs(number) < 1e15 and number == int(number) else number


def cells_words(grid: Grid, cells: Cells) -> str:
    """What cells are, for the line in which they are edited: `chat/us, Mar to Jun 2026 (4 cells)`."""
    line = grid.rows[cells.first_row]
    others = len(cells.rows) - 1
    more = f" and {others} more row{'' if others == 1 else 's'}" if others else ""
    if line.meaning is None or isinstance(line.meaning, OneValue):
        return line.subject + more
    first, last = grid.columns[cells.first_column], grid.columns[cells.last_column]
    if first.dates is not None and last.dates is not None:
        when = dates_text(Dates(first.dates.start, last.dates.end))
    else:
        when = first.label if first is last else f"{first.label} to {last.label}"
    return f"{line.subject}{more}, {when}"
