"""`router check`, `router schema`, `router scenarios`, help and version."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from router import __version__
from router.scenario.shipped import shipped_names
from tests.cli.conftest import Router


def test_all_shipped_scenarios_check(router: Router) -> None:
    ran = router("check", *shipped_names())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count(": ok: ") == len(shipped_names()) >= 3


def test_check_counts_disabled_workloads(router: Router) -> None:
    ran = router("check", "tiny", "--set", "workloads.chat.enabled=false")
    assert (ran.code, ran.err) == (0, "changed: chat disabled\n")
    assert ran.out.endswith("1 contract, 2 workloads (1 disabled)\n")


def test_check_goes_on_after_a_bad_file(router: Router, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 2\nname: x\n")
    ran = router("check", bad, "tiny")
    assert ran.code == 2
    assert ": ok: 3 periods, 2 providers" in ran.out
    assert f"{bad}:1:" in ran.err


def test_schemas_are_valid_json_schemas(router: Router, tmp_path: Path) -> None:
    for arguments in (("schema",), ("schema", "--plan")):
        ran = router(*arguments)
        assert ran.code == 0
        jsonschema.Draft202012Validator.check_schema(json.loads(ran.out))
        out = tmp_path / "schema.json"
        assert router(*arguments, "--out", out).code == 0
        assert json.loads(out.read_text()) == json.loads(ran.out)


def test_scenarios_lists_what_is_shipped(router: Router) -> None:
    ran = router("scenarios")
    assert ran.code == 0
    assert "frontier-lab" in ran.out
    assert "(default)" in ran.out


def test_help_and_version(router: Router) -> None:
    assert router("--version").out.strip().endswith(__version__)
    ran = router("--help")
    assert ran.code == 0
    for name in ("solve", "check", "audit", "schema", "scenarios"):
        assert name in ran.out


def test_unknown_command_exits_2(router: Router) -> None:
    ran = router("sovle")
    assert (ran.code, ran.out) == (2, "")
