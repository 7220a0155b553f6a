"""docs/whatif.md: every file, part of a file, path, distribution and message on it is what the code makes of it."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from router.change.apply import apply_all
from router.change.change import Operation
from router.cli.whatif import command as whatif_command
from router.reading.node import Node
from router.reading.position import Position
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import FactorValue
from router.whatif.document import WhatIfFile
from router.whatif.patterns import read_targets
from router.whatif.placeholders import filled
from router.whatif.question import Question, SweepMode
from router.whatif.read import read_question_text
from router.whatif.words.every import WORDS
from tests.cli.conftest import Router, router
from tests.docs.blocks import DOCS, Block, blocks

__all__ = ["router"]

PAGE = "whatif.md"
TEXT = (DOCS / PAGE).read_text()
BLOCKS = blocks(PAGE)
YAML = [block for block in BLOCKS if block.language == "yaml"]
WHOLE, REFUSED = (block for block in YAML if block.text.startswith("format: 1\n"))
ENTRIES = [block for block in YAML if block.text.startswith("- ")]
SECTIONS = [block for block in YAML if block not in (WHOLE, REFUSED, *ENTRIES)]
(CSV,) = (block.text for block in BLOCKS if block.language == "csv")
COMMANDS = [line for block in BLOCKS if block.language == "sh" for line in block.text.splitlines()]
(MESSAGES,) = (block.text.splitlines() for block in BLOCKS if block.language == "text")


@cache
def _lab() -> Scenario:
    return load_scenario(scenario_path("frontier-lab"))


def _first_column(heading: str) -> list[str]:
    """The codes in the first column of the table under a heading of that first column."""
    rows = TEXT.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [re.split(r"(?<!\\)\|", row)[1].replace("\\|", "|") for row in rows]
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def _read(text: str, folder: Path, scenario: Scenario | None = None) -> Question:
    (folder / "prices.csv").write_text(CSV)
    question = read_question_text(text, PAGE, folder, scenario)
    for case in question.cases[1:]:
        assert apply_all(question.scenario, case.changes, case.at).scenario is not None
    return question


def test_the_whole_file_is_read_and_each_case_changes_the_plan(tmp_path: Path) -> None:
    question = _read(WHOLE.text, tmp_path)
    assert [case.name for case in question.whatifs] == ["base", "late", "busy", "late-and-busy"]
    assert [len(sweep.cases) for sweep in question.sweeps] == [9]
    assert [len(draws.cases) for draws in question.draws] == [200]
    assert len(question.break_evens) == 1
    for case in question.whatifs[1:]:
        assert apply_all(question.scenario, case.changes).scenario != question.scenario


def test_commands_run(router: Router, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # Fewer draws make it short; the first command has shown what it lists.
    Path("question.yaml").write_text(WHOLE.text.replace("count: 200", "count: 4"))
    assert len(COMMANDS) >= 6
    for line in COMMANDS:
        program, *arguments = shlex.split(line)
        assert program == "router"
        if arguments[0] == "whatif":
            # The whole answer once, as it is written; elsewhere a part of it.
            arguments += ["--workers", "1"] if {"--out", "--only"} & {*arguments} else ["--only", "late"]
        ran = router(*arguments)
        assert ran.code == 0, ran.err
        assert ran.out
    for name in re.findall(r"`(\w+\.\w+)`", TEXT.split("| `--out DIR` |")[1].split("\n")[0]):
        assert (tmp_path / "answer" / name).stat().st_size > 0


def test_options_are_those_of_the_command() -> None:
    options = {option for parameter in whatif_command.params for option in parameter.opts if option.startswith("--")}
    assert {code.split()[0] for code in _first_column("Option")} == options


def test_there_are_examples_of_everything() -> None:
    text = "".join(block.text for block in YAML)
    assert len(ENTRIES) >= 5
    assert len(SECTIONS) >= 4
    for word in (*Operation, *WORDS, *SweepMode):
        assert f"`{word}`" in TEXT
    for word in WORDS:
        assert f"- {word}: " in text


@pytest.mark.parametrize("block", ENTRIES, ids=lambda block: f"line {block.line}")
def test_changes(block: Block, tmp_path: Path) -> None:
    indented = re.sub("^", "      ", block.text, flags=re.MULTILINE)
    text = f"format: 1\nscenario: frontier-lab\nwhatifs:\n  x:\n    changes:\n{indented}"
    (_, case) = _read(text, tmp_path, _lab()).whatifs
    assert len(case.changes) >= block.text.count("\n- ") + 1
    assert apply_all(_lab(), case.changes).scenario != _lab()


@pytest.mark.parametrize("block", SECTIONS, ids=lambda block: f"line {block.line}")
def test_parts(block: Block, tmp_path: Path) -> None:
    text = block.text.replace("count: 1000", "count: 20")
    question = _read(f"format: 1\nscenario: frontier-lab\n{text}", tmp_path, _lab())
    assert len(question.cases) + len(question.break_evens) >= 3
    for break_even in question.break_evens:
        for value in (break_even.low, break_even.high):
            assert break_even.case_at(value).changes


@pytest.mark.parametrize("path", _first_column("Path"))
def test_paths_address_something(path: str) -> None:
    found = read_targets(path, _lab(), Position("page", 0, 0), Operation.SCALE)
    assert len(found) >= (1 if "year=" in path else 2)


def test_placeholders() -> None:
    values: dict[str, FactorValue] = {"price": 0.8, "slip": 3.0, "from": "2027-Q1", "price-index": 1.1, "month": 4.0}
    codes = _first_column("Text")
    becomes = [filled(Node(Position("page", 0, 0), code), values).content for code in codes]
    assert dict(zip(codes, becomes, strict=True)) == {
        "$price": 0.8,
        "${price}": 0.8,
        "$slip months": "3 months",
        "[$from..]": "[2027-Q1..]",
        "${price} k": "0.8 k",
        "${slip}0 days": "30 days",
        "$price-index": 1.1,
        "$10 B": "$10 B",
        "$$": "$",
    }


def test_modes_and_operations_are_all_there() -> None:
    assert _first_column("Mode") == list(SweepMode)
    assert set(_first_column("Entry")) == {*Operation, *WORDS}


def _keys(model: Any) -> set[str]:
    schema = model.model_json_schema()
    return {key for part in (schema, *schema.get("$defs", {}).values()) for key in part.get("properties", {})}


def test_every_key_of_the_format_is_described() -> None:
    selectors = "scenario.md#selectors"
    assert selectors in TEXT
    described = set(re.findall(r"(?:\b|\.)(\w+)\b", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))
    described |= {"providers", "regions", "accelerators", "instance_types", "pools", "exclude"}
    keys = _keys(WhatIfFile).union(*(_keys(word) for word in WORDS.values()))
    assert keys - described == set()


def test_mistakes_are_told_as_shown(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_question_text(REFUSED.text, "question.yaml", tmp_path)
    assert str(caught.value).splitlines() == MESSAGES


def test_the_python_runs() -> None:
    (code,) = (block.text for block in BLOCKS if block.language == "python")
    exec(compile(code, PAGE, "exec"), {})
