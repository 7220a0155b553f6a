"""Whatever is written: a valid scenario comes back equal, one mistake gives an error at its key, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.reading.document import Document
from router.reading.key_path import KeyPath, path_text
from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml_text
from router.scenario.load import check_document
from router.scenario.scenario import Scenario
from router.scenario.warnings import warnings
from tests.scenario.strategies import scenarios

quickly = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


class Quoting(yaml.CSafeDumper):
    """Writes text in quotes, and repeated values in full: no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def read(data: Any) -> Document:
    return read_yaml_text(yaml.dump(data, Dumper=Quoting, allow_unicode=True), "f.yaml")


@given(scenarios())
@quickly
def test_a_valid_scenario_survives_dump_and_load(data: dict[str, Any]) -> None:
    scenario = check_document(read(data))
    assert check_document(read(scenario.model_dump())) == scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


@given(scenarios())
@quickly
def test_warnings_of_a_valid_scenario_are_lines(data: dict[str, Any]) -> None:
    assert all(line.isprintable() and ": " in line for line in warnings(check_document(read(data))))


# --- single mutations ---

REFERENCES = {
    *("provider", "instance_type", "contract", "accelerator", "workload"),
    *("providers", "regions", "accelerators", "instance_types", "pools", "residency"),
}
NAN, INFINITE = float("nan"), float("inf")


def leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if entries is None:
        yield path, value
        return
    for step, entry in entries:
        yield from leaves(entry, (*path, step))


def mappings(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(value, dict):
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, entry in entries:
        yield from mappings(entry, (*path, step))


def replaced(value: Any, path: KeyPath, new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        changed = {**value}
        changed[path[0]] = replaced(value.get(path[0]), path[1:], new)
        return changed
    return [replaced(entry, path[1:], new) if index == path[0] else entry for index, entry in enumerate(value)]


def is_reference(path: KeyPath) -> bool:
    key = path[-2] if isinstance(path[-1], int) else path[-1]
    return key in REFERENCES or (key == "geography" and "streams" in path)


def mutations(data: Any) -> Iterator[tuple[KeyPath, Any]]:
    """Each with the path at or below which the error must lie."""
    for path, value in leaves(data):
        yield path, [[]]
        yield path, {"nonsense": []}
        yield path, NAN
        if isinstance(value, (int, float, date)) or (isinstance(value, str) and value[:1].isdigit()):
            yield path, "nonsense"
        if isinstance(value, (int, float)):
            yield path, INFINITE
            yield path, -2
            yield path, 10**30
            yield path, None
        if is_reference(path):
            yield path, "nonsense"
    for path in mappings(data):
        if not path or path[-1] != "latency_ms":
            yield (*path, "unknwon"), 5


@cache
def every_mutation() -> tuple[Any, list[tuple[KeyPath, Any]]]:
    data = read_yaml_text((Path(__file__).parent / "base.yaml").read_text(), "f.yaml").data
    return data, list(mutations(data))


def assert_told(data: Any, path: KeyPath, new: Any) -> None:
    with pytest.raises(ScenarioError) as caught:
        check_document(read(replaced(data, path, new)))
    paths = [problem.path for problem in caught.value.problems]
    # Nothing at a key is as if it were left out, which what holds it may miss.
    where = path[:-1] if new is None and isinstance(path[-1], str) else path
    assert any(told.startswith(path_text(where)) for told in paths), (path_text(path), new, paths)
    for line in str(caught.value).split("\n"):
        assert line.startswith("f.yaml:")
        assert line.isprintable()
        assert len(line) < 500


@given(st.data())
@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
def test_any_single_mistake_is_told_at_its_key(chosen: st.DataObject) -> None:
    data, possible = every_mutation()
    path, new = chosen.draw(st.sampled_from(possible))
    assert_told(data, path, new)


@given(st.data(), scenarios())
@quickly
def test_any_single_mistake_in_any_scenario_is_told_at_its_key(chosen: st.DataObject, data: dict[str, Any]) -> None:
    path, new = chosen.draw(st.sampled_from(list(mutations(data))))
    assert_told(data, path, new)


@given(scenarios(), st.data())
@quickly
def test_any_part_replaced_by_anything_is_read_or_refused(data: dict[str, Any], chosen: st.DataObject) -> None:
    paths = [path for path, _ in leaves(data)]
    path = chosen.draw(st.sampled_from(paths))
    cut = path[: chosen.draw(st.integers(1, len(path)))]
    new = chosen.draw(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.dates(),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2),
            max_leaves=4,
        )
    )
    try:
        check_document(read(replaced(data, cut, new)))
    except ScenarioError as error:
        problems = error.problems
    else:
        return
    assert problems
