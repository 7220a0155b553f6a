"""`router diff`, and audits of plans made with --set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Router

MORE = "workloads.chat.streams.us.demand*=1.5"


@pytest.fixture
def plans(router: Router, tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(router("solve", "tiny", "--json", "--quiet").out)
    after.write_text(router("solve", "tiny", "--json", "--quiet", "--set", MORE).out)
    return before, after


def test_the_change_of_cost_is_told(router: Router, plans: tuple[Path, Path]) -> None:
    ran = router("diff", *plans)
    assert ran.code == 0
    cost = [json.loads(path.read_text())["solve"]["cost_usd"] for path in plans]
    assert f"+${(cost[1] - cost[0]) / 1000:.0f} k" in ran.out.splitlines()[1]
    assert "chat" in ran.out


def test_json(router: Router, plans: tuple[Path, Path]) -> None:
    found = json.loads(router("diff", *plans, "--json").out)
    cost = [json.loads(path.read_text())["solve"]["cost_usd"] for path in plans]
    assert found["format"] == "router-difference/1"
    assert found["cost"]["total"]["change_usd"] == pytest.approx(cost[1] - cost[0], abs=0.005)


def test_a_plan_does_not_differ_from_itself(router: Router, plans: tuple[Path, Path]) -> None:
    ran = router("diff", plans[0], plans[0])
    assert ran.code == 0
    assert json.loads(router("diff", plans[0], plans[0], "--json").out)["moves"] == []


@pytest.mark.parametrize("text", ["", "{", "[]", "nan"])
def test_what_is_no_plan_exits_2(router: Router, plans: tuple[Path, Path], text: str) -> None:
    plans[1].write_text(text)
    ran = router("diff", *plans)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_no_such_file(router: Router, plans: tuple[Path, Path], tmp_path: Path) -> None:
    ran = router("diff", plans[0], tmp_path / "none.json")
    assert ran.code == 2
    assert "none.json: found no such file" in ran.err


def test_a_plan_made_with_set_is_audited_with_it(router: Router, plans: tuple[Path, Path]) -> None:
    assert router("audit", "tiny", plans[1]).code == 1
    assert router("audit", "tiny", plans[1], "--set", MORE).code == 0
