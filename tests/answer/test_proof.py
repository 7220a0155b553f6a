"""What bounds prove of a difference."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from router.answer.proof import Verdict, proof
from router.outcome.outcome import Outcome

from .made_up import outcome

USD = st.floats(-1e12, 1e12)
GAP_USD = st.floats(0, 1e10)


def plan(cost_usd: float, gap_usd: float) -> Outcome:
    return replace(outcome(), cost_usd=cost_usd, lower_bound_usd=cost_usd - gap_usd)


@given(USD, GAP_USD, USD, GAP_USD)
def test_the_difference_found_and_every_possible_one_lie_within(a: float, gap_a: float, b: float, gap_b: float) -> None:
    # Outcomes that are equal in every figure have a test of their own.
    assume((a, gap_a) != (b, gap_b))
    found = proof(plan(a, gap_a), plan(b, gap_b))
    assert found.least_usd <= found.difference_usd <= found.most_usd
    # Each plan's true cost lies between its bound and its cost: at the corners, the difference is at its ends.
    slack = 1e-3 + 1e-12 * max(abs(a), abs(b), gap_a, gap_b)
    for true_a in (a, a - gap_a):
        for true_b in (b, b - gap_b):
            assert found.least_usd - slack <= true_b - true_a <= found.most_usd + slack


@given(USD, GAP_USD, USD, GAP_USD)
def test_swapping_the_two_turns_the_verdict(a: float, gap_a: float, b: float, gap_b: float) -> None:
    there, back = proof(plan(a, gap_a), plan(b, gap_b)), proof(plan(b, gap_b), plan(a, gap_a))
    turned = {Verdict.DEARER: Verdict.CHEAPER, Verdict.CHEAPER: Verdict.DEARER}
    assert back.verdict == turned.get(there.verdict, there.verdict)


def test_a_difference_smaller_than_the_gaps_is_open() -> None:
    found = proof(plan(100e9, 1e9), plan(100.5e9, 1e9))
    assert found.verdict == Verdict.OPEN
    assert not found.proved
    assert (found.least_usd, found.most_usd) == (-0.5e9, 1.5e9)


def test_a_difference_larger_than_the_gaps_is_proved() -> None:
    assert proof(plan(100e9, 1e9), plan(102e9, 1e9)).verdict == Verdict.DEARER
    assert proof(plan(102e9, 1e9), plan(100e9, 1e9)).verdict == Verdict.CHEAPER


def test_costs_proved_and_equal_are_the_same() -> None:
    found = proof(plan(100e9, 0), plan(100e9 + 10, 0))
    assert found.verdict == Verdict.SAME
    assert found.exact


def test_one_and_the_same_outcome_leaves_nothing_open() -> None:
    assert proof(outcome(gap=0.1), outcome(gap=0.1)).verdict == Verdict.SAME


def test_a_bound_above_its_cost_by_the_last_bits_does_no_harm() -> None:
    found = proof(plan(100e9, 0), plan(101e9, -1e-4))
    assert found.least_usd <= found.difference_usd <= found.most_usd
