"""`router audit`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Router


@pytest.fixture
def plan(router: Router, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(router("solve", "tiny", "--json", "--quiet").out)
    return path


def test_a_cent_too_much_is_found(router: Router, plan: Path) -> None:
    data = json.loads(plan.read_text())
    data["bill"][0]["amount_usd"] += 0.02
    plan.write_text(json.dumps(data))
    ran = router("audit", "tiny", plan)
    assert ran.code == 1
    assert "bill" in ran.out
    assert "differences" in ran.err


def test_another_scenario_is_found(router: Router, plan: Path) -> None:
    data = json.loads(plan.read_text())
    data["scenario"]["sha256"] = "0" * 64
    plan.write_text(json.dumps(data))
    ran = router("audit", "tiny", plan)
    assert ran.code == 1
    assert "the plan answers 'tiny' (000000000000)" in ran.out


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "router-plan/9"}', "\x00", "nan"])
def test_what_is_no_plan_exits_2(router: Router, plan: Path, text: str) -> None:
    plan.write_text(text)
    ran = router("audit", "tiny", plan)
    assert (ran.code, ran.out) == (2, "")
    assert str(plan) in ran.err


def test_missing_plan_exits_2(router: Router, tmp_path: Path) -> None:
    ran = router("audit", "tiny", tmp_path / "none.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"{tmp_path / 'none.json'}: found no such file, expected a plan.json\n"
