"""Draws: fans, shortfalls, what failed, what explains the cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from router.answer.answer import Answer
from router.answer.fan import fan_of
from router.answer.shortfall import commitment_spreads
from router.answer.spread import PERCENTILES
from router.answer.uncertainty import uncertainty
from router.outcome.outcome import Outcome
from router.scenario.dates import period_boundaries
from router.sweep.answered import Answered
from router.whatif.case import Case
from router.whatif.question import Draws, Factor

from .made_up import draws, failed, full_answer, outcome, planned, question, scenario


def some(count: int = 40) -> list[Outcome]:
    found = [planned(case).outcome for case in draws(count=count).cases]
    return [each for each in found if each is not None]


def test_failures_are_counted_and_in_no_figure() -> None:
    drawn = draws(count=50)
    known = {case.name: planned(case) for case in drawn.cases[:40]}
    answer = Answer(question(draws=(drawn,)), {"base": Answered("base", outcome()), **known})
    clean = uncertainty(answer, drawn)
    assert clean is not None
    assert (clean.asked, clean.count, clean.failed, clean.not_planned) == (50, 40, 0, 10)
    broken = {case.name: failed(case.name) for case in drawn.cases[40:45]}
    found = uncertainty(Answer(answer.question, {**answer.answered, **broken}), drawn)
    assert found is not None
    assert (found.count, found.failed, found.not_planned) == (40, 5, 5)
    assert found.cost_usd == clean.cost_usd
    assert found.commitments == clean.commitments
    assert found.unserved == clean.unserved
    assert found.explains == clean.explains


def test_no_draw_with_a_plan() -> None:
    drawn = draws(count=2)
    answer = Answer(question(draws=(drawn,)), {case.name: failed(case.name) for case in drawn.cases})
    assert uncertainty(answer, drawn) is None


def test_differences_are_against_what_the_draws_start_from() -> None:
    answer = full_answer(count=30)
    drawn = replace(answer.question.draws[0], extends="agents-3x")
    found = uncertainty(answer, drawn)
    other = answer.outcome("agents-3x")
    assert found is not None
    assert other is not None
    assert found.difference_usd is not None
    assert found.reference == "agents-3x"
    assert found.difference_usd.mean == pytest.approx(found.cost_usd.mean - other.cost_usd)
    assert found.dearer is not None
    assert found.dearer.hits == sum(cost > other.cost_usd for cost in found.costs_usd)


def test_without_a_reference_there_are_no_differences() -> None:
    drawn = draws(count=5)
    answer = Answer(question(draws=(drawn,)), {case.name: planned(case) for case in drawn.cases})
    found = uncertainty(answer, drawn)
    assert found is not None
    assert found.difference_usd is None
    assert found.dearer is None
    assert found.reference_cost_usd is None
    assert found.fan is not None
    assert found.fan.reference_cash_usd is None


def test_cash_of_a_year_that_only_some_draws_have_counts_as_nothing_in_the_others() -> None:
    one, two = outcome(), outcome()
    one = replace(one, cash_by_year_usd={**one.cash_by_year_usd, "2029": 8.0})
    drawn = Draws("d", "d", 1, (), (Case("d/1", "1", group="d"), Case("d/2", "2", group="d")), "base")
    answer = Answer(question(draws=(drawn,)), {"d/1": Answered("d/1", one), "d/2": Answered("d/2", two)})
    found = uncertainty(answer, drawn)
    assert found is not None
    assert dict(found.cash_by_year_usd)["2029"].mean == 4.0


def test_fan_is_the_percentiles_of_each_period() -> None:
    outcomes = some()
    fan = fan_of(outcomes, outcomes[0], scenario().horizon)
    assert fan is not None
    periods = len(fan.boundaries) - 1
    assert fan.cash_usd.shape == fan.cumulative_usd.shape == (len(PERCENTILES), periods)
    cash = np.array([each.cash_by_period_usd for each in outcomes])
    np.testing.assert_allclose(fan.cash_usd[2], np.median(cash, axis=0))
    np.testing.assert_allclose(fan.cumulative_usd[:, -1], np.percentile(cash.sum(axis=1), PERCENTILES))
    assert (np.diff(fan.cumulative_usd, axis=0) >= 0).all()
    assert fan.boundaries == tuple(period_boundaries(scenario().horizon))
    assert fan.months == pytest.approx(3.0, abs=0.1)
    assert fan.reference_cash_usd is not None


def test_draws_with_other_periods_are_left_out_of_the_fan_and_counted() -> None:
    outcomes = some(10)
    outcomes[3] = replace(outcomes[3], cash_by_period_usd=(1.0, 2.0))
    fan = fan_of(outcomes, replace(outcomes[0], cash_by_period_usd=(1.0,)), scenario().horizon)
    assert fan is not None
    assert (fan.count, fan.left_out) == (9, 1)
    assert fan.reference_cash_usd is None
    assert fan_of([outcomes[3]], None, scenario().horizon) is None
    assert fan_of([], None, scenario().horizon) is None


def test_shortfalls_are_counted_by_draw_not_by_window() -> None:
    base = outcome()

    def missing(*usd: float) -> Outcome:
        """The windows of Oracle's site with these shortfalls, the others met."""
        oracle = [window for window in base.windows if window.contract == "oracle-site"]
        return replace(
            base,
            windows=tuple(replace(window, shortfall_usd=each) for window, each in zip(oracle, usd, strict=True)),
        )

    (found,) = commitment_spreads([missing(0, 0, 0), missing(10, 20, 0), missing(0, 60, 0), missing(0, 0.001, 0)])
    assert found.name == "oracle-site/yearly"
    assert (found.chance.hits, found.chance.count) == (2, 4)
    assert found.when_missed_usd == 45.0
    assert found.mean_usd == 22.5
    assert found.worst_usd == 60.0
    assert [window.chance.hits for window in found.windows] == [1, 2, 0]
    assert [window.when_missed_usd for window in found.windows] == [10.0, 40.0, None]


def test_rounding_of_a_huge_promise_is_no_shortfall() -> None:
    window = replace(outcome().windows[0], promise_usd=3e11, shortfall_usd=200.0)
    (found,) = commitment_spreads([replace(outcome(), windows=(window,))])
    assert found.chance.hits == 0
    assert found.when_missed_usd is None


def test_a_contract_that_only_some_draws_have() -> None:
    full = outcome()
    without = replace(full, windows=tuple(window for window in full.windows if window.contract != "aws-edp"))
    found = {each.name: each for each in commitment_spreads([full, without, without])}
    assert found["aws-edp/yearly"].chance.count == 1
    assert found["azure-macc/yearly"].chance.count == 3


def test_a_promise_that_varies_is_told() -> None:
    first = outcome().windows[0]
    (found,) = commitment_spreads(
        [replace(outcome(), windows=(replace(first, promise_usd=usd),)) for usd in (1e9, 2e9)]
    )
    assert found.windows[0].promise_varies
    assert found.windows[0].promise_usd.median == 1.5e9
    assert not commitment_spreads([outcome()])[0].windows[0].promise_varies


def test_the_factor_that_decides_comes_first() -> None:
    answer = full_answer(count=300)
    found = uncertainty(answer, answer.question.draws[0])
    assert found is not None
    assert found.explains[0].factor == "inference"
    assert found.explains[0].correlation is not None
    assert found.explains[0].correlation > 0.7
    assert found.explains[0].beyond_chance


def test_texts_and_constants_explain_nothing() -> None:
    factors = (Factor("kind", "kind"), Factor("same", "same"))
    cases = tuple(
        Case(f"d/{at}", str(at), group="d", factors=(("kind", "ab"[at % 2]), ("same", 1.0))) for at in range(6)
    )
    drawn = Draws("d", "d", 1, factors, cases, "base")
    known = {case.name: Answered(case.name, outcome(agents=1 + at / 9)) for at, case in enumerate(cases)}
    found = uncertainty(Answer(question(draws=(drawn,)), known), drawn)
    assert found is not None
    assert [each.correlation for each in found.explains] == [None, None]


def test_percentiles_of_the_cheapest_plans_lie_between_bounds_and_costs() -> None:
    answer = full_answer(count=50)
    found = uncertainty(answer, answer.question.draws[0])
    assert found is not None
    for low, high in zip(found.bound_usd.percentiles, found.cost_usd.percentiles, strict=True):
        assert low < high
    assert found.gap.most == pytest.approx(0.0004)


def test_the_worst_commitment_is_that_with_the_largest_mean_shortfall() -> None:
    answer = full_answer(count=50)
    found = uncertainty(answer, answer.question.draws[0])
    assert found is not None
    assert found.worst_commitment is not None
    assert found.worst_commitment.name == "oracle-site/yearly"
    assert replace(found, commitments=()).worst_commitment is None
    met = [replace(each, chance=replace(each.chance, hits=0), mean_usd=0.0) for each in found.commitments]
    assert replace(found, commitments=tuple(met)).worst_commitment is None
