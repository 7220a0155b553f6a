"""From a file to a checked scenario, with every mistake of it in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from router.reading.document import Document
from router.reading.include import read_document
from router.reading.problems import Problem, ScenarioError
from router.reading.validation import problem_at, problems_from
from router.scenario.checks.every import findings
from router.scenario.checks.finding import Finding
from router.scenario.checks.names import names_in
from router.scenario.partial import rest_of
from router.scenario.scenario import Scenario


def load_scenario(path: Path | str) -> Scenario:
    """The checked scenario of a file with its includes. Raises ScenarioError with all mistakes."""
    return check_document(read_document(path))


def check_document(document: Document) -> Scenario:
    """The checked scenario of a document. Raises ScenarioError with all mistakes."""
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        problems = problems_from(error, document, Scenario)
        raise ScenarioError([*problems, *_problems_of_the_rest(document, error)]) from None
    found = [_problem(document, finding) for finding in findings(scenario)]
    if found:
        raise ScenarioError(found)
    return scenario


def _problem(document: Document, finding: Finding) -> Problem:
    return problem_at(
        document,
        finding.path,
        finding.expected,
        found=finding.found,
        candidates=finding.candidates,
        at=finding.at,
    )


def _problems_of_the_rest(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Checks of names, dates and limits on what the schema accepts.

    What was refused is taken out; what lacks it is not a mistake of its own, and its names count as known.
    """
    rest = rest_of(document.data, error)
    if rest is None:
        return
    names = names_in(document.data)
    for finding in findings(rest.scenario, names, knows_horizon=rest.knows_horizon()):
        path = rest.in_document(finding.path)
        if not rest.is_touched(path):
            yield _problem(document, Finding(path, finding.expected, finding.found, finding.candidates, finding.at))
