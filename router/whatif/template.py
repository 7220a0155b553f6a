"""Changes of a what-if, sweep or draws: entries in which placeholders may stand for the values of factors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from router.change.change import Operation
from router.change.error import ChangeError
from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.key_path import KeyPath, path_text
from router.reading.nearest import nearest
from router.reading.node import Node
from router.reading.problems import Problem
from router.whatif.case import FactorValue
from router.whatif.entry import Entry, read_entry
from router.whatif.placeholders import filled, names_in, placeholders_in
from router.whatif.words.every import WORDS

_NAMELESS = {*WORDS, *(str(operation) for operation in Operation)} - {str(Operation.ADD), str(Operation.REMOVE)}
"""What entries begin with that bring and take away nothing with a name."""


@dataclass(frozen=True, slots=True)
class Template:
    """One entry. ``entry``: the entry read, where no placeholder is in it."""

    node: Node
    path: KeyPath
    varies: bool
    entry: Entry | None

    def read(self, values: Mapping[str, FactorValue]) -> Entry:
        """The entry with the values in it. Raises ChangeError."""
        return self.entry or read_entry(filled(self.node, values, self.path), self.path)


@dataclass(frozen=True, slots=True)
class Templates:
    """The entries of a list that could be read, and what is wrong with the others.

    ``loses_names``: whether one of the others may bring or take away something that further entries refer to.
    """

    entries: tuple[Template, ...]
    problems: tuple[Problem, ...]
    loses_names: bool


def templates(node: Node | None, path: KeyPath, factors: Sequence[str], holder: str) -> Templates:
    """The entries of a list of changes. ``factors``: names that placeholders may have; ``holder``: what has them.

    A placeholder of another name is a mistake; entries without placeholders are read at once.
    """
    entries: list[Template] = []
    problems: list[Problem] = []
    loses_names = False
    for index, child in enumerate(node.content if node is not None and isinstance(node.content, list) else ()):
        place = (*path, index)
        unknown = list(_unknown(child, place, factors, holder))
        if unknown:
            problems += unknown
            loses_names |= _is_of_names(child)
            continue
        varies = bool(names_in(child))
        try:
            entry = None if varies else read_entry(filled(child, {}, place), place)
        except ChangeError as error:
            problems += error.problems
            loses_names |= _is_of_names(child)
            continue
        entries.append(Template(child, place, varies, entry))
    return Templates(tuple(entries), tuple(problems), loses_names)


def unused(node: Node | None, factors: Sequence[str]) -> list[str]:
    """Factors that no placeholder in a list of changes names, nor is likely to have meant."""
    used = names_in(node) if node is not None else set()
    meant = {nearest(name, factors) for name in used if name not in factors}
    return [name for name in factors if name not in used and name not in meant]


def _is_of_names(node: Node) -> bool:
    """Whether an entry with mistakes adds or removes something, or may have meant to."""
    keys = set(map(str, node.content)) if isinstance(node.content, dict) else set()
    return not keys & _NAMELESS


def _unknown(node: Node, path: KeyPath, factors: Sequence[str], holder: str) -> Iterator[Problem]:
    for placeholder in placeholders_in(node, path):
        if placeholder.name not in factors:
            found = f"the placeholder {quoted('$' + placeholder.name)}"
            expected = one_of(["$" + name for name in factors]) if factors else f"none, as {holder} has no factors"
            near = nearest(placeholder.name, factors)
            suggestion = None if near is None else "$" + near
            note = None if factors else "'$$' is a dollar sign"
            yield Problem(placeholder.position, path_text(placeholder.path), found, expected, suggestion, note)
