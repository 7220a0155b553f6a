"""Cases of sweeps and draws: the same changes with one combination of values after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from router.reading.key_path import KeyPath
from router.reading.problems import Mistake, Problem, ScenarioError
from router.whatif.case import Case, FactorValue
from router.whatif.combinations import combinations
from router.whatif.document import DrawsEntry, SweepEntry
from router.whatif.factors import SweepFactor
from router.whatif.lines import Line, Lines
from router.whatif.percent import is_percent
from router.whatif.question import Draws, Factor, Sweep
from router.whatif.reading import Matches, Reading
from router.whatif.sampling import draw
from router.whatif.template import Templates
from router.whatif.value_words import value_words

Values = tuple[tuple[str, FactorValue], ...]
"""Name and value of every factor."""

_DIGITS = 4
"""Of the values in a case's title; its factors have them in full."""
_MOST_CHECKED = 64
"""Cases of one sweep that are all checked as a whole when the file is read; of more, those at the ends are."""


def read_sweeps(lines: Lines) -> tuple[Sweep, ...]:
    """The sweeps of a file; what is wrong is recorded in ``lines``."""
    sweeps = []
    for name, entry in lines.asked.file.sweeps.items():
        path = ("sweeps", name)
        start, read = _basis(lines, entry, path)
        try:
            rows: Sequence[Values] = combinations(entry.factors, entry.mode)
        except Mistake as mistake:
            lines.mistake(mistake, path)
            continue
        if start is None or read is None:
            continue
        factors = _factors(lines, entry, path)
        checked = range(len(rows)) if len(rows) <= _MOST_CHECKED else _at_the_ends(rows)
        cases = _cases(lines, name, entry.title or name, start, read, rows, factors, checked)
        sweeps.append(Sweep(name, entry.title or name, entry.mode, factors, cases, entry.extends))
    return tuple(sweeps)


def read_draws(lines: Lines, folder: Path) -> tuple[Draws, ...]:
    """The draws of a file, of which other files are relative to a folder; what is wrong is recorded in ``lines``."""
    draws = []
    for name, entry in lines.asked.file.draws.items():
        path = ("draws", name)
        start, read = _basis(lines, entry, path)
        try:
            rows: Sequence[Values] = draw(entry.factors, entry.correlations, entry.count, entry.seed, folder)
        except Mistake as mistake:
            lines.mistake(mistake, path)
            continue
        if start is None or read is None:
            continue
        factors = _factors(lines, entry, path)
        cases = _cases(lines, name, entry.title or name, start, read, rows, factors, _at_the_ends(rows))
        draws.append(Draws(name, entry.title or name, entry.seed, factors, cases, entry.extends))
    return tuple(draws)


def _basis(lines: Lines, entry: SweepEntry | DrawsEntry, path: KeyPath) -> tuple[Line | None, Templates | None]:
    """What the cases start from, and their changes; None for what has mistakes, which are recorded."""
    start = lines.start(entry.extends, (*path, "extends"))
    return start, lines.templates(path, list(entry.factors), "this entry")


def _factors(lines: Lines, entry: SweepEntry | DrawsEntry, path: KeyPath) -> tuple[Factor, ...]:
    return tuple(
        Factor(
            name,
            each.title or name,
            each.base if isinstance(each, SweepFactor) else None,
            is_percent(lines.node((*path, "factors", name))),
        )
        for name, each in entry.factors.items()
    )


def _cases(
    lines: Lines,
    name: str,
    title: str,
    start: Line,
    read: Templates,
    rows: Sequence[Values],
    factors: Sequence[Factor],
    checked: Iterable[int],
) -> tuple[Case, ...]:
    """The cases, those at the indices ``checked`` as a whole; of the first with a mistake, all of them are recorded."""
    to_check = frozenset(checked)
    matches = Matches()
    cases = []
    for index, values in enumerate(rows):
        case_name = f"{name}/{index + 1}"
        in_words = values_words(values, factors)
        reading = Reading(start.scenario, checked=index in to_check, matches=matches)
        try:
            reading.take(read.entries, dict(values))
            if index in to_check:
                reading.check()
            problems: Sequence[Problem] = reading.problems
        except ScenarioError as error:
            problems = error.problems
        if problems:
            # The others would mostly say the same with other values.
            note = f"in {case_name}, {in_words}"
            lines.problems += [replace(each, note=f"{each.note}; {note}" if each.note else note) for each in problems]
            return ()
        changes, at = (*start.case.changes, *reading.changes), (*start.case.at, *reading.at)
        cases.append(Case(case_name, f"{title}: {in_words}", changes, at, name, values))
    return tuple(cases)


def values_words(values: Values, factors: Sequence[Factor]) -> str:
    """The values of factors for readers: `price 80 %, slip 3`."""
    return ", ".join(
        f"{factor.title} {value_words(value, factor.percent, _DIGITS)}"
        for (_, value), factor in zip(values, factors, strict=True)
    )


def _at_the_ends(rows: Sequence[Values]) -> set[int]:
    """Indices of the first and the last, and of those with the lowest and highest value of each factor."""
    indices = {0, len(rows) - 1}
    for place in range(len(rows[0])):
        column: list[float] = [float(value) for row in rows if isinstance(value := row[place][1], (int, float))]
        if len(column) == len(rows):
            indices |= {column.index(min(column)), column.index(max(column))}
    return indices
