"""One entry of a what-if's changes: an operation with a path that may be a pattern, or a planner's word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from pydantic import ValidationError

from router.change.change import Change, Operation
from router.change.error import ChangeError
from router.change.path_text import Target
from router.change.yaml_form import EntryReader, Written
from router.reading.document import Document
from router.reading.found import found_text
from router.reading.key_path import KeyPath, path_text
from router.reading.node import Node
from router.reading.position import Position
from router.reading.problems import Mistake, Problem
from router.reading.validation import problems_from
from router.scenario.scenario import Scenario
from router.whatif.patterns import read_targets
from router.whatif.words.every import WORDS
from router.whatif.words.word import Held, Word

_OPERATIONS = frozenset(map(str, Operation))

Places = tuple[Target, ...]
"""What an entry changes."""


class Entry(Protocol):
    """An entry as it stands in a file, its keys checked."""

    @property
    def at(self) -> Position:
        """Where its value stands, for what is said of it."""

    @property
    def where(self) -> str:
        """The text that decides, with the names in a scenario, which places it is about."""

    def places(self, scenario: Scenario) -> Places:
        """What it is about in a scenario, at least one. Raises ChangeError."""

    def changes(self, places: Places, held: Held) -> tuple[Change, ...]:
        """The changes that it comes to. Raises ChangeError."""


def read_entry(node: Node, path: KeyPath) -> Entry:
    """An entry of a list of changes; ``path`` leads to it in its file. Raises ChangeError with all its mistakes."""
    content = node.content
    words = [key for key in content if key in WORDS] if isinstance(content, dict) else []
    if len(words) == 1 and not any(key in _OPERATIONS for key in content if key != words[0]):  # type: ignore[union-attr]
        return _word_entry(node, path, str(words[0]))
    reader = EntryReader(node, path, tuple(WORDS))
    return PlainEntry(reader.written(), reader.position_of_value())


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """One of the operations of docs/changes.md."""

    written: Written
    at: Position

    @property
    def where(self) -> str:
        return f"{self.written.operation} {self.written.path}"

    def places(self, scenario: Scenario) -> Places:
        return read_targets(self.written.path, scenario, self.written.path_at, self.written.operation)

    def changes(self, places: Places, held: Held) -> tuple[Change, ...]:
        operation, value, before = self.written.operation, self.written.value, self.written.before
        return tuple(Change(place.path, operation, value, place.dates, before) for place in places)


@dataclass(frozen=True, slots=True)
class WordEntry:
    """One of a planner's words. ``name``: the word itself, the key that says what it is about."""

    word: Word
    name: str
    node: Node
    path: KeyPath
    at: Position

    @property
    def where(self) -> str:
        return f"{self.name} {getattr(self.word, self.name)!r}"

    def places(self, scenario: Scenario) -> Places:
        try:
            return tuple(Target(path) for path in self.word.places(scenario))
        except Mistake as mistake:
            raise self._error(mistake) from None

    def changes(self, places: Places, held: Held) -> tuple[Change, ...]:
        try:
            return self.word.changes([place.path for place in places], held)
        except Mistake as mistake:
            raise self._error(mistake) from None

    def _error(self, mistake: Mistake) -> ChangeError:
        return ChangeError([problem_at_place(mistake, _document(self.node), mistake.path, self.path)])


def _word_entry(node: Node, path: KeyPath, name: str) -> WordEntry:
    document = _document(node)
    try:
        word = WORDS[name].model_validate(document.data)
    except ValidationError as error:
        problems = problems_from(error, document, WORDS[name])
        expected = WORDS[name].expected
        raise ChangeError(
            below(replace(each, expected=expected[each.path]) if _is_missing(each, expected) else each, path)
            for each in problems
        ) from None
    return WordEntry(word, name, node, path, document.position_of((name,)))


def _is_missing(problem: Problem, expected: Mapping[str, str]) -> bool:
    return problem.found == "nothing" and problem.path in expected


def _document(node: Node) -> Document:
    return Document(node, ())


def below(problem: Problem, path: KeyPath) -> Problem:
    """A problem of something that ``path`` leads to, with the whole path."""
    inside = problem.path
    joint = "" if not inside or inside.startswith("[") else "."
    return replace(problem, path=f"{path_text(path)}{joint}{inside}")


def problem_at_place(mistake: Mistake, document: Document, path: KeyPath, above: KeyPath = ()) -> Problem:
    """The problem of a mistake at a path in a document, which ``above`` leads to."""
    found = mistake.found
    if found is None:
        try:
            found = found_text(document.value_of(path))
        except KeyError:
            found = "nothing"
    position = document.position_of(path, at="key" if mistake.at_key else "value")
    return Problem(position, path_text((*above, *path)), found, mistake.expected, mistake.suggestion, mistake.note)
