"""Which facts of a line fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.report.layout import text_width
from router.view.fact import FACT_GAP, Fact, FactRole, fitted, shortened

COST = Fact("cost", "$1", "cost $1", 1)
GAP = Fact("gap", "gap 1 %", "gap 1 %: at most $5 to save", 7)
SHORT = Fact("shortfall", "SHORT $2", "SHORT by $2 in 1 of 3 windows", 5, FactRole.ALERT)
QUIET = Fact("stale", "", "", 2)


def test_all_in_full_where_there_is_room() -> None:
    shown = fitted([COST, SHORT, GAP, QUIET], 100)
    assert [fact.text for fact in shown] == [COST.long, SHORT.long, GAP.long]


def test_the_least_important_is_told_in_short_first() -> None:
    full = len(COST.long) + len(SHORT.long) + len(GAP.long) + 2 * FACT_GAP
    assert [fact.text for fact in fitted([COST, SHORT, GAP], full)] == [COST.long, SHORT.long, GAP.long]
    assert [fact.text for fact in fitted([COST, SHORT, GAP], full - 1)] == [COST.long, SHORT.long, GAP.short]


def test_alerts_go_after_others_and_the_first_rank_last() -> None:
    assert [fact.name for fact in fitted([COST, SHORT, GAP], 12)] == ["cost", "shortfall"]
    assert [fact.name for fact in fitted([COST, SHORT, GAP], 8)] == ["cost"]
    assert fitted([COST, SHORT, GAP], 1) == ()


def test_a_name_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="each name once"):
        fitted([COST, COST], 80)


FACTS = st.lists(
    st.builds(
        Fact,
        name=st.uuids().map(str),
        short=st.text("ab界", max_size=5),
        long=st.text("ab界 ", max_size=12),
        rank=st.integers(1, 9),
        role=st.sampled_from(FactRole),
    ),
    max_size=6,
)


@given(FACTS, st.integers(0, 60))
def test_never_wider_than_there_is_room(facts: list[Fact], width: int) -> None:
    shown = fitted(facts, width)
    assert sum(text_width(fact.text) for fact in shown) + FACT_GAP * max(0, len(shown) - 1) <= width
    names = [fact.name for fact in facts]
    assert [names.index(fact.name) for fact in shown] == sorted(names.index(fact.name) for fact in shown)


@pytest.mark.parametrize(("width", "expected"), [(0, ""), (1, "…"), (4, "abc…"), (6, "abcdef"), (9, "abcdef")])
def test_a_text_is_shortened_at_its_end(width: int, expected: str) -> None:
    assert shortened("abcdef", width) == expected
