"""`--set` of `router solve` and `router check`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.apply import apply_all
from router.change.change import Change, Dates, Operation, Span
from router.change.set_option import read_settings
from router.change.tree import value_at
from router.reading.position import Position
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from tests.cli.conftest import Router
from tests.cli.nonsense import NONSENSE

TINY = load_scenario(Path(__file__).parents[2] / "configs" / "tiny.yaml")
AT = Position("here", 0, 0)
RAMP = ("pools", "oracle-h100", "capacity")
CAPACITY = ("pools", "aws-h100", "capacity")
DISCOUNT = ("contracts", "oracle-ucm", "discounts", 0, "discount")


def change_of(text: str) -> Change:
    (change,) = read_settings([text], TINY).changes
    return change


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("pools.aws-h100.capacity=8", Change(CAPACITY, Operation.SET, 8)),
        (" pools.aws-h100.capacity = 8 k ", Change(CAPACITY, Operation.SET, "8 k")),
        ("pools.aws-h100.capacity={2026-01-01: 4}", Change(CAPACITY, Operation.SET, {date(2026, 1, 1): 4})),
        ("pools.aws-h100.capacity*=1.2", Change(CAPACITY, Operation.SCALE, 1.2)),
        ("pools.aws-h100.capacity *= 120 %", Change(CAPACITY, Operation.SCALE, "120 %")),
        ("pools.aws-h100.capacity+=5", Change(CAPACITY, Operation.INCREASE, 5)),
        ("pools.aws-h100.capacity-=5", Change(CAPACITY, Operation.INCREASE, -5)),
        ("pools.aws-h100.capacity+=1.5 k", Change(CAPACITY, Operation.INCREASE, 1500.0)),
        ("pools.aws-h100.capacity+=20 %", Change(CAPACITY, Operation.SCALE, 1.2)),
        ("pools.aws-h100.capacity-=20%", Change(CAPACITY, Operation.SCALE, 0.8)),
        ("contracts.oracle-ucm.discounts[0].discount-=5 %", Change(DISCOUNT, Operation.INCREASE, -0.05)),
        ("pools.oracle-h100.capacity+=2 quarters", Change(RAMP, Operation.SHIFT, Span(6))),
        ("pools.oracle-h100.capacity-=10days", Change(RAMP, Operation.SHIFT, Span(0, -10))),
        ("contracts.oracle-ucm.title=a=b", Change(("contracts", "oracle-ucm", "title"), Operation.SET, "a=b")),
        ("contracts.oracle-ucm.title=null", Change(("contracts", "oracle-ucm", "title"), Operation.SET, None)),
        ("contracts.oracle-ucm.title='2'", Change(("contracts", "oracle-ucm", "title"), Operation.SET, "2")),
    ],
)
def test_texts_are_changes(text: str, change: Change) -> None:
    assert change_of(text) == change


def test_a_setting_may_be_about_some_dates() -> None:
    change = change_of("workloads.chat.streams.us.demand[2026-02]*=2")
    assert change.dates == Dates(*map(date.fromisoformat, ("2026-02-01", "2026-03-01")))
    applied = apply_all(TINY, (change,)).scenario
    assert value_at(applied, ("workloads", "chat", "streams", "us", "demand", "values"), AT) == [240, 640, 400]


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("command", [("check",), ("solve", "--quiet")], ids=["check", "solve"])
def test_nonsense_exits_2_in_one_line_each(router: Router, command: tuple[str, ...], text: str) -> None:
    name, *options = command
    ran = router(name, "tiny", *options, "--set", text)
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert 1 <= len(lines) <= 16
    assert "Traceback" not in ran.err
    assert all(len(line) < 800 for line in lines)
    assert lines[0].startswith("--set")
    assert ": found " in lines[0]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.text("workls.cht[]{}'=*+-0126: ", max_size=40))
def test_any_text_is_a_change_or_told(text: str) -> None:
    told: list[str] = []
    try:
        given_ = read_settings([text, f"name={text}", f"pools.aws-h100.capacity{text}"], TINY)
        apply_all(TINY, given_.changes, given_.at)
    except ScenarioError as error:
        told = str(error).splitlines()
    assert all(line.startswith("--set") for line in told)


def test_mistakes_are_told_in_one_go(router: Router) -> None:
    ran = router(
        "solve", "tiny",
        "--set", "workloads.chta.unit=x",
        "--set", "pools.aws-h100.capacity=-1",
        "--set", "pools.aws-h100.provider=awss",
        "--set", "nothing",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert len(lines) == 4
    assert any("did you mean 'chat'?" in line for line in lines)
    assert any("found -1, expected a number of at least 0" in line for line in lines)
    assert any("did you mean 'aws'?" in line for line in lines)
    assert any("expected PATH=VALUE" in line for line in lines)


def test_check_counts_the_mistakes_and_goes_on(router: Router) -> None:
    ran = router("check", "tiny", "scale-up", "--set", "workloads.fine-tune.deadline-=1 day")
    assert ran.code == 2
    assert "tiny.yaml: ok: " in ran.out
    assert "scale-up.yaml: 1 mistake" in ran.err
    assert "changed: deadline of fine-tune: 1 day earlier" in ran.err


def test_solve_plans_the_changed_scenario_and_says_what_changed(router: Router) -> None:
    plain = json.loads(router("solve", "tiny", "--json", "--quiet").out)
    ran = router(
        "solve", "tiny", "--json", "--set", "offers[aws].usd_per_hour*=2", "--set", "pools.aws-h100.capacity+=1"
    )
    assert ran.code == 0
    assert ran.err.splitlines()[:2] == [
        "changed: price of aws/us-east-1/p5.48xlarge/on_demand: x 2 ($55.04 -> $110)",
        "changed: capacity of aws-h100: +1 (6 -> 7)",
    ]
    changed = json.loads(ran.out)
    assert changed["audit"]["passed"]
    assert changed["totals"]["cost_usd"] > plain["totals"]["cost_usd"]


def test_quiet_says_nothing_and_the_file_stays_as_it_is(router: Router, tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "configs" / "tiny.yaml"
    mine = tmp_path / "mine.yaml"
    mine.write_text(source.read_text())
    ran = router("solve", mine, "--json", "--quiet", "--set", "workloads.chat.streams.us.demand*=0")
    assert (ran.code, ran.err) == (0, "")
    assert mine.read_text() == source.read_text()


def test_a_later_setting_sees_the_earlier_one(router: Router) -> None:
    ran = router(
        "check",
        "tiny",
        "--set",
        "pools.aws-h100.capacity={2026-01-01: 4}",
        "--set",
        "pools.aws-h100.capacity.2026-01-01=9",
    )
    assert ran.code == 0
    assert "capacity.2026-01-01 of aws-h100: 4 -> 9" in ran.err
