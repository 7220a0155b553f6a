"""Break-evens: what-ifs with a factor in them whose best value is looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from router.reading.key_path import KeyPath
from router.reading.problems import ScenarioError
from router.whatif.case import Case, FactorValue
from router.whatif.document import SolveFor
from router.whatif.lines import Line, Lines
from router.whatif.percent import is_percent
from router.whatif.placeholders import value_text
from router.whatif.question import BreakEven
from router.whatif.reading import Reading
from router.whatif.solve_range import as_number, exactness
from router.whatif.template import Templates
from router.whatif.value_words import value_words


def read_break_evens(lines: Lines) -> tuple[BreakEven, ...]:
    """The break-evens of a file; what is wrong is recorded in ``lines``."""
    found = []
    for name, entry in lines.asked.file.solve_for.items():
        path: KeyPath = ("solve_for", name)
        first, second = (lines.start(each, (*path, "between", index)) for index, each in enumerate(entry.between))
        read = lines.templates(path, [entry.factor], "this entry")
        if first is None or second is None or read is None:
            continue
        percent = is_percent(lines.node((*path, "from")), lines.node((*path, "to")))
        break_even = _break_even(name, entry, first, read, percent=percent)
        try:
            for end in (break_even.low, break_even.high):
                break_even.case_at(end)
        except ScenarioError as error:
            lines.problems += error.problems
            continue
        found.append(break_even)
    return tuple(found)


def _break_even(name: str, entry: SolveFor, first: Line, read: Templates, *, percent: bool) -> BreakEven:
    is_date = isinstance(entry.from_, date)
    return BreakEven(
        name=name,
        title=entry.title or name,
        factor=entry.factor,
        first=entry.between[0],
        second=entry.between[1],
        low=as_number(entry.from_),
        high=as_number(entry.to),
        within=exactness(entry.from_, entry.to, entry.within),
        is_date=is_date,
        case_at=_case_at(name, entry, first, read, is_date=is_date, percent=percent),
        percent=percent,
    )


def _case_at(
    name: str, entry: SolveFor, first: Line, read: Templates, *, is_date: bool, percent: bool
) -> Callable[[float], Case]:
    def case_at(number: float) -> Case:
        value: FactorValue = date.fromordinal(round(number)) if is_date else float(number)
        words = f"{entry.factor} {value_words(value, percent)}"
        reading = Reading(first.scenario)
        reading.take(read.entries, {entry.factor: value})
        reading.check()
        if reading.problems:
            note = f"in {name}, {words}"
            raise ScenarioError(
                replace(each, note=f"{each.note}; {note}" if each.note else note) for each in reading.problems
            )
        changes, at = (*first.case.changes, *reading.changes), (*first.case.at, *reading.at)
        return Case(
            f"{name}/{value_text(value)}",
            f"{entry.title or name}: {words}",
            changes,
            at,
            name,
            ((entry.factor, value),),
        )

    return case_at
