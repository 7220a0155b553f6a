"""The JSON Schema for editors: accepts what `router check` accepts, refuses what has another form."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
import pytest

from router.reading.include import read_document
from router.reading.yaml_reader import read_yaml_text
from router.scenario.json_schema import scenario_schema
from router.scenario.shipped import scenario_path, shipped_names
from tests.scenario.test_checks import changed

SCHEMA = scenario_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def as_json(value: Any) -> Any:
    """What an editor sees: dates as text."""
    if isinstance(value, dict):
        return {str(key): as_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_json(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def mistakes(text: str) -> list[str]:
    return [str(error.json_path) for error in VALIDATOR.iter_errors(as_json(read_yaml_text(text, "f.yaml").data))]


def test_it_is_a_schema_that_json_can_hold() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["properties"]["include"]


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_scenarios_fit(name: str) -> None:
    VALIDATOR.validate(as_json(read_document(scenario_path(name)).data))


def test_a_file_of_prices_alone_fits(base: str) -> None:
    assert mistakes(base) == []
    assert mistakes("include: [a.yaml, b/c.yaml]\n" + base[base.index("offers:") : base.index("contracts:")]) == []


def test_a_disabled_workload_fits(base: str) -> None:
    for kind in ("inference", "agents", "training"):
        assert mistakes(changed(base, (f"kind: {kind}", f"kind: {kind}\n    enabled: false"))) == []


BROKEN = [
    ("usd_per_hour: 80", "usd_per_hours: 80", "$.offers[0]"),
    ("kind: agents", "kind: agent", "$.workloads.crawl"),
    ("kind: agents", "kind: agents\n    enabled: 1", "$.workloads.crawl"),
    ("every: month", "every: monthly", "$.horizon.periods[0].every"),
    ("end: 2027-07-01", "end: July", "$.contracts.deal.end"),
    ("vcpu: 64", "vcpu: [64]", "$.instance_types.cpu.vcpu"),
    ("capacity: 100", "capacity: [100]", "$.pools.plain.capacity"),
    ("{values: [20, 24, 28]}", "{pionts: {2026-01-01: 3}}", "$.workloads.chat"),
    ("purchase_option: spot, usd", "purchase_option: spott, usd", "$.offers[1].purchase_option"),
    ("format: 1", "format: 2", "$.format"),
    ("carry_forward: {max_share: 20 %}", "carry_forward: 3", "$.contracts.deal.commitments.year.carry_forward"),
]


@pytest.mark.parametrize(("old", "new", "path"), BROKEN, ids=[new for _, new, _ in BROKEN])
def test_broken_scenarios_do_not_fit(old: str, new: str, path: str, base: str) -> None:
    found = mistakes(changed(base, (old, new)))
    assert found
    assert all(place.startswith(path) for place in found)


def test_every_key_is_described() -> None:
    """Editors show the description of the key under the cursor."""
    silent = [
        f"{name}.{key}"
        for name, model in {**SCHEMA["$defs"], "Scenario": SCHEMA}.items()
        for key, of_key in model.get("properties", {}).items()
        if "description" not in of_key
    ]
    assert silent == []
