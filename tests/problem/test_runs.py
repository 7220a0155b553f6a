"""Candidate runs of training jobs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.problem.problem import Problem, build_problem
from tests.scenarios import both, horizon, job, offer, pool, providers, scenario


def problem_of(training: dict[str, Any], **parts: Any) -> Problem:
    return build_problem(scenario(**{"horizon": horizon(count=4), "workloads": {"tune": training}, **parts}))


def candidates(problem: Problem) -> list[tuple[str, int, int, float, float]]:
    """Pool, first and last period, instances, hours."""
    runs = problem.runs
    return [
        (
            problem.pools.names[runs.pool[run]] + ("/spot" if runs.spot[run] else ""),
            int(runs.first_period[run]),
            int(runs.last_period[run]),
            float(runs.instances[run]),
            round(float(runs.hours[run]), 6),
        )
        for run in range(runs.count)
    ]


def shares(problem: Problem, run: int) -> list[float]:
    mine = problem.runs.hold_run == run
    return [round(float(share), 9) for share in problem.runs.hold_share[mine]]


def test_a_run_takes_the_hours_of_its_work() -> None:
    problem = problem_of(job(work=120, gangs=(4,)))
    # 120 chip-hours on a node of 4: 30 hours, a day and a quarter.
    assert candidates(problem) == [("north", 0, 1, 1.0, 30.0), ("north", 1, 2, 1.0, 30.0), ("north", 2, 3, 1.0, 30.0)]
    assert shares(problem, 0) == [1.0, 0.25]
    assert problem.runs.hold_period[problem.runs.hold_run == 1].tolist() == [1, 2]


def test_a_gang_takes_whole_instances_and_its_efficiency_counts() -> None:
    training = {**job(work=96), "gangs": [{"accelerators": 5, "efficiency": 0.8}, {"accelerators": 1}]}
    problem = problem_of(training)
    first_of_each = [candidates(problem)[0], candidates(problem)[-1]]
    # 5 chips: 2 nodes, 96 / (8 * 0.8) = 15 hours; 1 chip: a node, 24 hours, exactly one period.
    assert first_of_each == [("north", 0, 0, 2.0, 15.0), ("north", 3, 3, 1.0, 24.0)]
    assert problem.runs.accelerators[[0, -1]].tolist() == [5, 1]
    assert shares(problem, problem.runs.count - 1) == [1.0]


def test_spot_takes_longer_and_needs_the_whole_job_on_spot() -> None:
    parts = {
        "pools": {"north": pool(spot_capacity=1)},
        "offers": [offer(), offer(option="spot", interruption_rate=0.1)],
    }
    spot = {"interruption_overhead_hours": 5}
    problem = problem_of({**job(work=96), "spot": spot}, **parts)
    assert ("north/spot", 0, 1, 1.0, 48.0) in candidates(problem)
    assert not problem_of({**job(work=96), "spot": {**spot, "max_share": 0.9}}, **parts).runs.spot.any()
    assert not problem_of(job(work=96), **parts).runs.spot.any()
    # Two nodes never fit a spot capacity of one.
    two = problem_of({**job(work=96, gangs=(8,)), "spot": spot}, **parts)
    assert [name for name, *_ in candidates(two)] == ["north"] * 4


@pytest.mark.parametrize(
    ("deadline", "starts"),
    [
        ("2026-01-02", []),
        ("2026-01-03", [0]),  # 48 hours end exactly at the start of this day
        ("2026-01-04", [0, 1]),
        ("2026-01-05", [0, 1, 2]),
        ("2030-01-01", [0, 1, 2]),  # ... and exactly at the horizon's end
    ],
)
def test_a_run_ends_by_the_deadline(deadline: str, starts: list[int]) -> None:
    problem = problem_of(job(work=192, deadline=deadline))
    assert problem.runs.first_period.tolist() == starts
    assert (problem.runs.last_period - problem.runs.first_period == 1).all()


@pytest.mark.parametrize(
    ("earliest", "starts"),
    [("2025-01-01", [0, 1, 2, 3]), ("2026-01-02", [1, 2, 3]), ("2026-01-04", [3]), ("2026-01-05", [])],
)
def test_a_run_starts_with_a_period_not_before_its_earliest_start(earliest: str, starts: list[int]) -> None:
    assert problem_of(job(work=96, earliest_start=earliest)).runs.first_period.tolist() == starts


def test_a_run_fits_the_pool_in_every_period_it_touches() -> None:
    pools = {"north": pool(capacity={"2026-01-01": 2, "2026-01-03": 1, "2026-01-04": 2})}
    # 27 hours on two nodes: the second day is touched, too.
    problem = problem_of(job(work=8 * 27, gangs=(8,)), pools=pools)
    assert problem.runs.first_period.tolist() == [0]
    one = problem_of(job(work=8 * 24, gangs=(8,)), pools=pools)
    assert one.runs.first_period.tolist() == [0, 1, 3]


def test_fractions_of_capacity_do_not_hold_a_gang() -> None:
    assert problem_of(job(gangs=(8,)), pools={"north": pool(capacity=1.99)}).runs.count == 0


def test_selector_and_throughput_leave_pools_out() -> None:
    parts = both()
    assert {name for name, *_ in candidates(problem_of(job(eligible={"providers": ["south"]}), **parts))} == {"south"}
    assert {name for name, *_ in candidates(problem_of(job(throughput={"north-node": 2}), **parts))} == {"north"}
    servers = {"pools": {"servers": pool(instance_type="north-server")}, "offers": [offer()]}
    assert problem_of(job(throughput={"vcpu": 1}), **servers).runs.count == 0


def test_a_dataset_is_transferred_to_other_providers_only() -> None:
    training = job(dataset={"provider": "south", "gigabytes": 500})
    problem = problem_of(training, **both(), providers=providers(north=0.1, south=0.02))
    by_pool = {
        problem.pools.names[pool_index]: (gigabytes, usd)
        for pool_index, gigabytes, usd in zip(
            problem.runs.pool, problem.runs.transfer_gb.tolist(), problem.runs.transfer_usd.tolist(), strict=True
        )
    }
    assert by_pool == {"north": (500.0, 10.0), "south": (0.0, 0.0)}


@pytest.mark.parametrize(
    ("deadline", "charged_in"), [("2026-01-03", 2), ("2026-01-04", 3), ("2026-01-05", 3), ("2027-01-01", 3)]
)
def test_an_unserved_job_is_charged_in_the_period_of_its_deadline(deadline: str, charged_in: int) -> None:
    assert problem_of(job(deadline=deadline)).jobs.charged_in.tolist() == [charged_in]


def test_the_shortest_run_still_holds_and_pays() -> None:
    # Half a second on a node: once it held nothing and was free.
    problem = problem_of(job(work=4 * 0.5 / 3600))
    assert problem.runs.hold_period.tolist() == [0, 1, 2, 3]
    assert problem.runs.last_period.tolist() == [0, 1, 2, 3]
    assert problem.runs.hold_share == pytest.approx([0.5 / 3600 / 24] * 4)


@given(
    work=st.floats(1, 2000),
    gang=st.sampled_from([1, 4, 6, 8, 16]),
    efficiency=st.floats(0.2, 1),
    earliest=st.integers(1, 28),
    length=st.integers(1, 60),
    capacity=st.integers(1, 5),
)
@settings(max_examples=60, deadline=None)
def test_candidates_agree_with_a_count_by_hand(
    work: float, gang: int, efficiency: float, earliest: int, length: int, capacity: int
) -> None:
    days = [1, 1, 7, 7, 7, 1, 1]
    periods = [("day", 2), ("week", 3), ("day", 2)]
    training = {
        **job(work=work, earliest_start=f"2026-01-{earliest:02d}"),
        "gangs": [{"accelerators": gang, "efficiency": efficiency}],
        "deadline": str(np.datetime64(f"2026-01-{earliest:02d}") + length),
    }
    problem = problem_of(
        training,
        horizon={"start": "2026-01-01", "periods": [{"every": every, "count": count} for every, count in periods]},
        pools={"north": pool(capacity=capacity)},
    )
    nodes = -(-gang // 4)
    hours = work / (nodes * 4 * efficiency)
    edges = [sum(days[:number]) for number in range(len(days) + 1)]
    expected = {}
    for first, day in enumerate(edges[:-1]):
        end = day + hours / 24
        if nodes > capacity or day < earliest - 1 or end > min(edges[-1], earliest - 1 + length) + 1e-9:
            continue
        held = [max(0.0, min(end, edges[t + 1]) - edges[t]) / days[t] for t in range(first, len(days))]
        expected[first] = [share for share in held if share > 1e-9]
    found = {int(problem.runs.first_period[run]): shares(problem, run) for run in range(problem.runs.count)}
    assert found.keys() == expected.keys()
    for first, parts in expected.items():
        assert found[first] == pytest.approx(parts, abs=1e-6)
