"""Takes entries of a mapping or list in block form out of a text, and puts others in."""

from __future__ import annotations

from router.workspace.layout import CannotPatch, Span
from router.workspace.text_edits import TextEdits


def remove_lines(edits: TextEdits, spans: list[Span], leaving: set[int], before: int) -> None:
    """Removes the entries of these indices; not all of them leave.

    ``before``: letters that belong to an entry before its span (the dash of a list).
    """
    for index in sorted(leaving):
        start, end = spans[index].start - before, spans[index].end
        if not edits.is_first_on_line(start):
            _remove_behind_dash(edits, spans, index)
            continue
        first, last = edits.line_start(start), edits.next_line(end)
        if _is_blank_above(edits, first):
            # One of the two gaps around it goes as well.
            while last < len(edits.text) and edits.is_blank_line(last):
                last = edits.next_line(last)
        edits.replace(first, last, "")


def insert_lines(edits: TextEdits, spans: list[Span], index: int | None, lines: list[str], before: int) -> None:
    """Puts entries behind that of an index, or before all; `lines` are without the blanks before their first."""
    column = edits.column(spans[0].start - before)
    step = edits.newline + " " * column
    if index is None:
        _insert_first(edits, spans[0].start - before, lines, column)
        return
    end = _end_with_comments(edits, spans[index].end, column)
    gap = edits.newline if _has_gap(edits, spans, index, before) else ""
    edits.replace(end, end, "".join(gap + step + line for line in lines))


def _insert_first(edits: TextEdits, first: int, lines: list[str], column: int) -> None:
    step = edits.newline + " " * column
    if not edits.is_first_on_line(first):
        # Behind a dash: the entry that was first there goes to a line of its own.
        edits.replace(first, first, "".join(line + step for line in lines))
        return
    start = edits.line_start(first)
    # Comments right above the first entry are about it, or about all: the new ones come between only where they cannot
    # be told apart from the file's head.
    while start > 0:
        above = edits.line_start(start - 1)
        if not edits.line(above).startswith("#") or edits.column(_first_letter(edits, above)) != column:
            break
        start = above
    if start == 0:
        start = edits.line_start(first)
    edits.replace(start, start, "".join(" " * column + line + edits.newline for line in lines))


def _remove_behind_dash(edits: TextEdits, spans: list[Span], index: int) -> None:
    """The first entry of a mapping that begins behind a dash: the next takes its place."""
    if index + 1 >= len(spans):
        raise CannotPatch
    start, end, following = spans[index].start, spans[index].end, spans[index + 1].start
    if edits.text[end:following].strip():
        following = edits.line_end(end)
    edits.replace(start, following, "")


def _end_with_comments(edits: TextEdits, offset: int, column: int) -> int:
    """Behind the line of an offset, and behind comments below it that are indented deeper than the entries."""
    end = edits.line_end(offset)
    start = edits.next_line(offset)
    while start < len(edits.text) and edits.line(start).startswith("#"):
        if edits.column(_first_letter(edits, start)) <= column:
            break
        end, start = edits.line_end(start), edits.next_line(start)
    return end


def _has_gap(edits: TextEdits, spans: list[Span], index: int, before: int) -> bool:
    """Whether a blank line stands between the entry and its neighbour."""
    if len(spans) == 1:
        return False
    index = min(index, len(spans) - 2)
    start, end = edits.next_line(spans[index].end), edits.line_start(spans[index + 1].start - before)
    while start < end:
        if edits.is_blank_line(start):
            return True
        start = edits.next_line(start)
    return False


def _is_blank_above(edits: TextEdits, line_start: int) -> bool:
    return line_start == 0 or edits.is_blank_line(edits.line_start(line_start - 1))


def _first_letter(edits: TextEdits, line_start: int) -> int:
    offset = line_start
    while edits.text[offset : offset + 1] in (" ", "\t"):
        offset += 1
    return offset
