"""docs/changes.md: every command, path, date, file of changes and message on it is what the code makes of it."""

from __future__ import annotations

import re
import shlex
from datetime import date

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Operation
from router.change.path_text import read_target
from router.change.set_option import read_settings
from router.change.span_text import read_span
from router.change.yaml_form import changes_to_yaml, read_changes_text
from router.reading.position import Position
from router.reading.problems import ScenarioError
from router.report.change_words import change_words
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from tests.cli.conftest import Router, router
from tests.docs.blocks import DOCS, blocks

__all__ = ["router"]

PAGE = "changes.md"
TEXT = (DOCS / PAGE).read_text()
BLOCKS = blocks(PAGE)
TINY = load_scenario(scenario_path("tiny"))
COMMANDS = [line for block in BLOCKS if block.language == "sh" for line in block.text.splitlines()]
CHANGED, MOVED, MISTAKES, REFUSED = (block.text.splitlines() for block in BLOCKS if block.language == "text")
FILE, REFUSED_FILE = (block.text for block in BLOCKS if block.language == "yaml")
AT = Position("page", 0, 0)


def _first_column(heading: str) -> list[str]:
    """The codes in the first column of the table under a heading of that first column."""
    rows = TEXT.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_commands_run_and_say_what_is_shown(router: Router) -> None:
    told: list[str] = []
    for line in COMMANDS:
        program, *arguments = shlex.split(line)
        assert program == "router"
        ran = router(*(argument for argument in arguments if argument != "--quiet"))
        assert ran.code == 0, ran.err
        assert ran.out
        told += [text for text in ran.err.splitlines() if text.startswith("changed: ")]
    assert len(COMMANDS) >= 6
    assert told == CHANGED


def test_what_moved_between_the_same_numbers() -> None:
    scenario = load_scenario(scenario_path("frontier-lab"))
    held = scenario.pools["azure-us-h100"].capacity
    assert isinstance(held, dict)
    path = ("pools", "azure-us-h100", "capacity")
    slipped = {day if day != date(2029, 1, 1) else date(2029, 7, 1): level for day, level in held.items()}
    more = {**held, date(2029, 1, 1): 6000.0}
    promise = ("contracts", "aws", "commitments", "spend", "amount_usd", 2)
    changes = (
        Change(promise, Operation.SCALE, 1.1),
        Change(path, Operation.SET, dict(sorted(slipped.items()))),
        Change(path, Operation.SET, more),
    )
    assert [f"changed: {change_words(change, scenario)}" for change in changes] == MOVED


def test_quiet_tells_nothing(router: Router) -> None:
    (line,) = (line for line in COMMANDS if "--quiet" in line)
    assert router(*shlex.split(line)[1:]).err == ""


def test_mistakes_are_told_as_shown(router: Router) -> None:
    settings = [text.split(": ")[0].removeprefix("--set ") for text in MISTAKES]
    ran = router("check", "tiny", *(word for text in settings for word in ("--set", text)))
    assert ran.code == 2
    assert ran.err.splitlines()[:-1] == MISTAKES


@pytest.mark.parametrize("form", _first_column("Text"))
def test_forms_of_settings(form: str) -> None:
    path = "workloads.fine-tune.deadline" if re.search(r"days|quarters", form) else "pools.aws-h100.capacity"
    (change,) = read_settings([form.replace("PATH", path).replace("VALUE", "7")], TINY).changes
    assert apply_all(TINY, (change,)).scenario != TINY


@pytest.mark.parametrize("path", _first_column("Path"))
def test_paths_lead_somewhere(path: str) -> None:
    assert len(read_target(path, TINY, AT).path) >= 3


def test_paths_said_to_be_the_same_are() -> None:
    paths = [read_target(path, TINY, AT).path for path in _first_column("Path")]
    assert paths[3] == paths[4]
    assert paths[5] == paths[6]


@pytest.mark.parametrize("dates", _first_column("Dates"))
@pytest.mark.parametrize("path", ["workloads.chat.streams.us.demand", "pools.aws-h100.capacity"])
def test_dates(path: str, dates: str) -> None:
    if dates == "[2026-03-15]" and path.endswith("demand"):
        pytest.skip("no month starts on that day")
    given = read_settings([f"{path}{dates}*=2"], TINY)
    assert given.changes[0].dates is not None
    assert apply_all(TINY, given.changes).scenario != TINY


def test_the_file_is_read_applied_and_written_back() -> None:
    given = read_changes_text(FILE, TINY, "changes.yaml")
    assert {change.operation for change in given.changes} == set(Operation)
    assert set(_first_column("Operation")) == set(Operation)
    applied = apply_all(TINY, given.changes, given.at)
    assert list(applied.scenario.workloads) == ["video", "chat"]
    assert apply_all(applied.scenario, applied.inverse).scenario == TINY
    assert read_changes_text(changes_to_yaml(given.changes, TINY), TINY, "x").changes == given.changes


def test_the_refused_file_is_told_as_shown() -> None:
    with pytest.raises(ScenarioError) as caught:
        read_changes_text(REFUSED_FILE, TINY, "changes.yaml")
    assert str(caught.value).splitlines() == REFUSED


def test_spans() -> None:
    sentence = TEXT.split("A span of time counts")[1].split("A sign", 1)[0]
    spans = re.findall(r"`([^`]+)`", sentence)
    assert len(spans) == 3
    for span in spans:
        read_span(span)


def test_the_python_runs() -> None:
    (code,) = (block.text for block in BLOCKS if block.language == "python")
    exec(compile(code, PAGE, "exec"), {})
