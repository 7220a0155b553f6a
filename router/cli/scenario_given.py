"""The scenario that a command is about: a file or shipped name, with what-ifs and --set made to it for this once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from router.change.apply import apply_all
from router.cli.set_option import changed
from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import BASE, Case
from router.whatif.question import Question
from router.whatif.read import read_question
from router.whatif.shipped import whatif_path

WHAT_IF_OPTION = click.option(
    "--what-if",
    "what_ifs",
    multiple=True,
    metavar="FILE[:NAME]",
    help="Make the changes of a what-if first; NAME where the file has several. Without SCENARIO, of the file's "
    "scenario. May be repeated.",
)


def scenario_given(
    given: str | None, what_ifs: Sequence[str], settings: Sequence[str]
) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with the changes of what-ifs, then those of ``--set``, in their order, and a line about each.

    Raises ScenarioError with all mistakes of the first file or text that has some.
    """
    if not what_ifs:
        return changed(load_scenario(scenario_path(given)), settings)
    from router.report.change_words import changes_words

    scenario = None if given is None else load_scenario(scenario_path(given))
    words: list[str] = []
    for text in what_ifs:
        path, name = _path_and_name(text)
        question = read_question(path, scenario)
        case = _chosen(question, name, text)
        scenario = apply_all(question.scenario, case.changes, case.at or None).scenario
        words.extend(changes_words(case.changes, question.scenario))
    assert scenario is not None
    scenario, more = changed(scenario, settings)
    return scenario, (*words, *more)


def _path_and_name(text: str) -> tuple[Path, str | None]:
    """A file's own name may have a colon."""
    before, colon, name = text.rpartition(":")
    if not colon or os.path.isfile(text) or not name or os.sep in name:
        return whatif_path(text), None
    return whatif_path(before), name


def _chosen(question: Question, name: str | None, given: str) -> Case:
    """The what-if of a name; without one, the only one there is."""
    named = {case.name: case for case in question.whatifs if case.name != BASE}
    if name is None and len(named) == 1:
        return next(iter(named.values()))
    if name in named:
        return named[name]
    names = list(named)
    found = f"the unknown what-if {quoted(name)}" if name else f"{len(names)} what-ifs and no name"
    expected = one_of(names) if names else "a file with what-ifs; this one has none"
    if name is None and names:
        expected += f", such as --what-if {given}:{names[0]}"
    raise ScenarioError([Problem(Position(question.file, 0, 0), "", found, expected, nearest(name or "", names))])
