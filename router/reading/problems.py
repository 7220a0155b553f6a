"""Mistakes in a scenario, each told in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from router.reading.position import Position, printable

MOST_PROBLEMS = 1000
"""Reading a file stops after this many mistakes; a file with more is not a scenario."""


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands, what was found, what was expected, and the nearest valid name.

    `path` is the key path as text, empty for the file as a whole. `expected`, `suggestion` and `note` are
    left out of the line where they are None.
    """

    position: Position
    path: str
    found: str
    expected: str | None = None
    suggestion: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        start = f"{self.position}: {self.path}: " if self.path else f"{self.position}: "
        line = f"{start}found {self.found}"
        if self.expected:
            line += f", expected {self.expected}"
        if self.note:
            line += f"; {self.note}"
        if self.suggestion is not None:
            line += f"; did you mean {self.suggestion!r}?"
        return printable(line)


class ScenarioError(Exception):
    """All mistakes found in one go, sorted by position. `str()` gives one line for each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = dict.fromkeys(problems)
        self.problems: tuple[Problem, ...] = tuple(sorted(unique, key=lambda problem: problem.position))
        super().__init__("\n".join(map(str, self.problems)))


class Mistake(ValueError):  # noqa: N818  (the word of the reports)
    """What a validator raises to have its words told well; pydantic turns it into a validation error.

    `expected` completes "expected ...". `found` replaces the description of the value. `path` leads from
    the value being validated to the part that is wrong (for validators of a whole mapping); `at_key` points
    at that part's key and not its value. `note` adds a remark.
    """

    def __init__(
        self,
        expected: str | None,
        *,
        found: str | None = None,
        suggestion: str | None = None,
        path: tuple[str | int, ...] = (),
        at_key: bool = False,
        note: str | None = None,
    ) -> None:
        super().__init__(f"expected {expected}" if expected else (note or "not valid"))
        self.expected = expected
        self.found = found
        self.suggestion = suggestion
        self.path = path
        self.at_key = at_key
        self.note = note
