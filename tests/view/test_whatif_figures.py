"""Figures of a what-if as texts: differences that are not proved are marked, what is worse than the base is seen."""

from __future__ import annotations

import pytest

from router.outcome.outcome import Outcome
from router.sweep.answered import Answered
from router.view.whatif_figures import Figures, change_words, figures_of, is_doubtful
from tests.workspace.whatif_sample import outcome


@pytest.mark.parametrize(
    ("case", "base", "words"),
    [
        (outcome(1500, 1400), outcome(1000, 990), "+$500"),
        (outcome(1500, 1000), outcome(1000, 990), "+$500"),
        (outcome(1500, 999), outcome(1000, 990), "~+$500"),
        (outcome(900, 100), outcome(1000, 901), "-$100"),
        (outcome(900, 100), outcome(1000, 899), "~-$100"),
        (outcome(1000, 500), outcome(1000, 500), "same"),
        (outcome(1000.004, 500), outcome(1000, 500), "same"),
    ],
)
def test_a_difference_that_a_better_plan_could_turn_round_is_marked(case: Outcome, base: Outcome, words: str) -> None:
    assert change_words(case, base) == words
    assert is_doubtful(case, base) == words.startswith("~")
    assert is_doubtful(base, case) == is_doubtful(case, base)


def test_all_figures() -> None:
    case, base = Answered("x", outcome(2e6, 1.98e6, short=5e3, unserved=70)), outcome(1e6)
    assert figures_of(case, base) == Figures(
        cost="$2.00 M",
        change="+$1.00 M",
        gap="1 %",
        shortfall="! $5.00 k",
        unserved="! $70",
        alerts=frozenset({"shortfall", "unserved"}),
    )


def test_what_the_base_misses_too_is_no_alert() -> None:
    base = outcome(1e6, short=5e3, unserved=70)
    same = figures_of(Answered("x", outcome(2e6, short=5e3, unserved=70)), base)
    assert (same.shortfall, same.unserved, same.alerts) == ("$5.00 k", "$70", frozenset())
    worse = figures_of(Answered("x", outcome(2e6, short=5001, unserved=70)), base)
    assert worse.alerts == {"shortfall"}
    assert figures_of(Answered("x", outcome(2e6)), base).shortfall == "none"


def test_of_the_base_itself_there_is_no_difference_to_it() -> None:
    assert figures_of(Answered("base", outcome(1e6)), None).change == ""


def test_no_plan_and_nothing_known() -> None:
    assert figures_of(Answered("x", None, "because"), outcome(1e6)).change == "NO PLAN"
    assert figures_of(None, outcome(1e6)) == Figures()
