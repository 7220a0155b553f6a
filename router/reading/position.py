"""Where something stands in a file."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file. Lines and columns count from 1; line 0 means the file as a whole.

    A named tuple and not a dataclass: one is made for every key and value, and making it must be cheap.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        file = printable(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


def printable(text: str) -> str:
    """The text with line breaks and control characters escaped, so that it stays on one line."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
