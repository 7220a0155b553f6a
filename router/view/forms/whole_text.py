"""A value that is longer than the line in which it is typed, on a few lines: dates stay beside their levels."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_MARK = "..."
_TIED = "\u00a0"
_WORD = re.compile(r"[^ ]+ *| +")


def whole_text(text: str, width: int, cursor: int, most: int = 4) -> tuple[str, ...]:
    """The text on lines of at most ``width`` letters; those around the cursor where there are more than ``most``.

    ``cursor``: the letter, from 0, that it stands on. What is left out before and behind is marked by `...`.
    """
    lines = _lines(text, width)
    if len(lines) > most:
        lines = _lines(text, max(1, width - 2 * len(_MARK) - 2))
        first = _first_shown(lines, cursor, most)
        before, behind = first > 0, first + most < len(lines)
        lines = lines[first : first + most]
        lines[0] = f"{_MARK} {lines[0]}" if before else lines[0]
        lines[-1] = f"{lines[-1].rstrip()} {_MARK}" if behind else lines[-1]
    return tuple(line.rstrip() for line in lines)


def _first_shown(lines: list[str], cursor: int, most: int) -> int:
    """So that the cursor's line is the last but one of those shown, as far as there are lines behind and before."""
    ends = list(accumulate(map(len, lines)))
    at = min(bisect_right(ends, cursor), len(lines) - 1)
    return min(max(0, at + 2 - most), max(0, len(lines) - most))


def _lines(text: str, width: int) -> list[str]:
    """All letters of the text, cut into lines; blanks at their ends count as nothing."""
    lines = [""]
    for word in _WORD.findall(text.replace(": ", f":{_TIED}")):
        if lines[-1] and len(lines[-1]) + len(word.rstrip(" ")) > width:
            lines.append("")
        while len(word.rstrip(" ")) > width:
            lines[-1] += word[:width]
            word = word[width:]
            lines.append("")
        lines[-1] += word
    return [line.replace(_TIED, " ") for line in lines]
