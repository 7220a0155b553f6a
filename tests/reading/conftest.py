"""What the tests of reading share: a text's problems as lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml_text

LinesOf = Callable[[str | bytes], list[str]]


@pytest.fixture
def lines_of() -> LinesOf:
    """Gives the lines of the error that reading a text as `f.yaml` ends in; fails where it gives none."""

    def lines(text: str | bytes) -> list[str]:
        with pytest.raises(ScenarioError) as caught:
            read_yaml_text(text, "f.yaml")
        found = str(caught.value).split("\n")
        assert len(found) == len(caught.value.problems)
        return found

    return lines
