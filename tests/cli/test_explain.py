"""`router explain`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Router


def test_the_first_line_says_where_and_why(router: Router) -> None:
    ran = router("explain", "tiny", "--workload", "chat", "--quiet")
    assert ran.code == 0
    assert ran.err == ""
    first = " ".join(ran.out.splitlines()[:2])
    assert first.startswith("chat/us runs in aws-h100 at $0.69 per unit-hour; moving a unit to oracle-h100, the ")
    for title in ("where one more unit could be served", "Parts of a unit-hour", "Limits in the way", "Pools out of"):
        assert title in ran.out


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(router: Router, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    questions = [
        ("--workload", "chat"),
        ("--workload", "fine-tune"),
        ("--limit", "capacity of aws-h100 in 2026-02"),
        ("--contract", "oracle-ucm"),
        (),
    ]
    for question in questions:
        out = router("explain", "tiny", "--quiet", *question).out
        assert out
        assert max(map(len, out.splitlines())) <= width


def test_a_training_job_is_compared_with_its_other_runs(router: Router) -> None:
    out = router("explain", "tiny", "--workload", "fine-tune", "--quiet").out
    assert out.startswith("fine-tune runs in aws-h100 from 2026-02 on 16 accelerators at $6.88 per")
    assert "oracle-h100 from 2026-01" in out
    assert "left out" in out


def test_without_a_question_there_is_an_overview(router: Router) -> None:
    out = router("explain", "tiny", "--quiet").out
    for title in ("The biggest allocation of each stream", "Scarcest pools", "Commitments"):
        assert title in out


def test_limit_pool_and_contract(router: Router) -> None:
    out = router(
        "explain", "tiny", "--quiet", "--limit", "demand of chat/us in 2026-02 peak", "--pool", "oracle-h100",
        "--period", "2026-02", "--contract", "oracle-ucm",
    ).out  # fmt: skip
    text = " ".join(out.split())
    assert "demand of chat/us in 2026-02 peak: 640 asked for, 0 left out" in text
    assert "capacity of oracle-h100 in 2026-02:" in text
    assert "commitment oracle-ucm/year from 2026-01-01: $148 k promised" in text


def test_json_is_one_document(router: Router) -> None:
    ran = router("explain", "tiny", "--workload", "chat", "--limit", "capacity of aws-h100", "--json")
    found = json.loads(ran.out)
    assert (found["format"], found["scenario"]) == ("router-why/1", "tiny")
    (served,) = found["served"]
    for place in (served["here"], *served["others"]):
        cost = place["unit_hour_usd"]
        assert cost["marginal"] == pytest.approx(sum(cost["parts"].values()))
        assert cost["marginal"] == pytest.approx(cost["paid"] + cost["scarcity"])
    assert found["limits"][0]["limit"].startswith("capacity of aws-h100 in ")
    assert "NaN" not in ran.out
    assert "Infinity" not in ran.out


def test_json_of_every_question_has_the_same_keys(router: Router) -> None:
    whole = json.loads(router("explain", "tiny", "--quiet", "--json").out)
    run = json.loads(router("explain", "tiny", "--quiet", "--json", "--workload", "fine-tune", "--exact", "1").out)
    assert list(whole) == list(run) == [
        "format", "scenario", "served", "trained", "limits", "commitments", "disabled",
    ]  # fmt: skip
    assert whole["disabled"] == []
    (trained,) = run["trained"]
    assert [place["exactly_more_usd"] is None for place in trained["others"]][:2] == [False, True]
    assert len(whole["commitments"]) == 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (("--workload", "chatt"), "--workload: found 'chatt', expected a workload; did you mean 'chat'?"),
        (
            ("--workload", "chat", "--stream", "usa"),
            "--stream: found 'usa', expected a stream of chat; did you mean 'us'?",
        ),
        (
            ("--workload", "chat", "--period", "2027-01"),
            "--period: found '2027-01', expected a period from 2026-01 to 2026-03",
        ),
        (("--workload", "chat", "--slice", "pek"), "--slice: found 'pek', expected a slice; did you mean 'peak'?"),
        (("--pool", "aws-h10"), "--pool: found 'aws-h10', expected a pool; did you mean 'aws-h100'?"),
        (("--contract", "oracle"), "--contract: found 'oracle', expected a contract"),
        (("--limit", "capacity of aws"), "--limit: found 'aws', expected a pool"),
        (("--stream", "us"), "--stream: found 'us' without --workload, expected both"),
        (("--period", "2026-01"), "--period and --slice: expected with --workload or --pool"),
        (("--workload", "fine-tune", "--period", "2026-01"), "--period: fine-tune is a training job"),
        (("--exact", "-1"), "--exact"),
        (("--gap", "nan"), "--gap"),
    ],
)
def test_bad_questions_are_one_line_and_exit_2(router: Router, question: tuple[str, ...], words: str) -> None:
    ran = router("explain", "tiny", *question)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    if "found" in words:
        assert len(ran.err.splitlines()) == 1


def test_a_pool_that_serves_nothing_there_is_told_after_the_solve(router: Router) -> None:
    there = ("--pool", "oracle-h100", "--period", "2026-03", "--slice", "base")
    ran = router("explain", "tiny", "--workload", "chat", *there, "--quiet")
    assert ran.code == 2
    assert ran.err.startswith("--pool: chat/us is not in oracle-h100 there")
    assert len(ran.err.splitlines()) == 1


OFF = ("--set", "workloads.chat.enabled=false", "--quiet")


def test_a_disabled_workload_is_said_to_be_disabled(router: Router) -> None:
    ran = router("explain", "tiny", "--workload", "chat", *OFF)
    assert (ran.code, ran.err) == (0, "")
    assert " ".join(ran.out.split()) == (
        "chat is disabled (workloads.chat.enabled is false): it is not planned, and so runs nowhere."
    )
    document = json.loads(router("explain", "tiny", "--workload", "chat", "--json", *OFF).out)
    assert (document["disabled"], document["served"]) == (["chat"], [])


def test_what_else_is_asked_is_answered_beside_a_disabled_workload(router: Router) -> None:
    out = router("explain", "tiny", "--workload", "chat", "--contract", "oracle-ucm", *OFF).out
    assert out.startswith("chat is disabled")
    assert "commitment oracle-ucm/year from 2026-01-01: $148 k promised" in " ".join(out.split())


def test_an_overview_names_what_is_disabled(router: Router) -> None:
    off = ("--set", "workloads.fine-tune.enabled=false", *OFF)
    ran = router("explain", "tiny", *off)
    assert ran.code == 0
    assert ran.out.startswith("2 workloads are disabled: chat, fine-tune.")
    assert "Nothing is served." in ran.out


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            ("--limit", "demand of chat/us"),
            "--limit: found 'chat/us', expected a stream that is planned: chat is disabled",
        ),
        (("--workload", "chatt"), "--workload: found 'chatt', expected a workload; did you mean 'chat'?"),
    ],
)
def test_bad_questions_about_disabled_workloads(router: Router, question: tuple[str, ...], words: str) -> None:
    ran = router("explain", "tiny", *question, *OFF)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{words}\n")


def test_no_plan_in_the_time_given_exits_3(router: Router) -> None:
    ran = router("explain", "tiny", "--time-limit", "1e-9", "--quiet")
    assert ran.code == 3
    assert ran.err.startswith("no plan: ")


def test_options_of_solve_are_there(router: Router) -> None:
    out = router("explain", "--help").out
    for option in ("--gap", "--time-limit", "--threads", "--quiet", "--json", "--workload", "--limit", "--contract"):
        assert option in out
