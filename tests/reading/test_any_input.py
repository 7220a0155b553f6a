"""Whatever is read: the same data comes back, or a ScenarioError; never another exception, never a wait."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.reading.include import read_document
from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml_text

# No line separators: YAML folds them in ways that PyYAML's emitter does not always undo.
letters = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
texts = st.text(letters, max_size=20)
dates = st.dates(datetime.date(1900, 1, 1))
scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | texts | dates
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
data = st.dictionaries(texts | dates, values, min_size=1, max_size=5)


class Quoting(yaml.SafeDumper):
    """Writes text in quotes: PyYAML leaves `1e9` bare, which it reads as text and this reader as a number."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def has_day_twice(mapping: dict[Any, Any]) -> bool:
    return len({str(key) for key in mapping}) < len(mapping)


@given(data, st.booleans())
@settings(deadline=None)
def test_what_is_written_is_read(written: dict[Any, Any], flow: bool) -> None:
    if has_day_twice(written):
        return
    text = yaml.dump(written, Dumper=Quoting, allow_unicode=True, default_flow_style=flow)
    assert read_yaml_text(text, "f.yaml").data == written


@given(data)
@settings(deadline=None)
def test_every_value_stands_where_its_position_says(written: dict[Any, Any]) -> None:
    if has_day_twice(written):
        return
    text = yaml.dump(written, Dumper=Quoting, allow_unicode=True, default_flow_style=False, width=10**6)
    document = read_yaml_text(text, "f.yaml")
    lines = text.split("\n")
    for key, value in written.items():
        position = document.position_of((key,), at="key")
        start = lines[position.line - 1][position.column - 1 :]
        assert start.startswith(('"', "? ") if isinstance(key, str) else str(key))
        if isinstance(value, (bool, int, datetime.date)):
            position = document.position_of((key,))
            assert lines[position.line - 1][position.column - 1 :] == str(value).lower()


def read_or_refuse(content: str | bytes) -> None:
    try:
        read_yaml_text(content, "f.yaml").data  # noqa: B018
    except ScenarioError as error:
        problems = error.problems
    else:
        return
    assert problems
    assert all(str(problem).isprintable() for problem in problems)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_random_bytes(content: bytes) -> None:
    read_or_refuse(content)


@given(st.text(max_size=100))
@settings(deadline=None)
def test_random_text(content: str) -> None:
    read_or_refuse(content)


@given(st.text(alphabet="ab1:-,?{}[]&*!|>'\"%@#~<. \n\t\\", max_size=60))
@settings(deadline=None, max_examples=500)
def test_random_yaml(content: str) -> None:
    read_or_refuse(content)


pieces = [
    "a: 1\n",
    "include: f1.yaml\n",
    "include: [f1.yaml, f2.yaml]\n",
    "a: {b: 2}\n",
    "b: [1]\n",
    "b: null\n",
]


@given(st.lists(st.lists(st.sampled_from(pieces), max_size=3, unique=True), min_size=3, max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_includes(tmp_path: Path, files: list[list[str]]) -> None:
    for index, texts_of_file in enumerate(files):
        (tmp_path / f"f{index}.yaml").write_text("".join(texts_of_file))
    try:
        read_document(tmp_path / "f0.yaml").data  # noqa: B018
    except ScenarioError as error:
        problems = error.problems
    else:
        return
    assert problems


ADVERSARIAL = {
    "one long line": "a: " + "x " * 500_000,
    "one long key": "x" * 1_000_000 + ": 1",
    "question marks": "?" * 200_000,
    "colons": ":" * 200_000,
    "keys without end": "a: " * 200_000,
    "commas": "a: [" + "," * 200_000,
    "flow keys": "{" + "a, " * 100_000,
    "anchors": "".join(f"k{i}: &a{i} 1\n" for i in range(50_000)),
    "aliases to nothing": "".join(f"k{i}: *a{i}\n" for i in range(50_000)),
    "exclamation marks": "a: " + "!" * 200_000,
    "tags": "a: !" + "x" * 200_000 + " 1",
    "quotes": "a: " + "'" * 200_001,
    "backslashes": 'a: "' + "\\" * 200_001,
    "hashes": "#" * 500_000,
    "blank lines": "\n" * 1_000_000,
    "digits and underscores": "a: " + "1_" * 300_000 + "x",
    "almost a number": "a: " + "1" * 300_000 + "e",
    "almost a time": "a: 2026-01-01 " + " " * 300_000 + "x",
    "documents": "---\n" * 100_000,
    "carriage returns": "a: 1\r" * 50_000 + "\x00",
    "block scalar": "a: |\n" + " x\n" * 200_000,
    "byte order marks": "\ufeff" * 100_000,
    "percent": "%" * 200_000,
    "short values": "a: [" + "1," * 200_000 + "]",
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_adversarial_text_takes_no_long_time(name: str) -> None:
    start = time.process_time()
    read_or_refuse(ADVERSARIAL[name])
    assert time.process_time() - start < 3


def test_a_scenario_of_25_thousand_lines_is_read_within_a_second(tmp_path: Path) -> None:
    entry = "  - name: w{0}\n    demand: {0}.5\n    kind: inference\n    start: 2026-01-01\n    region: no\n"
    text = "workloads:\n" + "".join(entry.format(i) for i in range(5000))
    path = tmp_path / "large.yaml"
    path.write_text(text)
    assert text.count("\n") == 25_001
    times = []
    for _ in range(3):
        start = time.process_time()
        document = read_document(path)
        assert len(document.data["workloads"]) == 5000  # type: ignore[arg-type]
        times.append(time.process_time() - start)
    assert min(times) < 1
    assert os.path.getsize(path) > 400_000
