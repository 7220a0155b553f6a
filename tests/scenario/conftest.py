"""What the tests of the scenario format share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml_text
from router.scenario.load import check_document

LinesOf = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def base() -> str:
    """A scenario that uses every part of the format."""
    return (Path(__file__).parent / "base.yaml").read_text()


@pytest.fixture
def lines_of() -> LinesOf:
    """Gives the lines of the error that checking a text ends in, without the file's name; none where it is right."""

    def lines(text: str) -> list[str]:
        try:
            check_document(read_yaml_text(text, "f.yaml"))
        except ScenarioError as error:
            return [line.removeprefix("f.yaml:") for line in str(error).split("\n")]
        return []

    return lines
