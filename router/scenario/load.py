"""From a file to a checked scenario, with every mistake of it in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from router.reading.document import Document
from router.reading.include import read_document
from router.reading.problems import Problem, ScenarioError
from router.reading.validation import problem_at, problems_from
from router.scenario.checks.every import findings
from router.scenario.checks.finding import Finding
from router.scenario.scenario import Scenario

ENTRIES = ("providers", "accelerators", "instance_types", "pools", "offers", "contracts", "workloads", "sources")
"""Collections of which one entry can be set aside while the rest is checked."""


def load_scenario(path: Path | str) -> Scenario:
    """The checked scenario of a file with its includes. Raises ScenarioError with all mistakes."""
    return check_document(read_document(path))


def check_document(document: Document) -> Scenario:
    """The checked scenario of a document. Raises ScenarioError with all mistakes."""
    problems: list[Problem] = []
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        problems.extend(problems_from(error, document, Scenario))
        raise ScenarioError([*problems, *_problems_of_the_rest(document, error)]) from None
    problems.extend(_problem(document, finding) for finding in findings(scenario))
    if problems:
        raise ScenarioError(problems)
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


def _problems_of_the_rest(document: Document, error: ValidationError) -> list[Problem]:
    """Checks of names and dates on what the schema accepts, so that a file's mistakes come in one go.

    Entries that the schema refused are set aside; what refers to them is not a mistake of its own.
    """
    refused: set[tuple[str, str | int]] = set()
    for details in error.errors(include_url=False, include_context=False, include_input=False):
        location = details["loc"]
        if len(location) < 2 or location[0] not in ENTRIES:
            return []
        refused.add((str(location[0]), location[1]))
    data, kept = _without(document.data, refused)
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError:
        return []
    names = {str(name) for _, name in refused}
    return [
        _problem(document, finding)
        for finding in _in_place(findings(scenario), kept)
        if not any(f"{name!r}" in (finding.found or "") for name in names)
    ]


def _without(
    data: Mapping[Any, Any], refused: set[tuple[str, str | int]]
) -> tuple[dict[Any, Any], dict[str, list[int]]]:
    rest: dict[Any, Any] = dict(data)
    kept: dict[str, list[int]] = {}
    for collection in {name for name, _ in refused}:
        entries = data[collection]
        if isinstance(entries, list):
            kept[collection] = [index for index in range(len(entries)) if (collection, index) not in refused]
            rest[collection] = [entries[index] for index in kept[collection]]
        elif isinstance(entries, dict):
            rest[collection] = {key: value for key, value in entries.items() if (collection, key) not in refused}
    return rest, kept


def _in_place(found: Iterable[Finding], kept: dict[str, list[int]]) -> Iterator[Finding]:
    """Findings with the list positions that the file has."""
    for finding in found:
        collection, index = (*finding.path, None, None)[:2]
        if isinstance(index, int) and collection in kept:
            yield replace(finding, path=(collection, kept[str(collection)][index], *finding.path[2:]))
        else:
            yield finding
