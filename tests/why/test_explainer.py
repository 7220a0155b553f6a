"""What is asked about when nothing is named, pools that are out of question, and the document."""

from __future__ import annotations

import json
import threading
from typing import Any

import numpy as np
import pytest

from router.engine.stop_signal import StopSignal
from router.model.model import build_model
from router.problem.problem import build_problem
from router.scenario.scenario import Scenario
from router.why.document import why_document
from router.why.explainer import Explainer
from router.why.fixed_program import NoPricesError
from router.why.ineligible import ineligible_for_job, ineligible_for_stream
from tests import scenarios
from tests.audit.random_scenarios import random_scenario
from tests.scenarios import PEAK_AND_BASE, both, horizon, job, offer, pool, scenario, service
from tests.solving import optimum
from tests.why.fixed import explained


def test_the_biggest_allocation_is_the_one_on_which_most_is_spent() -> None:
    demand = {"values": [8, 24]}
    days = horizon(count=2, slices=PEAK_AND_BASE)
    made = scenario(horizon=days, workloads={"chat": service(demand)}, **both(north=4))
    asked = explained(build_model(build_problem(made)))
    # Second day: peak 48 units for 6 hours (4 nodes at north, 6 at south), base 24 for 18 hours (4 and 2).
    assert asked.biggest() == (0, 1, 1, 0)
    assert asked.biggest(pool=1) in {(0, 1, 0, 1), (0, 1, 1, 1)}
    assert asked.biggest(period=0, part=0) == (0, 0, 0, 0)
    assert asked.biggest_allocations(5) == [(0, 1, 1, 0)]


def test_where_nothing_is_served_the_most_demand_is_asked_about() -> None:
    made = scenario(workloads={"chat": service({"values": [8, 16]}, value_of_unserved_usd_per_unit_hour=0.1)})
    asked = explained(build_model(build_problem(made)))
    assert asked.biggest() == (0, 1, 0, -1)
    assert asked.biggest(streams=[0], period=0) == (0, 0, 0, -1)
    why = asked.served(0, 1, 0)
    assert why.here.name == "left out"
    assert why.here.marginal_usd == pytest.approx(0.1)
    assert why.others[0].move_usd == pytest.approx(2.5 - 0.1)


def test_without_demand_there_is_nothing_to_ask() -> None:
    asked = explained(build_model(build_problem(scenario(workloads={"chat": service(0), "tune": job()}))))
    assert asked.biggest() is None
    assert asked.biggest_allocations(3) == []


def test_scarce_pools_come_by_what_they_are_worth() -> None:
    made = scenario(**both(north={"2026-01-01": 1, "2026-01-02": 2}))
    asked = explained(build_model(build_problem(made)))
    assert [limit.name for limit in asked.scarce_pools(5)] == ["capacity of north in 2026-01-01"]


def test_every_pool_is_a_place_or_has_a_reason() -> None:
    for seed in range(4):
        made = random_scenario(seed)
        asked = explained(build_model(build_problem(made)))
        problem = asked.book.problem
        for stream in range(problem.streams.count):
            for period in range(0, problem.calendar.periods, 2):
                if problem.streams.demand[stream, period].max() <= 0:
                    continue
                part = int(np.argmax(problem.streams.demand[stream, period]))
                why = asked.served(stream, period, part)
                places = {place.pool for place in (why.here, *why.others) if place.pool is not None}
                out = dict(ineligible_for_stream(made, problem, stream, period))
                assert places | set(out) == set(problem.pools.names)
                assert not {pool for pool in places & set(out) if out[pool] != "no offer in that period"}
        for number in range(len(problem.jobs.names)):
            runs = {place.pool for place in asked.trained(number).others if place.pool is not None}
            here = asked.trained(number).here.pool
            out = dict(ineligible_for_job(made, problem, number))
            assert (runs | {here} - {None}) | set(out) == set(problem.pools.names)
            assert not runs & set(out)


def reasons(made: Scenario) -> dict[str, str]:
    """Why pools cannot serve the first stream on the first day."""
    return dict(ineligible_for_stream(made, build_problem(made), 0, 0))


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"workloads": {"chat": service(eligible={"providers": ["north"]})}}, "its selector leaves the pool out"),
        ({"workloads": {"chat": service(throughput={"north-node": 4})}}, "no throughput for chip"),
        ({"workloads": {"chat": service(residency=["us"])}}, "residency: outside us"),
        ({"workloads": {"chat": service(max_latency_ms=20)}}, "latency: more than 20 ms from us, or not stated"),
        ({"pools": {"north": pool(), "south": pool("south", {"2026-01-02": 5})}}, "no capacity in that period"),
        ({"offers": [offer()]}, "no offer in that period"),
        ({"pools": {"north": pool(), "south": pool("south", instance_type="south-server")}}, "no throughput for CPUs"),
    ],
)
def test_pools_out_of_question_have_a_reason(parts: dict[str, Any], reason: str) -> None:
    made: dict[str, Any] = {**both(), **parts}
    made["providers"] = scenarios.providers()
    made["providers"]["north"]["regions"]["north-1"]["latency_ms"] = {"us": 10}
    found = reasons(scenario(**made))
    assert found == {"south": reason}


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"eligible": {"providers": ["north"]}}, "its selector leaves the pool out"),
        ({"throughput": {"north-node": 4}}, "no throughput for chip"),
        ({"gangs": (48,)}, "no gang fits its capacity long enough between earliest start and deadline"),
    ],
)
def test_pools_that_hold_no_run_have_a_reason(parts: dict[str, Any], reason: str) -> None:
    made = scenario(**both(north=20, south=10), workloads={"tune": job(**parts)})
    assert dict(ineligible_for_job(made, build_problem(made), 0)) == {"south": reason}


def test_a_program_without_a_plan_has_no_prices() -> None:
    made = scenario(workloads={"tune": job(), "more": job()}, pools={"north": pool(capacity=1)})
    model = build_model(build_problem(made))
    values = np.zeros(model.program.columns)
    values[model.columns.ids("run")] = 1.0
    with pytest.raises(NoPricesError, match="no prices"):
        Explainer(model, values)


def test_a_question_that_is_interrupted_has_no_half_answer() -> None:
    model = build_model(build_problem(scenario(**both(north=1))))
    values, _ = optimum(model)
    interrupt = threading.Event()
    asked = Explainer(model, values, stop=StopSignal(None, interrupt))
    interrupt.set()
    with pytest.raises(NoPricesError, match="interrupted"):
        asked.served(0, 0, 0)
    interrupt.clear()
    assert asked.served(0, 0, 0).here.name == "north"


def test_the_document_holds_every_answer_and_no_infinity() -> None:
    made = scenario(**both(north=1), workloads={"chat": service(), "tune": job()})
    asked = explained(build_model(build_problem(made)))
    whole = why_document(
        "test",
        [(asked.served(0, 0, 0), "units", ())],
        [(asked.trained(0, exact=2), (("south", "because"),))],
        [asked.worth(asked.limits.capacity(0, 0), ranges=False)],
    )
    again = json.loads(json.dumps(whole, allow_nan=False))
    assert again == whole
    assert whole["trained"][0]["ineligible"] == [{"pool": "south", "because": "because"}]
    assert whole["limits"][0]["one_more"]["holds_for"] is None
