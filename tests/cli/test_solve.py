"""`router solve`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from router.report.plan_json import plan_schema
from router.scenario.shipped import shipped_folder
from tests.cli.conftest import Router

TINY = (shipped_folder() / "tiny.yaml").read_text()


def changed(folder: Path, old: str, new: str) -> Path:
    """The tiny scenario with one piece of text replaced."""
    assert old in TINY
    path = folder / "changed.yaml"
    path.write_text(TINY.replace(old, new))
    return path


def test_report_says_cost_proof_audit_and_placement(router: Router) -> None:
    ran = router("solve", "tiny")
    assert ran.code == 0
    for expected in ("$680,697", "proved within", "checks recomputed", "chat", "fine-tune", "oracle-ucm"):
        assert expected in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_progress_goes_to_stderr_and_quiet_silences_it(router: Router) -> None:
    assert "linear program" in router("solve", "tiny").err
    assert router("solve", "tiny", "--quiet").err == ""


def test_json_is_one_document_that_its_schema_accepts(router: Router) -> None:
    ran = router("solve", "tiny", "--json")
    plan = json.loads(ran.out)
    jsonschema.validate(plan, plan_schema())
    assert plan["format"] == "router-plan/1"
    assert plan["audit"]["passed"] is True
    assert plan["totals"]["cost_usd"] == pytest.approx(680_696.64)


def test_json_is_the_same_every_time(router: Router) -> None:
    assert router("solve", "tiny", "--json").out == router("solve", "tiny", "--json").out


def test_out_writes_four_files_and_the_plan_audits(router: Router, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert router("solve", "tiny", "--out", folder).code == 0
    assert sorted(os.listdir(folder)) == ["allocations.csv", "bill.csv", "plan.json", "report.html"]
    html = (folder / "report.html").read_text()
    assert "$681 k" in html
    ran = router("audit", "tiny", folder / "plan.json")
    assert (ran.code, ran.err) == (0, "")
    assert "every limit kept, every cent right" in ran.out


def test_out_that_is_a_file_is_told_before_solving(router: Router, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("mine")
    ran = router("solve", "tiny", "--out", place)
    assert ran.code == 2
    assert ran.err == f"{place}: cannot write there: it is a file, not a folder\n"
    assert place.read_text() == "mine"


def test_out_below_a_file_is_told(router: Router, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("mine")
    ran = router("solve", "tiny", "--out", place / "inner")
    assert ran.code == 2
    assert "cannot make this folder" in ran.err
    assert ran.err.count("\n") == 1


def test_a_full_disk_keeps_the_old_files(router: Router, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert router("solve", "tiny", "--out", tmp_path).code == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = router("solve", "tiny", "--out", tmp_path)
    assert ran.code == 2
    assert "disk is full" in ran.err.lower() or "no space" in ran.err.lower()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_strict_fails_on_unserved_demand(router: Router, tmp_path: Path) -> None:
    path = changed(tmp_path, "{values: [240, 320, 400]}", "{values: [200, 240, 2800]}")
    assert router("solve", path).code == 0
    ran = router("solve", path, "--strict")
    assert ran.code == 1
    assert "every eligible pool is full" in " ".join(ran.out.split())


def test_mistakes_exit_2_with_a_line_each(router: Router, tmp_path: Path) -> None:
    ran = router("solve", changed(tmp_path, "kind: inference", "kind: infernce"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("did you mean 'inference'?\n")


def test_no_such_scenario(router: Router) -> None:
    ran = router("solve", "tinny")
    assert (ran.code, ran.out) == (2, "")
    assert "tinny" in ran.err


@pytest.mark.parametrize(
    "option",
    [
        ("--gap", "-1"),
        ("--gap", "x"),
        ("--time-limit", "0"),
        ("--threads", "0"),
        ("--nope",),
        ("--gap", "nan"),
        ("--time-limit", "nan"),
    ],
)
def test_bad_options_exit_2(router: Router, option: tuple[str, ...]) -> None:
    ran = router("solve", "tiny", *option)
    assert (ran.code, ran.out) == (2, "")
    assert option[0] in ran.err


def test_no_time_gives_no_plan(router: Router) -> None:
    ran = router("solve", "tiny", "--time-limit", "1e-9", "--quiet")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("no plan: ")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("try more than --time-limit 1e-09\n")


def test_a_name_near_a_shipped_one_is_suggested(router: Router) -> None:
    ran = router("solve", "tinny")
    assert ran.code == 2
    assert ran.err.endswith("did you mean 'tiny'?\n")


def test_the_readme_shows_what_is_printed(router: Router) -> None:
    readme = (shipped_folder().parent / "README.md").read_text()
    printed = " ".join(router("solve", "tiny", "--gap", "0", "--no-charts").out.split())
    example = readme.split("$ router solve tiny --gap 0\n")[1].split("```")[0]
    for line in example.splitlines():
        if line != "…":
            assert " ".join(line.split()) in printed
