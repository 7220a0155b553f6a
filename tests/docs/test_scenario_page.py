"""docs/scenario.md: every example runs, every key of the format is described, the shown error is the real one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from router.audit.audit import audit
from router.engine.settings import EngineSettings
from router.plan.pipeline import solve_scenario
from router.reading.problems import ScenarioError
from router.scenario.json_schema import scenario_schema
from router.scenario.load import load_scenario
from router.scenario.warnings import warnings
from tests.docs.blocks import DOCS, Block, blocks

PAGE = "scenario.md"
YAML = [block for block in blocks(PAGE) if block.language == "yaml"]
WHOLE = [block for block in YAML if block.text.startswith("format: 1\n")]
FRAGMENTS = [block for block in YAML if block not in WHOLE]


def test_there_are_examples() -> None:
    assert len(WHOLE) >= 1
    assert len(FRAGMENTS) >= 19


@pytest.mark.parametrize("block", WHOLE, ids=lambda block: f"line {block.line}")
def test_a_whole_scenario_loads_and_solves(block: Block, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(block.text)
    scenario = load_scenario(tmp_path / "example.yaml")
    assert warnings(scenario) == []
    plan = solve_scenario(scenario, EngineSettings(relative_gap=1e-4, time_limit_seconds=20, threads=1))
    assert audit(scenario, plan).passed
    assert plan.unserved == []
    assert plan.totals.cash_usd > 0


@pytest.mark.parametrize("block", FRAGMENTS, ids=lambda block: f"line {block.line}")
def test_a_fragment_laid_over_the_example_loads_and_changes_it(block: Block, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(WHOLE[0].text)
    (tmp_path / "overlay.yaml").write_text("format: 1\nname: overlay\ninclude: example.yaml\n" + block.text)
    changed = load_scenario(tmp_path / "overlay.yaml")
    assert changed.model_copy(update={"name": "example"}) != load_scenario(tmp_path / "example.yaml")


def test_every_key_of_the_format_is_described() -> None:
    schema = scenario_schema()
    text = (DOCS / PAGE).read_text()
    described = set(re.findall(r"(?:\b|\.)(\w+)\b", " ".join(re.findall(r"`([^`\n]+)`", text))))
    keys = {key for model in (schema, *schema["$defs"].values()) for key in model.get("properties", {})}
    assert keys - described == set()


def test_the_error_message_shown_is_the_real_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = next(block.text for block in blocks(PAGE) if block.language == "text")
    old = "north-h100: {provider: north, region: north-us"
    assert WHOLE[0].text.count(old) == 1
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(WHOLE[0].text.replace(old, old.replace("north-us", "north-use")))
    with pytest.raises(ScenarioError) as caught:
        load_scenario("plan.yaml")
    assert str(caught.value) == shown.strip()
