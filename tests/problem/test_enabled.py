"""A disabled workload is as good as not in the file, for everything that is built."""

from __future__ import annotations

from typing import Any

import pytest

from router.model.model import build_model
from router.problem.problem import build_problem
from router.scenario.scenario import Scenario
from router.scenario.workload import Agents
from tests.audit.random_scenarios import random_scenario
from tests.problem.grafting import graft
from tests.problem.same import assert_as_afresh, differences
from tests.scenarios import fleet, job, scenario, service

Data = dict[str, Any]


def _disabled(data: Data, *names: str) -> Data:
    off = {name: {**data["workloads"][name], "enabled": False} for name in names}
    return {**data, "workloads": {**data["workloads"], **off}}


def _removed(data: Data, *names: str) -> Data:
    """Without the workloads and without calls to them."""
    left = {}
    for name, workload in data["workloads"].items():
        if name not in names:
            calls = [call for call in workload.get("calls", ()) if call["workload"] not in names]
            left[name] = {**workload, "calls": calls} if "calls" in workload else workload
    return {**data, "workloads": left}


@pytest.mark.parametrize(("seed", "place"), [(seed, place) for seed in range(8) for place in range(6)])
def test_disabling_builds_what_removing_builds(seed: int, place: int) -> None:
    data = random_scenario(seed).model_dump()
    name = list(data["workloads"])[place % len(data["workloads"])]
    problem = build_problem(Scenario.model_validate(_disabled(data, name)))
    removed = build_problem(Scenario.model_validate(_removed(data, name)))
    assert (problem.disabled, removed.disabled) == ((name,), ())
    assert name not in problem.workloads
    found = differences(problem, removed)
    assert found == [".disabled: 1 and 0 parts"]
    model, other = build_model(problem), build_model(removed)
    assert differences(model.program, other.program) == []


def test_some_random_scenarios_have_calls_to_leave_out() -> None:
    workloads = [workload for seed in range(8) for workload in random_scenario(seed).workloads.values()]
    assert sum(len(workload.calls) for workload in workloads if isinstance(workload, Agents)) > 4


def test_calls_to_a_disabled_service_are_left_out_and_others_kept() -> None:
    calls = [{"workload": name, "units_per_unit": 1, "gb_per_unit_hour": size} for name, size in (("a", 1), ("b", 2))]
    workloads = {"a": service(enabled=False), "bots": fleet(calls=calls), "b": service(), "tune": job(enabled=False)}
    problem = build_problem(scenario(workloads=workloads))
    assert problem.workloads == ("bots", "b")
    assert problem.disabled == ("a", "tune")
    assert problem.calls.gb_per_unit_hour.tolist() == [2.0]
    assert problem.workloads[problem.calls.workload[0]] == "b"
    assert (problem.streams.workloads, problem.jobs.names, problem.runs.count) == (("bots", "b"), (), 0)


@pytest.mark.parametrize("seed", range(6))
def test_disabling_and_enabling_again_with_reuse_is_as_afresh(seed: int) -> None:
    start = random_scenario(seed)
    names = list(start.workloads)
    problem = build_problem(start)
    model = build_model(problem)
    first = problem
    current = start
    for off in (names[:1], names[:2], names, names[2:], []):
        after = Scenario.model_validate(_disabled(start.model_dump(), *off))
        current = graft(current, after)
        problem = build_problem(current, problem)
        model = build_model(problem, model)
        assert problem.disabled == tuple(name for name in names if name in off)
        assert_as_afresh(current, problem, model)
    assert differences(problem, first) == []


def test_an_edit_of_a_disabled_workload_changes_nothing() -> None:
    data = _disabled(random_scenario(3).model_dump(), "chat")
    before = Scenario.model_validate(data)
    problem = build_problem(before)
    model = build_model(problem)
    data["workloads"]["chat"] = {**data["workloads"]["chat"], "egress_gb_per_unit_hour": 12.0}
    after = build_problem(graft(before, Scenario.model_validate(data)), problem)
    assert differences(after, problem) == []
    assert after.streams is problem.streams
    assert build_model(after, model).program is model.program
