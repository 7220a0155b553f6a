"""A timeline in letters: each row as pieces of text, each with a role that decides its style."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from itertools import groupby

from router.report import numbers
from router.report.letters import Letters
from router.report.time_axis import TimeAxis
from router.view.timeline import Timeline, TimelineRow
from router.view.timeline_cells import Span, cells_of, share_of_cells

_LEAST_PART = 3.5
"""Letters that the label of a quarter or a month needs on average, with a gap."""
_MONTHS = 12


class GanttRole(StrEnum):
    """What a piece of a row is."""

    BLANK = "blank"
    WINDOW = "window"
    RUN = "run"
    SPOT = "spot"
    DEADLINE = "deadline"
    TODAY = "today"
    HELD = "held"
    ALERT = "alert"


Pieces = tuple[tuple[str, GanttRole], ...]


def gantt_row(found: Timeline, row: int, axis: TimeAxis, letters: Letters, today: date) -> Pieces:
    """One row, as many letters as the axis has columns."""
    line = found.rows[row]
    cells = [(" ", GanttRole.BLANK)] * axis.columns
    at = today_column(axis, today)
    if at is not None:
        cells[at] = letters.side, GanttRole.TODAY
    if line.job is None:
        _draw_held(cells, found, row, axis, letters)
    else:
        _draw_job(cells, line, axis, letters)
    return tuple(
        ("".join(letter for letter, _ in group), role) for role, group in groupby(cells, key=lambda cell: cell[1])
    )


def today_column(axis: TimeAxis, today: date) -> int | None:
    """The column of a day; None where it is not on the axis."""
    return axis.column(today) if axis.start <= today < axis.end else None


def gantt_head(axis: TimeAxis, letters: Letters, today: date) -> tuple[str, str]:
    """Two lines: years where they begin; below them quarters, or months, with a sign at today."""
    per_month = axis.columns / max(1.0, (axis.end - axis.start).days / 30.4)
    years = _labels(axis, _MONTHS, lambda day: str(day.year))
    if per_month >= _LEAST_PART:
        parts = _labels(axis, 1, lambda day: f"{day.month:02d}")
    elif per_month * 3 >= _LEAST_PART:
        parts = _labels(axis, 3, lambda day: f"Q{(day.month + 2) // 3}")
    else:
        parts = _labels(axis, _MONTHS, lambda day: letters.tick)
    at = today_column(axis, today)
    if at is not None:
        sign = "▼" if letters.encoding == "utf-8" else "v"
        parts = parts[:at] + sign + parts[at + 1 :]
    return years, parts


def gantt_name(row: TimelineRow) -> str:
    """What stands before a row; what is left out has a sign."""
    return f"{'  ' * row.depth}{'! ' if row.role == 'alert' else ''}{row.label}"


def slack_text(row: TimelineRow) -> str:
    """What is left to the deadline, short; `late` where the run ends after it."""
    if row.slack_days is None:
        return ""
    return "late" if row.slack_days < 0 else numbers.hours(row.slack_days * 24).replace(" days", " d")


def legend(letters: Letters) -> str:
    """What the letters mean."""
    return (
        f"{letters.empty * 2} may run  {letters.full * 2} runs  {_spot(letters) * 2} runs on spot  "
        f"{_end(letters)} deadline  {letters.side} today"
    )


def row_words(found: Timeline, row: int) -> str:
    """All there is to say of a row, in one line; of a pool, how many runs it has and how much of it they hold."""
    line = found.rows[row]
    if line.job is not None:
        return line.line
    count = sum(other.job is not None and other.pool == line.pool for other in found.rows)
    jobs = f"{count} {'run' if count == 1 else 'runs'}" if line.pool else f"{count} {'job' if count == 1 else 'jobs'}"
    if line.pool is None:
        return f"{line.label}: {jobs}"
    shares = [share for share in found.share[row].tolist() if not math.isnan(share)]
    most = f"; they hold up to {numbers.share(max(shares))} of its instances" if shares else ""
    return f"{line.label}: {jobs}{most}"


def _draw_job(cells: list[tuple[str, GanttRole]], line: TimelineRow, axis: TimeAxis, letters: Letters) -> None:
    drawn = cells_of(line, axis)
    if drawn.window is not None:
        _fill(cells, drawn.window, letters.empty, GanttRole.WINDOW)
    if drawn.run is not None:
        letter, role = (_spot(letters), GanttRole.SPOT) if line.spot else (letters.full, GanttRole.RUN)
        _fill(cells, drawn.run, letter, role)
    if drawn.window is not None and not drawn.window.after:
        # On top of a run that ends with its time: the deadline is what must be seen.
        cells[drawn.window.last] = _end(letters), GanttRole.DEADLINE
    if line.role == "alert":
        first = 0 if drawn.window is None else drawn.window.first
        for at, letter in enumerate(f" unserved: {line.because} " if line.because else " unserved ", first):
            if at < len(cells):
                cells[at] = letter, GanttRole.ALERT


def _draw_held(cells: list[tuple[str, GanttRole]], found: Timeline, row: int, axis: TimeAxis, letters: Letters) -> None:
    """The part of the pool that runs hold, as small bars."""
    top = len(letters.steps) - 1
    for at, share in enumerate(share_of_cells(found, row, axis).tolist()):
        if share > 0:
            cells[at] = letters.steps[min(top, max(1, math.ceil(share * top - 1e-9)))], GanttRole.HELD


def _fill(cells: list[tuple[str, GanttRole]], span: Span, letter: str, role: GanttRole) -> None:
    for at in range(span.first, span.last + 1):
        cells[at] = letter, role


def _spot(letters: Letters) -> str:
    return letters.fills[1]


def _end(letters: Letters) -> str:
    return "◆" if letters.encoding == "utf-8" else "<"


def _labels(axis: TimeAxis, months: int, label_of: Callable[[date], str]) -> str:
    """A line with a label where each stretch of so many months begins; at the left edge for the one under way."""
    line = " " * axis.columns
    index = (axis.start.year * _MONTHS + axis.start.month - 1) // months * months
    taken = 0
    while (day := date(index // _MONTHS, index % _MONTHS + 1, 1)) < axis.end:
        at, label = axis.column(max(day, axis.start)), label_of(day)
        index += months
        following = date(index // _MONTHS, index % _MONTHS + 1, 1)
        # A label leaves a gap before the next; the one under way at the left edge gives way to it.
        room = axis.column(following) - (len(label) > 1) if following < axis.end else axis.columns
        if at >= taken and at + len(label) <= room:
            line = line[:at] + label + line[at + len(label) :]
            taken = at + len(label)
    return line
