"""What-ifs in the line of those that they extend: the changes of each from the base scenario on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from router.reading.document import Document
from router.reading.key_path import KeyPath
from router.reading.node import Node
from router.reading.problems import Mistake, Problem
from router.scenario.scenario import Scenario
from router.whatif.case import BASE, Case
from router.whatif.entry import problem_at_place
from router.whatif.extends import check_extended, lineage
from router.whatif.reading import Reading
from router.whatif.template import Templates, templates, unused
from router.whatif.valid import Asked

CHANGES = "changes"


@dataclass(frozen=True)
class Line:
    """A what-if, or the base, and the scenario that its changes lead to."""

    case: Case
    scenario: Scenario


class Lines:
    """Reads the what-ifs of a file, and says what sweeps, draws and break-evens may start from.

    ``problems`` has all mistakes found so far.
    """

    def __init__(self, document: Document, asked: Asked, scenario: Scenario) -> None:
        self.asked = asked
        self.problems: list[Problem] = []
        self._document = document
        self._base = Line(Case(BASE, f"{scenario.name} as it is"), scenario)
        self._lines = {BASE: self._base}
        self._read: dict[str, Templates] = {}
        self._broken = set(asked.left_out)
        self._read_whatifs()

    def whatifs(self) -> tuple[Case, ...]:
        """The base, and the what-ifs without mistakes, in file order."""
        return tuple(line.case for line in self._lines.values())

    def start(self, name: str, path: KeyPath) -> Line | None:
        """The what-if of a name that stands at a path. None where there is none, or where it has mistakes."""
        if name in self._lines:
            return self._lines[name]
        if name not in self.asked.left_out and name not in self.asked.file.whatifs:
            try:
                self._check_extended(name, ())
            except Mistake as mistake:
                self.mistake(mistake, path, ())
        return None

    def templates(self, path: KeyPath, factors: Sequence[str], holder: str) -> Templates | None:
        """The changes of the entry at a path; None where they have mistakes. ``factors``: all of which must be used."""
        node = self.node((*path, CHANGES))
        read = templates(node, (*path, CHANGES), factors, holder)
        self.problems += read.problems
        for name in unused(node, factors):
            place = next(place for place in ((*path, "factors", name), (*path, "factor")) if self.node(place))
            expected = f"a factor that a change names: ${name}"
            self.mistake(Mistake(expected, found=f"the factor {name!r}, which no change uses", at_key=True), place)
        return None if read.problems else read

    def node(self, path: KeyPath) -> Node | None:
        """What stands at a path of the file; None where nothing does."""
        node: Node = self._document.root
        for step in path:
            content = node.content
            if isinstance(content, dict) and not isinstance(step, int) and step in content:
                node = content[step].node
            elif isinstance(content, list) and isinstance(step, int) and step < len(content):
                node = content[step]
            else:
                return None
        return node

    def mistake(self, mistake: Mistake, path: KeyPath, inside: KeyPath | None = None) -> None:
        """Records a mistake in what stands at a path. ``inside``: the mistake's place there, where not its own path."""
        place = (*path, *(mistake.path if inside is None else inside))
        self.problems.append(problem_at_place(mistake, self._document, place))

    def _read_whatifs(self) -> None:
        lines = self._lineages()
        for name in self.asked.file.whatifs:
            path = ("whatifs", name, CHANGES)
            self._read[name] = templates(self.node(path), path, (), "a what-if")
            self.problems += self._read[name].problems
            if self._read[name].problems:
                self._broken.add(name)
        # Those that are extended come first, wherever they stand: what is wrong with them is told of them alone.
        order = dict.fromkeys(member for line in lines.values() for member in line if member in lines)
        found = {name: line for name in order if (line := self._line(name, lines[name])) is not None}
        self._lines |= {name: found[name] for name in self.asked.file.whatifs if name in found}

    def _lineages(self) -> dict[str, tuple[str, ...]]:
        """The line of each what-if that extends only what is there."""
        entries = self.asked.file.whatifs
        extends = {name: tuple(entry.extends) for name, entry in entries.items()}
        lines: dict[str, tuple[str, ...]] = {}
        for name, extended in extends.items():
            try:
                for index, other in enumerate(extended):
                    if other not in self.asked.left_out:
                        self._check_extended(other, ("extends", index))
                lines[name] = lineage(name, extends)
            except Mistake as mistake:
                self._broken.add(name)
                place = mistake.path if isinstance(self._content(name, "extends"), list) else mistake.path[:1]
                self.mistake(mistake, ("whatifs", name), place)
                continue
            if not self.asked.left_out.isdisjoint(extended):
                self._broken.add(name)
        return lines

    def _line(self, name: str, line: Sequence[str]) -> Line | None:
        """The what-if with all that it extends; None where anything of it is wrong."""
        reading = Reading(self._base.scenario)
        for ancestor in line[:-1]:
            reading.take(self._read[ancestor].entries)
        inherited = len(reading.problems)
        loses_names = reading.loses_names or any(self._read[ancestor].loses_names for ancestor in line[:-1])
        reading.take(self._read[name].entries)
        if not self._broken.isdisjoint(line[:-1]):
            # What is missing here may be what a mistake further up was to bring.
            self.problems += () if loses_names else reading.problems[inherited:]
            self._broken.add(name)
            return None
        if name not in self._broken:
            reading.check()
        note = f"in {name!r}, after what it extends"
        self.problems += [replace(problem, note=problem.note or note) for problem in reading.problems[:inherited]]
        self.problems += reading.problems[inherited:]
        if reading.problems or name in self._broken:
            self._broken.add(name)
            return None
        title = self.asked.file.whatifs[name].title or name
        return Line(Case(name, title, tuple(reading.changes), tuple(reading.at)), reading.scenario)

    def _content(self, name: str, key: str) -> object:
        node = self.node(("whatifs", name, key))
        return None if node is None else node.content

    def _check_extended(self, name: str, path: KeyPath) -> None:
        file = self.asked.file
        others = [*file.sweeps, *file.draws, *file.solve_for]
        steps = tuple(step for step in path if isinstance(step, str | int))
        given = self.node(("whatifs",))
        names = [str(key) for key in given.content] if given is not None and isinstance(given.content, dict) else []
        check_extended(name, names, others, steps)
