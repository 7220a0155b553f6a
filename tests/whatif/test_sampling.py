"""Draws: what they are distributed like, how they go together, and what a seed decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from router.reading.problems import Mistake
from router.whatif.factors import Correlation, DrawFactor
from router.whatif.sampling import draw

MANY = 20_000
FACTORS = {
    name: DrawFactor.model_validate(factor)
    for name, factor in {
        "agents": {"normal": {"mean": 1, "deviation": 0.2}, "at_least": 0.2, "at_most": 3},
        "inference": {"lognormal": {"median": 1, "sigma": 0.25}},
        "slip": {"triangular": {"low": 0, "mode": 2, "high": 6}, "whole": True},
        "spot": {"uniform": {"low": 1, "high": 3}},
    }.items()
}


def _columns(
    names: str = "agents inference slip spot", count: int = MANY, seed: int = 7, **correlated: float
) -> dict[str, Any]:
    factors = {name: FACTORS[name] for name in names.split()}
    rows = draw(factors, _correlations(**correlated), count, seed, Path())
    assert len(rows) == count
    assert all([name for name, _ in row] == names.split() for row in rows)
    return {name: np.array([dict(row)[name] for row in rows]) for name in factors}


def _correlations(**correlated: float) -> list[Correlation]:
    pairs = [(names.split("_"), value) for names, value in correlated.items()]
    return [Correlation.model_validate({"between": between, "is": value}) for between, value in pairs]


@pytest.mark.parametrize("seed", [0, 7, 2**63])
def test_moments_and_quantiles(seed: int) -> None:
    columns = _columns(seed=seed)
    # Four standard errors of the mean, so that a right sampler passes at any seed.
    for name, mean, deviation in (
        ("agents", 1, 0.2),
        ("inference", np.exp(0.25**2 / 2), np.sqrt(np.expm1(0.25**2) * np.exp(0.25**2))),
        ("slip", 8 / 3, np.sqrt(28 / 18 + 1 / 12)),
        ("spot", 2, np.sqrt(1 / 3)),
    ):
        assert columns[name].mean() == pytest.approx(mean, abs=4 * deviation / MANY**0.5), name
        assert columns[name].std() == pytest.approx(deviation, rel=0.03), name
    assert np.quantile(columns["inference"], [0.1, 0.5, 0.9]) == pytest.approx(
        stats.lognorm(s=0.25).ppf([0.1, 0.5, 0.9]), rel=0.02
    )
    assert stats.kstest(columns["spot"], stats.uniform(1, 2).cdf).pvalue > 1e-3


@pytest.mark.parametrize("asked", [0.6, -0.8, 0.0, 0.95])
def test_correlation_of_normal_scores_is_what_was_asked(asked: float) -> None:
    columns = _columns(agents_inference=asked, inference_spot=0.2)
    agents = stats.norm.ppf(stats.truncnorm(-4, 10, 1, 0.2).cdf(columns["agents"]))
    inference = np.log(columns["inference"]) / 0.25
    spot = stats.norm.ppf((columns["spot"] - 1) / 2)
    within = 4 / MANY**0.5
    assert np.corrcoef(agents, inference)[0, 1] == pytest.approx(asked, abs=within)
    assert np.corrcoef(inference, spot)[0, 1] == pytest.approx(0.2, abs=within)
    assert np.corrcoef(agents, spot)[0, 1] == pytest.approx(0, abs=within)
    # Of a Gaussian copula, Spearman's rank correlation is 6/pi * asin(r/2).
    ranks = stats.spearmanr(columns["agents"], columns["inference"]).statistic
    assert ranks == pytest.approx(6 / np.pi * np.arcsin(asked / 2), abs=within)


def test_correlation_leaves_each_distribution_as_it_is() -> None:
    alone, together = _columns(), _columns(agents_inference=0.9)
    for name in FACTORS:
        assert stats.ks_2samp(alone[name], together[name]).pvalue > 1e-3


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 400), seed=st.integers(0, 2**70), correlation=st.floats(-0.95, 0.95))
def test_a_longer_run_begins_with_a_shorter_one(count: int, seed: int, correlation: float) -> None:
    pairs = _correlations(agents_inference=correlation, inference_slip=0.3)
    longer = draw(FACTORS, pairs, 401, seed, Path())
    assert draw(FACTORS, pairs, count, seed, Path()) == longer[:count]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(list(FACTORS)), kept=st.sets(st.sampled_from(list(FACTORS)), min_size=1))
def test_other_factors_and_their_order_change_nothing(order: list[str], kept: set[str]) -> None:
    kept |= {"agents", "inference"}
    pairs = _correlations(inference_agents=0.5)
    everything = draw(FACTORS, _correlations(agents_inference=0.5), 50, 7, Path())
    some = draw({name: FACTORS[name] for name in order if name in kept}, pairs, 50, 7, Path())
    assert [dict(row) for row in some] == [{name: dict(row)[name] for name in kept} for row in everything]


def test_a_correlation_elsewhere_changes_nothing() -> None:
    assert np.array_equal(_columns(count=50)["agents"], _columns(count=50, inference_slip=0.5)["agents"])


def test_seeds_and_names_decide() -> None:
    assert _columns(count=20)["spot"].tolist() == _columns(count=20)["spot"].tolist()
    assert _columns(count=20)["spot"].tolist() != _columns(count=20, seed=8)["spot"].tolist()
    same = {"a": FACTORS["spot"], "b": FACTORS["spot"]}
    columns = np.array([[value for _, value in row] for row in draw(same, (), MANY, 7, Path())])
    assert abs(np.corrcoef(columns.T)[0, 1]) < 4 / MANY**0.5


def test_these_draws_stay_what_they_are() -> None:
    """A saved run goes on only if the same seed draws the same next year."""
    first, second = draw(FACTORS, _correlations(agents_inference=0.6), 2, 7, Path())
    assert [value for _, value in first] == pytest.approx(
        [0.9118346887306101, 0.9821101093716951, 3, 2.855206560265588], rel=1e-12
    )
    assert [value for _, value in second] == pytest.approx(
        [0.8665028486713808, 0.7169035158827769, 2, 1.2207551662793144], rel=1e-12
    )


@pytest.mark.parametrize(
    ("correlated", "found", "expected"),
    [
        (
            {"agents_inference": 0.9, "inference_slip": 0.9, "agents_slip": -0.9},
            "correlations of agents, inference, slip that contradict each other",
            "correlations that can hold all at once (their matrix positive definite)",
        ),
        ({"agents_inference": 0.9, "inference_slip": 0.9}, "correlations of agents, inference, slip that", None),
        ({"agents_agents": 0.5}, "'agents' twice", "two factors"),
    ],
)
def test_correlations_that_cannot_be(correlated: dict[str, float], found: str, expected: str | None) -> None:
    with pytest.raises(Mistake) as caught:
        draw(FACTORS, _correlations(**correlated), 1, 7, Path())
    assert (caught.value.found or "").startswith(found)
    assert expected is None or caught.value.expected == expected
    assert caught.value.path[0] == "correlations"


def test_a_pair_given_twice() -> None:
    with pytest.raises(Mistake, match="every pair once") as caught:
        draw(FACTORS, _correlations(agents_spot=0.5) + _correlations(spot_agents=0.5), 1, 7, Path())
    assert caught.value.found == "the correlation of 'spot' and 'agents' a second time"
    assert caught.value.path == ("correlations", 1, "between")


def test_an_unknown_factor() -> None:
    with pytest.raises(Mistake) as caught:
        draw(FACTORS, _correlations(agents_spott=0.5), 1, 7, Path())
    mistake = caught.value
    assert (mistake.found, mistake.suggestion) == ("the unknown factor 'spott'", "spot")
    assert mistake.expected == "one of agents, inference, slip, spot"
    assert mistake.path == ("correlations", 0, "between", 1)


def test_no_factor() -> None:
    with pytest.raises(Mistake, match="at least one factor"):
        draw({}, (), 1, 7, Path())


def test_mistakes_of_a_distribution_name_the_factor() -> None:
    factor = DrawFactor.model_validate({"empirical": {"file": "none.csv", "column": "x"}})
    with pytest.raises(Mistake) as caught:
        draw({"spot": factor}, (), 1, 7, Path("/nowhere"))
    assert caught.value.path == ("factors", "spot", "empirical", "file")
