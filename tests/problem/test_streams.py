"""Streams: their demand, and the pools that each may be served in."""

from __future__ import annotations

from typing import Any

import pytest

from router.problem.problem import Problem, build_problem
from tests.scenarios import PEAK_AND_BASE, both, fleet, horizon, job, offer, pool, scenario, service

LATENCIES = {
    "north": {"regions": {"north-1": {"geography": "us", "latency_ms": {"us": 20, "eu": 90}}}},
    "south": {"regions": {"south-1": {"geography": "eu", "latency_ms": {"eu": 15}}}},
}


def problem_of(**parts: Any) -> Problem:
    return build_problem(scenario(**{**both(), **parts}))


def places(problem: Problem) -> list[str]:
    pairs = problem.pairs
    return [
        f"{problem.stream_name(stream)}@{problem.pools.names[pool_index]}{'/spot' if spot else ''}"
        for stream, pool_index, spot in zip(pairs.stream, pairs.pool, pairs.spot, strict=True)
    ]


def test_a_streams_own_multipliers_come_before_the_slices() -> None:
    problem = problem_of(
        horizon=horizon(slices=PEAK_AND_BASE),
        workloads={
            "plain": service(demand={"values": [8, 12]}),
            "own": service(demand={"values": [8, 12]}, slice_multipliers={"peak": 0.5, "base": 0}),
        },
    )
    assert problem.streams.demand.tolist() == [[[16, 8], [24, 12]], [[4, 0], [6, 0]]]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ["north", "south"]),
        ({"residency": ["eu"]}, ["south"]),
        ({"residency": ["us", "eu"]}, ["north", "south"]),
        ({"residency": ["moon"]}, []),
        ({"max_latency_ms": 20}, ["north"]),
        ({"max_latency_ms": 19.9}, []),
        ({"eligible": {"providers": ["south"]}}, ["south"]),
        ({"throughput": {"north-node": 3}}, ["north"]),
        ({"throughput": {"vcpu": 1}}, []),
    ],
)
def test_eligible_pools(keys: dict[str, Any], expected: list[str]) -> None:
    problem = problem_of(providers=LATENCIES, workloads={"chat": service(**keys)})
    assert places(problem) == [f"chat/us@{name}" for name in expected]


def test_latency_is_that_to_the_streams_geography_and_silence_excludes() -> None:
    chat = service(max_latency_ms=90)
    chat["streams"]["eu"] = {"geography": "eu", "demand": 4, "max_latency_ms": 90}
    chat["streams"]["asia"] = {"geography": "asia", "demand": 4, "max_latency_ms": 1000}
    problem = problem_of(providers=LATENCIES, workloads={"chat": chat})
    # South states no latency to the US; nobody states one to Asia.
    assert places(problem) == ["chat/us@north", "chat/eu@north", "chat/eu@south"]


def test_a_streams_own_residency_and_latency_replace_the_workloads() -> None:
    chat = {**service(), "residency": ["eu"], "max_latency_ms": 1}
    chat["streams"] = {
        "inherits": {"geography": "eu", "demand": 4},
        "own": {"geography": "us", "demand": 4, "residency": ["us"], "max_latency_ms": 20},
    }
    assert places(problem_of(providers=LATENCIES, workloads={"chat": chat})) == ["chat/own@north"]


def test_spot_loses_throughput_by_interruptions() -> None:
    problem = problem_of(
        pools={"north": pool(spot_capacity=2), "south": pool("south", spot_capacity=2)},
        offers=[
            offer(),
            offer("south"),
            offer(option="spot", interruption_rate=0.1),
            offer("south", option="spot", interruption_rate=0.2),
        ],
        workloads={"chat": service(spot={"interruption_overhead_hours": 2}), "firm": service()},
    )
    assert places(problem) == ["chat/us@north", "chat/us@south", "chat/us@north/spot", "chat/us@south/spot",
                               "firm/us@north", "firm/us@south"]  # fmt: skip
    assert problem.pairs.throughput == pytest.approx([4, 4, 3.2, 2.4, 4, 4])
    assert problem.streams.spot_share.tolist() == [1.0, 0.0]


@pytest.mark.parametrize(("overhead", "usable"), [(4.9, True), (5.0, False), (9.0, False)])
def test_spot_that_does_nothing_but_recover_cannot_be_used(overhead: float, usable: bool) -> None:
    problem = problem_of(
        pools={"north": pool(spot_capacity=2)},
        offers=[offer(), offer(option="spot", interruption_rate=0.2)],
        workloads={"chat": service(spot={"interruption_overhead_hours": overhead})},
    )
    assert ("chat/us@north/spot" in places(problem)) == usable


def test_spot_needs_an_offer_and_capacity_in_the_period() -> None:
    spot = service(spot={})
    problem = problem_of(
        pools={"north": pool(spot_capacity={"2026-01-02": 2}), "south": pool("south", spot_capacity=3)},
        offers=[offer(), offer(option="spot"), offer("south")],
        workloads={"chat": spot},
    )
    assert places(problem) == ["chat/us@north", "chat/us@south", "chat/us@north/spot"]
    assert problem.pairs.present.tolist() == [[True, True], [True, True], [False, True]]
    never = problem_of(workloads={"chat": service(spot={"max_share": 0})})
    assert places(never) == ["chat/us@north", "chat/us@south"]


def test_a_pool_without_capacity_yet_is_not_present() -> None:
    problem = problem_of(**both(south={"2026-01-02": 5}))
    assert problem.pairs.present.tolist() == [[True, True], [False, True]]


def test_streams_keep_the_order_of_the_file_and_jobs_are_none() -> None:
    chat = service()
    chat["streams"]["eu"] = {"geography": "eu", "demand": 1}
    problem = problem_of(workloads={"tune": job(), "chat": chat, "bots": fleet()})
    assert [problem.stream_name(index) for index in range(3)] == ["chat/us", "chat/eu", "bots/us"]
    assert problem.streams.workload.tolist() == [1, 1, 2]


def test_calls_name_the_called_workload() -> None:
    call = {"workload": "chat", "units_per_unit": 0.25, "gb_per_unit_hour": 2}
    problem = problem_of(
        workloads={
            "bots": fleet(calls=[call, {**call, "workload": "draw", "units_per_unit": 3}]),
            "chat": service(),
            "draw": service(),
        }
    )
    assert problem.calls.stream.tolist() == [0, 0]
    assert problem.calls.workload.tolist() == [1, 2]
    assert problem.calls.units_per_unit.tolist() == [0.25, 3.0]
