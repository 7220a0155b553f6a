"""The model's optimum is the best of all plans of a tiny scenario."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.brute_force import DAYS, Tiny, TinyJob, as_parts, cheapest
from tests.scenarios import scenario
from tests.solving import answer

PRICES = st.tuples(*[st.sampled_from([2.0, 5.0, 10.0, 12.5, 20.0])] * DAYS)
CAPACITIES = st.tuples(*[st.integers(0, 2)] * DAYS)


@st.composite
def jobs(draw: st.DrawFn) -> TinyJob:
    earliest = draw(st.integers(0, DAYS - 1))
    nodes = draw(st.integers(1, 2))
    return TinyJob(
        # Whole days: the hours of a run that ends within a day are tested in test_training.py.
        work=96.0 * nodes * draw(st.integers(1, 2)),
        nodes=nodes,
        earliest=earliest,
        latest=draw(st.integers(earliest, DAYS - 1)),
        value_usd=draw(st.sampled_from([50.0, 400.0, 5000.0])),
    )


TINY = st.builds(
    Tiny,
    capacity=st.tuples(CAPACITIES, CAPACITIES),
    price=st.tuples(PRICES, PRICES),
    demand=st.tuples(*[st.sampled_from([0.0, 1.0, 4.0, 6.5, 10.0])] * DAYS),
    unserved_usd=st.sampled_from([1.0, 3.0, 100.0]),
    jobs=st.lists(jobs(), max_size=2).map(tuple),
    promise_usd=st.sampled_from([0.0, 500.0, 2000.0]),
    shortfall_rate=st.sampled_from([0.0, 0.5, 1.0]),
    threshold_usd=st.sampled_from([100.0, 700.0, 1500.0]),
    discount=st.sampled_from([0.0, 0.1, 0.4]),
    reserved_usd_per_hour=st.sampled_from([1.0, 4.0, 9.0]),
)


@given(tiny=TINY)
@settings(max_examples=80, deadline=None)
def test_the_optimum_is_the_best_of_all_plans(tiny: Tiny) -> None:
    found = answer(scenario(**as_parts(tiny)))
    assert found.cost_usd == pytest.approx(cheapest(tiny), rel=1e-6, abs=1e-3)
    assert found.plan.totals.cost_usd == pytest.approx(found.cost_usd, rel=1e-6, abs=2e-2)


def test_three_jobs_compete_for_a_node() -> None:
    tiny = Tiny(
        capacity=((1, 1, 1), (1, 0, 1)),
        price=((10.0, 5.0, 10.0), (8.0, 8.0, 20.0)),
        demand=(4.0, 0.0, 2.0),
        unserved_usd=3.0,
        jobs=(
            TinyJob(96, 1, 0, 2, 5000),
            TinyJob(96, 1, 0, 2, 5000),
            TinyJob(192, 1, 0, 2, 400),
        ),
        promise_usd=600,
        shortfall_rate=0.5,
        threshold_usd=700,
        discount=0.1,
        reserved_usd_per_hour=6,
    )
    assert answer(scenario(**as_parts(tiny))).cost_usd == pytest.approx(cheapest(tiny))
