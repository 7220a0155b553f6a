"""Edits of a text by offset, and where its lines begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from router.workspace.layout import CannotPatch

_BLANK = re.compile(r"[ \t]*\r?\n")


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


@dataclass
class TextEdits:
    """A text and what is to be replaced in it. `newline` is how the text ends its lines."""

    text: str
    edits: list[_Edit] = field(default_factory=list)
    newline: str = "\n"

    def __post_init__(self) -> None:
        self.newline = "\r\n" if "\r\n" in self.text else "\n"

    def replace(self, start: int, end: int, text: str) -> None:
        """Puts `text` in place of what stands from `start` up to `end`."""
        self.edits.append(_Edit(start, end, text))

    def result(self) -> str:
        """The text with all edits made. Raises CannotPatch where two are about the same letters."""
        parts: list[str] = []
        position = 0
        # Stable: insertions at one offset keep their order, and come before what is removed from there on.
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start < position:
                raise CannotPatch
            parts += [self.text[position : edit.start], edit.text]
            position = edit.end
        return "".join([*parts, self.text[position:]])

    # --- lines ---

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line break."""
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def next_line(self, offset: int) -> int:
        """Where the line after that of an offset begins; the end of the text behind the last."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def column(self, offset: int) -> int:
        """Letters before an offset on its line."""
        return offset - self.line_start(offset)

    def is_first_on_line(self, offset: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def is_blank_line(self, start: int) -> bool:
        """Whether the line that begins at `start` is blank, and ends."""
        return _BLANK.match(self.text, start) is not None

    def line(self, start: int) -> str:
        """The line that begins at `start`, without blanks around it."""
        return self.text[start : self.line_end(start)].strip()
