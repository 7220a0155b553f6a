"""Training: one run each, where and when it is cheapest, or unserved where it is not worth its cost."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.audit.audit import audit
from tests.scenarios import both, horizon, job, offer, pool, providers, scenario, service
from tests.solving import Answer, answer

FEW = settings(max_examples=15, deadline=None)


def chosen(found: Answer) -> list[tuple[str, int, int]]:
    return [(run.pool, run.first_period, run.accelerators) for run in found.plan.runs]


@given(prices=st.lists(st.floats(1, 50), min_size=3, max_size=3), value=st.floats(1, 3000))
@FEW
def test_a_job_runs_when_it_is_cheapest_or_not_at_all(prices: list[float], value: float) -> None:
    steps = {f"2026-01-0{day + 1}": price for day, price in enumerate(prices)}
    found = answer(
        scenario(
            horizon=horizon(count=3),
            offers=[offer(usd_per_hour=steps)],
            workloads={"tune": {**job(work=120), "value_of_unserved_usd": value}},
        )
    )
    # 30 hours on a node: a day and a quarter.
    costs = [24 * first + 6 * second for first, second in pairwise(prices)]
    assert found.cost_usd == pytest.approx(min([*costs, value]), rel=1e-6)
    assert len(found.plan.runs) == (0 if value < min(costs) else 1)
    assert len(found.plan.unserved) == (1 if value < min(costs) else 0)


@pytest.mark.parametrize(("deadline", "accelerators"), [("2026-01-03", 4), ("2026-01-02", 8)])
def test_a_deadline_makes_the_gang_larger(deadline: str, accelerators: int) -> None:
    training = {
        **job(work=160, deadline=deadline),
        "gangs": [{"accelerators": 4}, {"accelerators": 8, "efficiency": 0.9}],
    }
    found = answer(scenario(workloads={"tune": training}))
    assert chosen(found) == [("north", 0, accelerators)]
    # Two nodes for 160 / 7.2 hours cost more than one for 40.
    assert found.cost_usd == pytest.approx(400 if accelerators == 4 else 10 * 2 * 160 / 7.2)


@given(gigabytes=st.floats(0, 10_000))
@FEW
def test_a_dataset_draws_the_run_to_its_provider(gigabytes: float) -> None:
    training = job(work=96, dataset={"provider": "south", "gigabytes": gigabytes})
    found = answer(
        scenario(**both(), horizon=horizon(count=1), providers=providers(0, 0.01), workloads={"tune": training})
    )
    assert found.cost_usd == pytest.approx(min(240 + 0.01 * gigabytes, 288), rel=1e-6)


@given(capacity=st.integers(0, 3))
@FEW
def test_jobs_share_a_pool_only_as_far_as_it_holds_them(capacity: int) -> None:
    jobs: dict[str, Any] = {f"tune-{number}": job(work=96) for number in range(5)}
    found = answer(scenario(pools={"north": pool(capacity=capacity)}, workloads=jobs))
    assert len(found.plan.runs) == min(5, 2 * capacity)
    assert (found.follows.held <= capacity).all()
    assert found.cost_usd == pytest.approx(240 * min(5, 2 * capacity) + 1e6 * max(0, 5 - 2 * capacity))


def test_a_job_pushes_demand_out_that_is_worth_less() -> None:
    parts = {"pools": {"north": pool(capacity=1)}, "horizon": horizon(count=1)}
    chat = service(4)
    dear = answer(scenario(**parts, workloads={"chat": chat, "tune": job(work=96)}))
    assert chosen(dear) == [("north", 0, 4)]
    cheap = {**job(work=96), "value_of_unserved_usd": 100}
    found = answer(scenario(**parts, workloads={"chat": chat, "tune": cheap}))
    assert chosen(found) == []
    assert found.cost_usd == pytest.approx(240 + 100)


def test_spot_is_cheaper_until_interruptions_eat_it() -> None:
    for rate, on_spot in ((0.01, True), (0.2, False)):
        found = answer(
            scenario(
                horizon=horizon(count=6),
                pools={"north": pool(spot_capacity=1)},
                offers=[offer(), offer(usd_per_hour=4, option="spot", interruption_rate=rate)],
                workloads={"tune": {**job(work=96), "spot": {"interruption_overhead_hours": 4}}},
            )
        )
        (run,) = found.plan.runs
        assert run.spot == on_spot
        assert found.cost_usd == pytest.approx(4 * 24 / (1 - 4 * rate) if on_spot else 240)


def test_a_reservation_serves_a_run() -> None:
    found = answer(
        scenario(
            horizon=horizon("month", 1),
            pools={"north": pool(whole_instances=True)},
            offers=[offer(), offer(usd_per_hour=3, option="reserved", term_months=1)],
            workloads={"tune": job(work=4 * 700)},
        )
    )
    assert found.cost_usd == pytest.approx(3 * 744)
    assert found.plan.rentals == []


@pytest.mark.parametrize("whole", [False, True])
def test_a_run_that_ends_within_a_period_pays_for_its_hours(whole: bool) -> None:
    made = scenario(
        horizon=horizon("month", 1),
        pools={"north": pool(capacity=2, whole_instances=whole)},
        offers=[offer(usd_per_hour=10)],
        workloads={"tune": job(work=24)},
    )
    found = answer(made)
    assert found.cost_usd == pytest.approx(60)
    assert found.plan.totals.cost_usd == pytest.approx(60)
    assert audit(made, found.plan).passed


def test_what_serves_does_not_share_a_whole_instance_with_a_run_that_fills_the_period() -> None:
    made = scenario(
        horizon=horizon(count=1),
        pools={"north": pool(capacity=3, whole_instances=True)},
        workloads={"tune": job(work=96), "chat": service(2)},
    )
    found = answer(made)
    # One node for the run, and a whole one for half a node's service.
    assert found.cost_usd == pytest.approx(2 * 24 * 10)
    assert audit(made, found.plan).passed
