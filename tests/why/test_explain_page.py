"""docs/explain.md: its examples are what the command prints, and its tables name what there is."""

from __future__ import annotations

import shlex

import pytest

from router.why.charges import Part
from tests.cli.conftest import Router, router
from tests.docs.blocks import DOCS, blocks

__all__ = ["router"]

EXAMPLES = [block for block in blocks("explain.md") if block.language == "console"]
PAGE = (DOCS / "explain.md").read_text()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda block: f"line {block.line}")
def test_an_example_is_what_is_printed(
    example: tuple[str, str, int],
    router: Router,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    command, _, printed = example[1].partition("\n")
    assert command.startswith("$ router ")
    assert router(*shlex.split(command)[2:], "--quiet").out == printed


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("part", list(Part))
def test_every_part_is_explained(part: Part) -> None:
    assert part.value in PAGE
