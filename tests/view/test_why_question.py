"""From what is under a cursor to a question, and from one question to those next to it."""

from __future__ import annotations

import pytest

from router.reading.problems import Mistake
from router.scenario.scenario import Scenario
from router.view.why_question import (
    OVERVIEW,
    Question,
    Subject,
    later,
    next_slice,
    question_of,
    question_of_limit,
    question_words,
)
from router.view.why_state import AnswerState, answer_state, state_words
from tests.scenarios import PEAK_AND_BASE, contract, horizon, job, scenario, service


def asked() -> Scenario:
    """Two days of two slices with one of everything."""
    return scenario(
        horizon=horizon("day", 2, slices=PEAK_AND_BASE),
        workloads={"chat": service(), "tune": job()},
        contracts={"deal": contract(commitments={"spend": {"window": "term", "amount_usd": 1}})},
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("workloads", "chat"), Question(Subject.STREAM, ("chat",), 1)),
        (("workloads", "chat", "us"), Question(Subject.STREAM, ("chat", "us"), 1)),
        (("workloads", "chat", "gone"), Question(Subject.STREAM, ("chat",), 1)),
        (("workloads", "tune"), Question(Subject.JOB, ("tune",))),
        (("pools", "north"), Question(Subject.POOL, ("north",), 1)),
        (("pools", "north", "spot"), Question(Subject.POOL, ("north",), 1)),
        (("offers", "0"), Question(Subject.OFFER, ("0",), 1)),
        (("deal",), Question(Subject.CONTRACT, ("deal",), 1)),
        (("deal", "spend"), Question(Subject.CONTRACT, ("deal", "spend"), 1)),
        (("deal", "tiers", "from_usd"), Question(Subject.CONTRACT, ("deal",), 1)),
        (("south",), Question(Subject.PROVIDER, ("south",), 1)),
    ],
)
def test_a_row_is_a_question(key: tuple[str, ...], expected: Question) -> None:
    assert question_of(key, 1, asked()) == expected
    assert question_words(expected, asked()).endswith("?")


@pytest.mark.parametrize(
    "key",
    [(), ("nobody",), ("workloads",), ("workloads", "gone"), ("pools", "gone"), ("offers", "9"), ("offers", "-1")],
)
def test_what_is_nothing_cannot_be_asked(key: tuple[str, ...]) -> None:
    with pytest.raises(Mistake, match="to ask about"):
        question_of(key, 0, asked())


@pytest.mark.parametrize(("period", "at"), [(-4, 0), (0, 0), (1, 1), (99, 1)])
def test_a_period_beyond_the_horizon_is_the_nearest(period: int, at: int) -> None:
    assert question_of(("pools", "north"), period, asked()).period == at


def test_periods_and_slices_follow_each_other() -> None:
    given = asked()
    question = Question(Subject.STREAM, ("chat", "us"), 0, "peak")
    following = later(question, 1, given)
    assert following is not None
    assert following.period == 1
    assert following.part == "peak"
    assert later(following, 1, given) is None
    assert later(question, -1, given) is None
    assert later(OVERVIEW, 1, given) is None
    base = next_slice(question, given)
    assert base is not None
    assert base.part == "base"
    again = next_slice(base, given)
    assert again == question
    assert next_slice(Question(Subject.STREAM, ("chat",), 0), given) == Question(Subject.STREAM, ("chat",), 0, "peak")
    assert next_slice(Question(Subject.POOL, ("north",), 0), given) is None
    assert next_slice(question, scenario()) is None


def test_names_of_limits_lead_on() -> None:
    given = asked()
    assert question_of_limit("capacity of north in 2026-01-02 peak", given) == Question(Subject.POOL, ("north",), 1)
    for name in ("capacity of gone in 2026-01-02", "capacity of north in 2031", "cash ceiling of 2026"):
        assert question_of_limit(name, given) == Question(Subject.LIMIT, (name,))


def test_questions_in_words() -> None:
    given = asked()
    words = question_words(Question(Subject.STREAM, ("chat", "us"), 1, "peak"), given)
    assert words == "Why is chat/us where it is in 2026-01-02, peak?"
    assert question_words(Question(Subject.OFFER, ("7",), 0), given) == "What limits offer 7 in 2026-01-01?"
    assert question_words(Question(Subject.POOL, ("north",), 9), given) == "What is one more instance of north worth?"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, AnswerState.WHOLE),
        ({"has_found": False}, AnswerState.NO_PLAN),
        ({"has_found": False, "has_plan": False, "is_working": True}, AnswerState.NO_PLAN),
        ({"has_found": False, "has_plan": False}, AnswerState.NO_SOLUTION),
        ({"is_asking": True}, AnswerState.ASKING),
        ({"is_whole": False}, AnswerState.PARTLY),
        ({"failed": True}, AnswerState.FAILED),
        ({"is_stale": True, "is_whole": False}, AnswerState.STALE),
    ],
)
def test_how_an_answer_stands(changed: dict[str, bool], expected: AnswerState) -> None:
    plain = {
        "has_found": True,
        "has_plan": True,
        "is_working": False,
        "is_asking": False,
        "is_whole": True,
        "failed": False,
        "is_stale": False,
    }
    assert answer_state(**{**plain, **changed}) is expected


def test_every_state_has_words_of_its_own() -> None:
    words = [state_words(state) for state in AnswerState]
    assert len(set(words)) == len(words)
    assert "STALE" in state_words(AnswerState.STALE)
    assert "answer before" in state_words(AnswerState.ASKING, has_older=True)
    assert "answer before" not in state_words(AnswerState.WHOLE, has_older=True)
