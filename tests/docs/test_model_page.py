"""docs/model.md: the worked examples are what the code computes."""

from __future__ import annotations

from typing import Any

import pytest

from router.reading.yaml_reader import read_yaml_text
from tests.docs.blocks import blocks
from tests.docs.model_examples import EVALUATE

EXAMPLES: list[tuple[int, Any]] = [
    (block.line, read_yaml_text(block.text, "model.md").data)
    for block in blocks("model.md")
    if block.language == "yaml"
]


def test_every_kind_of_example_is_there() -> None:
    assert {example["example"] for _, example in EXAMPLES} == set(EVALUATE)


@pytest.mark.parametrize(("line", "example"), EXAMPLES, ids=[f"{e['example']}, line {line}" for line, e in EXAMPLES])
def test_a_worked_example_is_what_the_code_computes(line: int, example: Any) -> None:
    found = EVALUATE[example["example"]](example["given"])
    assert set(found) == set(example["result"])
    for key, value in example["result"].items():
        assert found[key] == pytest.approx(value, rel=1e-6, abs=1e-9), (line, key)
