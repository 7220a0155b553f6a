"""Break-evens in plain words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from router.answer.bisection import break_even
from router.report.whatif.break_even_words import break_even_sentences
from router.sweep.answered import Answered
from tests.answer.made_up import asked, failed, outcome

SECOND_USD = 1e9


def words(
    difference_usd: Callable[[float], float],
    low: float = 0.0,
    high: float = 1.0,
    within: float = 0.001,
    gap_usd: float = 0.0,
    is_date: bool = False,
    most_trials: int = 120,
) -> str:
    """What is told where the first costs so much more than the second."""

    def plan(usd: float) -> Answered:
        cost = SECOND_USD + usd
        return Answered("aws-deal", replace(outcome(), cost_usd=cost, lower_bound_usd=cost - gap_usd))

    question = asked(low=low, high=high, within=within, is_date=is_date)
    found = break_even(question, lambda value: plan(difference_usd(value)), plan(0.0), most_trials)
    return " ".join(break_even_sentences(question, found))


def test_a_root() -> None:
    text = words(lambda value: 1e8 * (0.25 - value))
    assert text.startswith("aws-deal costs less from discount 0.25 on; below it, the base does.")
    assert "Both cost $1.00 B there (discounted)." in text
    assert "plans made." in text


def test_the_other_way_round() -> None:
    assert words(lambda value: 1e8 * (value - 0.25)).startswith(
        "The base costs less from discount 0.25 on; below it, aws-deal does."
    )


def test_what_is_not_proved() -> None:
    text = words(lambda value: 1e7 * (0.5 - value), gap_usd=1e6)
    assert "Proved up to discount 0.3" in text
    assert "between these the difference is within the gaps." in text
    assert "Not proved on either side" in words(lambda value: 1e5 * (0.5 - value), gap_usd=1e6)


def test_proved_on_one_side_only() -> None:
    text = words(lambda value: 1e7 * (0.1 - value), gap_usd=2e6)
    assert "Proved from discount 0.3" in text
    assert "below, the difference is within the gaps at every value tried." in text


def test_a_jump() -> None:
    text = words(lambda value: 3e6 if value < 0.4 else -8e6)
    assert "There the difference jumps: at discount" in text
    assert "the base is $3.00 M cheaper" in text
    assert "aws-deal is $8.00 M cheaper" in text


def test_throughout() -> None:
    text = words(lambda value: 5e6 + 1e6 * value)
    assert text.startswith(
        "No break-even: the base costs less than aws-deal at every value tried from discount 0 to 1: by $5.00 M to "
        "$6.00 M ($5.00 M at discount 0, $6.00 M at 1)."
    )
    assert "Proved at each of these values." in text


def test_throughout_but_not_proved() -> None:
    assert "Nowhere proved" in words(lambda value: 5e6, gap_usd=1e7)
    assert "Proved but for some values from discount 0 to 0.25" in words(lambda value: 1e6 + 8e6 * value, gap_usd=4e6)


def test_the_same_throughout() -> None:
    assert words(lambda value: 0.0).startswith(
        "No break-even: aws-deal and the base cost the same from discount 0 to 1."
    )


def test_a_plateau() -> None:
    text = words(lambda value: 1e8 * (min(0.0, value - 0.3) + max(0.0, value - 0.6)))
    assert text.startswith(
        "Both cost the same from discount 0.301 to 0.6; below that aws-deal costs less; above it the"
    )


def test_a_plateau_at_the_start() -> None:
    text = words(lambda value: 1e8 * max(0.0, value - 0.7))
    assert text.startswith("Both cost the same from discount 0 to 0.699; above it the base costs less.")


def test_several_crossings() -> None:
    text = words(lambda value: 1e8 * math.cos(2 * math.pi * value))
    assert text.startswith("The cheaper of aws-deal and the base changes 2 times from discount 0 to 1:")
    assert "aws-deal, by up to $100 M (proved)." in text


def test_a_search_that_was_cut_short() -> None:
    text = words(lambda value: 1e9 * (0.3 - value), within=1e-6, most_trials=8)
    assert "costs less above about discount 0.3" in text
    assert "the search went no further" in text


def test_days() -> None:
    first, last = date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()
    tipping = date(2026, 8, 20).toordinal()
    text = words(lambda day: 5e6 if day < tipping else -5e6, first, last, 1.0, is_date=True)
    assert text.startswith("aws-deal costs less from 2026-08-20 on; up to 2026-08-19, the base does.")


def test_a_failure() -> None:
    found = break_even(asked(), lambda value: failed("aws-deal"), Answered("base", outcome()))
    (text,) = break_even_sentences(asked(), found)
    assert text == "No answer: aws-deal at discount 0: the search found no plan in 5 s."
