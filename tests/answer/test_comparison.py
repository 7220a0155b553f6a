"""One case against another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.answer.answer import Answer
from router.answer.causes import CAUSE_OF_CATEGORY, Cause
from router.answer.comparison import compare, comparison, comparisons
from router.plan.document import BillCategory
from router.whatif.case import Case

from .made_up import answered, failed, full_answer, outcome, question

FACTOR = st.floats(0.2, 3)


@given(FACTOR, FACTOR, FACTOR, st.floats(0, 12), st.booleans())
def test_causes_add_up_to_the_difference(
    agents: float, inference: float, price: float, slip: float, signed: bool
) -> None:
    before = outcome()
    after = outcome(agents=agents, inference=inference, price=price, slip=slip, signed=signed)
    found = compare("a", before, "b", after)
    assert sum(part.change_usd for part in found.causes) == pytest.approx(found.difference_usd, abs=1.0)
    assert sum(part.change_usd for part in found.by_cause()) == pytest.approx(found.difference_usd, abs=1.0)
    assert all(part.change_usd for part in found.causes)
    assert sum(each.change for each in found.cash_by_year_usd) == pytest.approx(found.cash_usd.change, abs=1.0)


@given(FACTOR, FACTOR, st.floats(0, 12))
def test_turning_a_comparison_turns_every_change(agents: float, price: float, slip: float) -> None:
    before, after = outcome(), outcome(agents=agents, price=price, slip=slip)
    there, back = compare("a", before, "b", after), compare("b", after, "a", before)
    assert back.difference_usd == -there.difference_usd
    assert back.share_moved == pytest.approx(there.share_moved)
    assert {(part.cause, part.provider): part.change_usd for part in back.causes} == {
        (part.cause, part.provider): -part.change_usd for part in there.causes
    }
    assert back.shortfall_usd.change == -there.shortfall_usd.change
    assert back.unserved_usd.change == -there.unserved_usd.change


def test_a_plan_against_itself_changes_nothing() -> None:
    found = compare("a", outcome(), "a", outcome())
    assert not found.causes
    assert found.difference_usd == 0
    assert found.share_moved == 0
    assert found.proof.proved


def test_every_category_of_the_bill_has_a_cause() -> None:
    assert set(CAUSE_OF_CATEGORY) == {category.value for category in BillCategory}
    assert set(CAUSE_OF_CATEGORY.values()) == set(Cause)


def test_what_falls_after_the_horizon_is_a_reservation() -> None:
    base = outcome()
    more = {**base.cost_by_cause_usd, ("reservation_after_horizon", "azure"): 7e6}
    found = compare("a", base, "b", replace(base, cost_usd=base.cost_usd + 7e6, cost_by_cause_usd=more))
    (part,) = found.causes
    assert (part.cause, part.provider, part.change_usd) == (Cause.RESERVATIONS, "azure", 7e6)


def test_commitments_that_only_one_side_has() -> None:
    before, after = outcome(), outcome()
    after = replace(after, windows=tuple(window for window in after.windows if window.contract != "aws-edp"))
    found = {each.name: each for each in compare("a", before, "b", after).commitments}
    assert found["aws-edp/yearly"].promise_usd.before == pytest.approx(4.7e9)
    assert found["aws-edp/yearly"].promise_usd.after == 0


def test_limits_broken_and_mended() -> None:
    before = replace(outcome(), broken_limits=("limits.cash[0]", "limits.cash[1]"))
    after = replace(outcome(), broken_limits=("limits.cash[1]", "limits.share[0]"))
    found = compare("a", before, "b", after)
    assert found.limits_broken == ("limits.share[0]",)
    assert found.limits_mended == ("limits.cash[0]",)


def test_share_of_a_base_that_costs_nothing() -> None:
    nothing = replace(outcome(), cost_usd=0.0, lower_bound_usd=0.0)
    assert compare("a", nothing, "b", outcome()).share is None


def test_no_cash_no_shares() -> None:
    nothing = replace(outcome(), cash_usd=0.0, cash_by_provider_usd={})
    found = compare("a", nothing, "b", nothing)
    assert found.shares == ()
    assert found.share_moved == 0


def test_whatifs_without_a_plan_are_left_out() -> None:
    answer = full_answer(count=5)
    assert [each.after for each in comparisons(answer)] == [
        "gb300-late",
        "agents-3x",
        "aws-deal",
        "spot-doubles",
        "all-of-it",
    ]
    assert comparison(answer, "impossible") is None
    assert comparison(answer, "not-yet") is None
    against = comparison(answer, "all-of-it", "agents-3x")
    assert against is not None
    assert against.before == "agents-3x"


def test_without_a_base_there_is_nothing_to_compare() -> None:
    cases = (Case("base", "base"), Case("other", "other"))
    answer = Answer(question(whatifs=cases), {"base": failed("base"), "other": answered("other")})
    assert comparisons(answer) == ()


def test_what_is_known_of_cases() -> None:
    answer = full_answer(count=5)
    assert {each.name for each in answer.failures} == {"impossible", "price-and-slip/7", "uncertain/3"}
    assert answer.not_planned == ("not-yet",)
    assert [case.name for case in answer.whatifs][-1] == "impossible"
    assert answer.title("agents-3x") == "Agents grow threefold"
    assert answer.title("nobody") == "nobody"


def test_a_sweep_on_a_whatif_without_plan_is_compared_with_the_base() -> None:
    answer = full_answer(count=5)
    sweep = replace(answer.question.sweeps[1], extends="impossible")
    assert answer.reference(sweep)[0] == "base"
    assert answer.reference(replace(sweep, extends="agents-3x"))[0] == "agents-3x"
    nothing = Answer(answer.question, {})
    assert nothing.reference(sweep) == ("impossible", None)
