"""Takes entries of a mapping or list in brackets out of a text, and puts others in."""

from __future__ import annotations

from router.workspace.layout import CannotPatch, Place
from router.workspace.text_edits import TextEdits
from router.workspace.yaml_blocks import WIDTH


def remove_in_flow(edits: TextEdits, place: Place, leaving: set[int]) -> None:
    """Removes the entries of these indices with their commas; not all of them leave."""
    spans = place.spans()
    first_kept = next(index for index in range(len(spans)) if index not in leaving)
    for index in sorted(leaving):
        # Those before the first that stays take the comma behind them along, the others the one before.
        if index < first_kept:
            start, end = spans[index].start, spans[index + 1].start
            gap = spans[index].end, end
        else:
            start, end = spans[index - 1].end, spans[index].end
            gap = start, spans[index].start
        if "#" not in edits.text[gap[0] : gap[1]]:
            edits.replace(start, end, "")
            continue
        # A comment between the two stays.
        comma = _comma(edits.text, *gap)
        edits.replace(comma, comma + 1, "")
        edits.replace(spans[index].start, spans[index].end, "")


def insert_in_flow(edits: TextEdits, place: Place, index: int | None, words: list[str]) -> None:
    """Puts entries behind that of an index, or before all; on lines of their own where the line would be too long."""
    spans = place.spans()
    first = spans[0].start
    step = edits.newline + " " * edits.column(first)
    if index is None:
        edits.replace(first, first, "".join(f"{each}, " for each in words))
        return
    offset = spans[index].end
    room = edits.line_end(offset) - edits.line_start(offset)
    text = ""
    for each in words:
        is_long = room + len(each) + 2 > WIDTH and edits.newline not in each
        text += f",{step}{each}" if is_long else f", {each}"
        room = edits.column(first) + len(each) if is_long else room + len(each) + 2
    edits.replace(offset, offset, text)


def _comma(text: str, start: int, end: int) -> int:
    """The comma between two entries, which is not one of a comment."""
    while start < end:
        if text[start] == ",":
            return start
        if text[start] == "#":
            start = text.find("\n", start, end)
            if start < 0:
                break
        start += 1
    raise CannotPatch
