"""What-if files by name: outlines, shipped files, cases."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml_text
from router.whatif.json_schema import whatif_schema
from router.whatif.named import case_named
from router.whatif.outline import Outline, OutlineEntry, read_outline, whatif_names
from router.whatif.read import read_question
from router.whatif.shipped import whatif_files, whatif_folder, whatif_path
from tests.whatif.asking import HEAD, asked
from tests.whatif.test_break_even import DAY, DEAL, DISCOUNT
from tests.whatif.test_write import TEXT


def test_an_outline_needs_no_scenario(tmp_path: Path) -> None:
    path = tmp_path / "late.yaml"
    path.write_text(
        "scenario: nowhere\nquestion: Why?\nwhatifs:\n  x: {title: Ex, changes: [{nonsense: 1}]}\n  y: 3\nsweeps: {s: "
        "{}}\n"
    )
    assert read_outline(path) == Outline(
        "late",
        "Why?",
        None,
        "nowhere",
        (OutlineEntry("whatifs", "x", "Ex"), OutlineEntry("whatifs", "y", "y"), OutlineEntry("sweeps", "s", "s")),
    )
    assert whatif_names(path) == (("x", "Ex"), ("y", "y"))
    path.write_text("whatifs: [")
    with pytest.raises(ScenarioError, match=r"late\.yaml:2:1: found text that is not YAML"):
        read_outline(path)


def test_shipped_files_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [path.stem for path in whatif_files()]
    assert len(names) >= 8
    assert whatif_path(names[0]) == whatif_folder() / f"{names[0]}.yaml"
    assert whatif_path("x/late.yaml") == Path("x/late.yaml")
    # The user's own file comes first.
    Path(names[0]).write_text("")
    assert whatif_path(names[0]) == Path(names[0])
    with pytest.raises(ScenarioError) as caught:
        whatif_path(names[1] + "x")
    assert str(caught.value).startswith(
        f"{names[1]}x: found no such file or shipped what-if file, expected a what-if file, or one of "
    )
    assert str(caught.value).endswith(f"did you mean {names[1]!r}?")


@pytest.mark.parametrize("path", whatif_files(), ids=lambda path: path.stem)
def test_every_shipped_file_has_a_question_and_fits_the_schema(path: Path) -> None:
    outline = read_outline(path)
    assert outline.question is not None
    document = read_yaml_text(path.read_text(), path.name)
    _check(document.data)
    assert len(outline.entries) == len({entry.name for entry in outline.entries}) > 0


def test_cases_by_name() -> None:
    question = asked(TEXT)
    assert [case_named(question, name).name for name in ("base", "first", "price/2")] == ["base", "first", "price/2"]
    for name, message in (
        (
            "frist",
            "file.yaml: found the unknown what-if 'frist', expected one of base, first, price/1; did you mean 'first'?",
        ),
        ("price/3", "file.yaml: found the unknown case 'price/3', expected one of price/1 to price/2"),
        ("price", "file.yaml: found the unknown case 'price', expected one of price/1 to price/2"),
    ):
        with pytest.raises(ScenarioError) as caught:
            case_named(question, name)
        assert str(caught.value) == message


def _check(data: object) -> None:
    plain = json.loads(json.dumps(_texts(data)))
    _validator().validate(plain)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(whatif_schema())


def _texts(data: object) -> object:
    """Plain data as an editor sees it: dates are texts."""
    if isinstance(data, dict):
        return {str(key): _texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(value) for value in data]
    return data if data is None or isinstance(data, (str, int, float)) else str(data)


def test_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(whatif_schema())
    for text in (TEXT, HEAD + DEAL + DISCOUNT, HEAD + DAY):
        _check(read_yaml_text(text, "file.yaml").data)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "whatifs: {x: {changes: [{growth: chat, by: 2, to: 3}]}}",
        HEAD + "whatifs: {x: {changes: [{set: name}]}}",
        HEAD + "whatifs: {x: {changes: [{outage: aws}]}}",
        HEAD + "whatifs: {x: {chnges: []}}",
        HEAD + "sweeps: {s: {factors: {}, changes: [{growth: chat, by: 2}]}}",
        "scenario: tiny",
    ],
)
def test_what_the_schema_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        _check(read_yaml_text(text, "file.yaml").data)


def test_a_shipped_file_is_read_by_its_path() -> None:
    path = whatif_path("spot-doubles")
    question = read_question(path)
    assert (question.stem, question.file) == ("spot-doubles", str(path))
