"""`router whatif`, and what-ifs given to other commands."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from router.cli import whatif_run
from router.sweep.run import run_cases
from tests.cli.conftest import Router

FILE = """\
format: 1
scenario: tiny
title: Small questions
question: What matters?
whatifs:
  more:
    title: Half as much chat again
    changes:
      - growth: chat
        by: 150 %
  lost:
    title: AWS lost in February
    extends: more
    changes:
      - outage: aws
        during: 2026-02
sweeps:
  price:
    mode: one_at_a_time
    factors:
      oracle: {from: 50 %, to: 150 %, steps: 3, base: 1}
      aws: {values: [0.8, 1.2], base: 1}
    changes:
      - price: oracle
        by: $oracle
      - price: aws
        by: $aws
draws:
  demand:
    count: 6
    seed: 3
    factors:
      chat: {normal: {mean: 1, deviation: 0.2}, at_least: 0.2}
    changes:
      - growth: chat
        by: $chat
solve_for:
  oracle-price:
    title: At which price of Oracle is it worth as much as in the plan with more chat
    between: [base, more]
    factor: price
    from: 1
    to: 8
    within: 0.05
    changes:
      - price: oracle
        by: $price
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(FILE)
    return path


def cost_of(router: Router, *arguments: object) -> float:
    """Of `router solve`."""
    ran = router("solve", "--json", "--quiet", *arguments)
    assert ran.code == 0, ran.err
    return float(json.loads(ran.out)["solve"]["cost_usd"])


def costs_of(answer: Mapping[str, object]) -> dict[str, float]:
    """Cost of each case that was planned."""
    cases = answer["cases"]
    assert isinstance(cases, list)
    return {case["name"]: case["figures"]["cost_usd"] for case in cases if case["figures"] is not None}


def test_what_ifs_cost_what_they_cost_when_solved_alone(router: Router, file: Path) -> None:
    ran = router("whatif", file, "--json", "--quiet", "--search", 5, "--gap", 0, "--workers", 1)
    assert ran.code == 0
    found = json.loads(ran.out)
    assert found["format"] == "router-whatif/1"
    costs = costs_of(found["answers"][0])
    assert costs["base"] == pytest.approx(cost_of(router, "tiny"), abs=0.02)
    for name in ("more", "lost"):
        alone = cost_of(router, "--what-if", f"{file}:{name}", "--gap", 0)
        assert costs[name] == pytest.approx(alone, abs=0.02)
    assert costs["base"] < costs["more"] < costs["lost"]


def test_the_tables_say_what_was_asked_and_what_it_costs(router: Router, file: Path) -> None:
    ran = router("whatif", file, "--quiet", "--workers", 1)
    assert ran.code == 0
    for words in ("What matters?", "Half as much chat again", "AWS lost in February", "oracle", "draws", "+$"):
        assert words in ran.out
    assert ran.err == ""


def test_progress_goes_to_stderr(router: Router, file: Path) -> None:
    ran = router("whatif", file, "--json", "--workers", 1)
    json.loads(ran.out)
    assert "planned" in ran.err
    assert "best $" in ran.err


def test_only_what_is_named_is_planned_with_what_it_is_compared_with(router: Router, file: Path) -> None:
    for only, expected in (
        (("more",), {"base", "more"}),
        (("price",), {"base", *(f"price/{number}" for number in range(1, 6))}),
        (("oracle-price",), {"base"}),
    ):
        options = [word for name in only for word in ("--only", name)]
        ran = router("whatif", file, "--json", "--quiet", "--workers", 1, *options)
        assert set(costs_of(json.loads(ran.out)["answers"][0])) == expected
    ran = router("whatif", file, "--only", "mor")
    assert ran.code == 2
    assert "--only 'mor', which it does not ask" in ran.err
    assert "did you mean 'more'?" in ran.err


def test_out_writes_everything_and_goes_on_where_it_was(
    router: Router, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    arguments = ("whatif", file, "--json", "--quiet", "--workers", 1, "--out", out)
    planned: list[int] = []

    def watched(*given: object, **more: object) -> object:
        found = run_cases(*given, **more)  # type: ignore[arg-type]
        planned.append(found.done - found.resumed)
        return found

    monkeypatch.setattr(whatif_run, "run_cases", watched)
    whole = router(*arguments)
    assert whole.code == 0
    assert {path.name for path in out.iterdir()} == {
        "results.jsonl",
        "answer.json",
        "comparison.csv",
        "cases.csv",
        "causes.csv",
        "report.html",
    }
    assert json.loads((out / "answer.json").read_text()) == json.loads(whole.out)
    rows = list(csv.DictReader((out / "comparison.csv").read_text().splitlines()))
    assert [row["whatif"] for row in rows] == ["base", "more", "lost"]
    lines = (out / "results.jsonl").read_text().splitlines(keepends=True)
    cases = len(lines) - 1
    # As a kill leaves it: five answers and a part of the sixth.
    (out / "results.jsonl").write_text("".join(lines[:6]) + lines[6][:30])
    planned.clear()
    again = router(*arguments)
    assert sum(planned) == cases - 5
    assert costs_of(json.loads(again.out)["answers"][0]) == pytest.approx(
        costs_of(json.loads(whole.out)["answers"][0]), rel=1e-9
    )
    planned.clear()
    assert router(*arguments).code == 0
    assert sum(planned) == 0


def test_results_of_another_question_are_not_gone_on_with(router: Router, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert router("whatif", file, "--only", "more", "--out", out, "--quiet").code == 0
    file.write_text(FILE.replace("150 %", "160 %"))
    ran = router("whatif", file, "--only", "more", "--out", out, "--quiet")
    assert ran.code == 2
    assert "results.jsonl: holds results of another question" in ran.err
    assert ran.err.count("\n") == 1


def test_ctrl_c_tells_what_is_known(
    router: Router, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*given: object, **more: object) -> object:
        interrupt = given[5]
        assert isinstance(interrupt, threading.Event)
        found = run_cases(*given, **more)  # type: ignore[arg-type]
        interrupt.set()
        return found

    monkeypatch.setattr(whatif_run, "run_cases", stopped)
    ran = router("whatif", file, "--out", tmp_path / "out", "--workers", 1)
    assert ran.code == 130
    assert "the same command goes on from here" in ran.err
    assert "Half as much chat again" in ran.out


def test_parquet(router: Router, file: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    out = tmp_path / "out"
    ran = router("whatif", file, "--only", "demand", "--out", out, "--format", "parquet", "--quiet")
    assert ran.code == 0
    assert (out / "results.parquet").is_dir()


def test_several_files(router: Router, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(FILE.replace("Small questions", "Other questions"))
    out = tmp_path / "out"
    ran = router("whatif", file, other, "--only", "more", "--json", "--quiet", "--out", out)
    assert [answer["question"]["title"] for answer in json.loads(ran.out)["answers"]] == [
        "Small questions",
        "Other questions",
    ]
    assert sorted(path.name for path in out.iterdir()) == ["other", "small"]


def test_another_scenario(router: Router, file: Path, tmp_path: Path) -> None:
    dearer = tmp_path / "dearer.yaml"
    (Path(__file__).parents[2] / "configs" / "tiny.yaml").read_text()
    text = (Path(__file__).parents[2] / "configs" / "tiny.yaml").read_text()
    dearer.write_text(text.replace("name: tiny", "name: dearer", 1))
    ran = router("whatif", file, "--scenario", dearer, "--only", "more", "--json", "--quiet")
    assert json.loads(ran.out)["answers"][0]["question"]["scenario"] == "dearer"


def test_list(router: Router, file: Path) -> None:
    ran = router("whatif", "--list")
    assert ran.code == 0
    assert "gb300-late" in ran.out
    ran = router("whatif", file, "--list")
    for words in (
        "Small questions (tiny)",
        "Question: What matters?",
        "what-if",
        "sweep",
        "draws",
        "solve for",
        "more",
    ):
        assert words in ran.out
    listed = json.loads(router("whatif", file, "--list", "--json").out)
    assert [entry["name"] for entry in listed[0]["entries"]][:3] == ["more", "lost", "price"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "found no FILE, expected a what-if file or a shipped name"),
        (("gb300-lat",), "did you mean 'gb300-late'?"),
        (("none.yaml",), "none.yaml"),
        (("gb300-late", "--gap", "nan"), "found nan, expected a number"),
        (("gb300-late", "--gap", "1"), "--gap"),
        (("gb300-late", "--search", "-1"), "--search"),
        (("gb300-late", "--workers", "0"), "--workers"),
        (("gb300-late", "--scenario", "tinny"), "did you mean 'tiny'?"),
        (("gb300-late", "--cluster", "nonsense"), "nonsense"),
    ],
)
def test_bad_input_is_one_line_and_exits_2(router: Router, arguments: tuple[str, ...], words: str) -> None:
    ran = router("whatif", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_check_reads_what_if_files(router: Router, file: Path) -> None:
    ran = router("check", file)
    assert ran.code == 0
    assert ran.out.rstrip().endswith(
        "ok: 2 what-ifs, 1 sweep (5 cases), 1 set of draws (6 cases), 1 value to solve for, of tiny"
    )
    file.write_text(FILE.replace("growth: chat", "growth: chta", 1).replace("extends: more", "extends: mor"))
    ran = router("check", file)
    assert ran.code == 2
    assert "did you mean 'chat'?" in ran.err
    assert "did you mean 'more'?" in ran.err
    assert "2 mistakes" in ran.err


def test_what_ifs_of_other_commands(router: Router, file: Path, tmp_path: Path) -> None:
    more = f"{file}:more"
    assert cost_of(router, "--what-if", more) > cost_of(router, "tiny")
    assert cost_of(router, "tiny", "--what-if", more) == cost_of(router, "--what-if", more)
    plan = tmp_path / "plan.json"
    plan.write_text(router("solve", "--what-if", more, "--json", "--quiet").out)
    assert router("audit", "tiny", plan).code == 1
    assert router("audit", "tiny", plan, "--what-if", more).code == 0
    assert router("check", "--what-if", more).err.startswith("changed: demand of chat/us")
    for given, words in (
        (f"{file}:moer", "did you mean 'more'?"),
        (file, "2 what-ifs and no name"),
        (f"{file}:base", "unknown what-if 'base'"),
    ):
        ran = router("check", "--what-if", given)
        assert ran.code == 2
        assert words in ran.err


@pytest.mark.parametrize("option", ["--whatif", "--whatif-answer"])
def test_schemas(router: Router, option: str) -> None:
    assert json.loads(router("schema", option).out)["$schema"].startswith("https://json-schema.org")
