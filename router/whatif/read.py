"""From a what-if file to a checked question, with every mistake of it in one go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from router.reading.document import Document
from router.reading.problems import Problem, ScenarioError
from router.reading.source_file import read_bytes
from router.reading.yaml_reader import read_yaml_text
from router.scenario.scenario import Scenario
from router.whatif.base_scenario import load_base
from router.whatif.break_even import read_break_evens
from router.whatif.groups import read_draws, read_sweeps
from router.whatif.identity import question_sha256
from router.whatif.lines import Lines
from router.whatif.question import Question
from router.whatif.valid import Asked, asked_in


def read_question(path: Path | str, scenario: Scenario | None = None) -> Question:
    """The question of a what-if file. ``scenario``: taken as the base instead of the one that the file names.

    Raises ScenarioError with all mistakes of the file, and with those of its scenario where that has some.
    """
    file = str(path)
    return read_question_text(read_bytes(Path(path), file), file, Path(path).parent, scenario)


def read_question_text(text: str | bytes, file: str, folder: Path | str, scenario: Scenario | None = None) -> Question:
    """The question of a what-if file's text. ``file``: its name in messages; ``folder``: what its paths start from.

    Raises ScenarioError with all mistakes.
    """
    document = _document(text, file)
    asked, problems = asked_in(document)
    if asked is None:
        raise ScenarioError(problems)
    if scenario is None:
        try:
            scenario = load_base(asked.file.scenario, Path(folder), document.position_of(("scenario",)))
        except ScenarioError as error:
            raise ScenarioError([*problems, *error.problems]) from None
    return _question(document, asked, problems, scenario, Path(folder))


def _document(text: str | bytes, file: str) -> Document:
    try:
        return read_yaml_text(text, file)
    except ScenarioError as error:
        expected = {"a scenario": "a what-if file"}
        raise ScenarioError(
            replace(each, expected=expected.get(each.expected or "", each.expected)) for each in error.problems
        ) from None


def _question(document: Document, asked: Asked, problems: list[Problem], scenario: Scenario, folder: Path) -> Question:
    file = document.root.position.file
    lines = Lines(document, asked, scenario)
    whatifs = lines.whatifs()
    sweeps = read_sweeps(lines)
    draws = read_draws(lines, folder)
    break_evens = read_break_evens(lines)
    problems = [*problems, *lines.problems]
    if problems:
        raise ScenarioError(problems)
    stem = Path(file).stem
    swept = [case for sweep in sweeps for case in sweep.cases]
    drawn = [case for each in draws for case in each.cases]
    return Question(
        file=file,
        stem=stem,
        title=asked.file.title or stem,
        question=asked.file.question,
        answer=asked.file.answer,
        scenario_name=scenario.name,
        scenario=scenario,
        whatifs=whatifs,
        sweeps=sweeps,
        draws=draws,
        break_evens=break_evens,
        sha256=question_sha256(scenario, [*whatifs, *swept, *drawn], break_evens),
    )
