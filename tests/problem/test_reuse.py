"""Reuse: what is taken over, what is made again, and that both come out as afresh."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields

import numpy as np
import pytest

from router.arrays import BoolArray, FloatArray
from router.model.model import build_model
from router.problem.problem import Problem, build_problem
from router.problem.reuse import Reuse, equal_bits, same, unchanged
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import shipped_folder
from tests.audit.random_scenarios import random_scenario
from tests.problem.edits import EDITS, Edit, applied, edited
from tests.problem.grafting import graft
from tests.problem.same import assert_as_afresh


@dataclass(frozen=True)
class Table:
    names: tuple[str, ...]
    values: FloatArray
    flags: BoolArray


def table(values: FloatArray, name: str) -> Table:
    return Table((name, "b"), values * 2, values > 0)


def test_the_same_arguments_give_the_same_object() -> None:
    values = np.array([1.0, -1.0])
    first = Reuse()
    made = first.take("table", table, values, "a")
    second = Reuse(first.made)
    assert second.take("table", table, values, "a") is made
    assert Reuse(second.made).take("table", table, values, "a") is made


def test_what_comes_out_as_before_is_taken_over_field_by_field() -> None:
    values = np.array([1.0, -1.0])
    first = Reuse()
    made = first.take("table", table, values, "a")
    assert Reuse(first.made).take("table", table, values.copy(), "a") is made
    later = Reuse(first.made).take("table", table, np.array([3.0, -1.0]), "a")
    assert later.values.tolist() == [6.0, -2.0]
    assert later.values is not made.values
    assert later.flags is made.flags
    assert later.names is made.names


def test_parts_are_kept_while_the_whole_is_taken_over() -> None:
    calls = []

    def part(value: str) -> str:
        calls.append(value)
        return value.upper()

    def whole(reuse: Reuse, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(reuse.take(value, part, value) for value in values)

    first = Reuse()
    first.take_in_parts("whole", whole, ("a", "b"))
    second = Reuse(first.made)
    second.take_in_parts("whole", whole, ("a", "b"))
    third = Reuse(second.made)
    assert third.take_in_parts("whole", whole, ("a", "b", "c")) == ("A", "B", "C")
    assert calls == ["a", "b", "c"]


def test_a_build_holds_nothing_of_the_builds_before_the_last() -> None:
    first = Reuse()
    first.take("old", table, np.ones(1), "a")
    second = Reuse(first.made)
    second.take("new", table, np.ones(1), "a")
    assert list(second.made) == ["new"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1, 1, True),
        (1, 1.0, False),
        (1, True, False),
        (0.0, -0.0, False),
        (1e9, 1e9, True),
        ("ab", "".join(["a", "b"]), True),
        ((1, ("a",)), (1, ("a",)), True),
        ((1, 2), (1, 2, 3), False),
        (None, None, True),
        ([1], [1], False),
    ],
)
def test_which_arguments_are_the_same(one: object, other: object, expected: bool) -> None:
    assert same(one, other) is expected


def test_arrays_as_arguments_are_the_same_only_as_objects() -> None:
    values = np.ones(3)
    assert same(values, values)
    assert not same(values, values.copy())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (np.array([0.0]), np.array([-0.0]), False),
        (np.array([np.nan]), np.array([np.nan]), True),
        (np.array([1]), np.array([1.0]), False),
        (np.array([[1.0]]), np.array([1.0]), False),
        (np.array(["a"]), np.array(["a"]), True),
        (np.array(["a"]), np.array(["b"]), False),
        (np.array([True]), np.array([False]), False),
        (np.arange(200_000), np.arange(200_000), True),
        (np.arange(200_000), np.r_[np.arange(199_999), 0], False),
        (np.arange(6.0).reshape(2, 3).T, np.ascontiguousarray(np.arange(6.0).reshape(2, 3).T), True),
    ],
)
def test_arrays_are_compared_by_their_bits(one: FloatArray, other: FloatArray, expected: bool) -> None:
    assert equal_bits(one, other) is expected
    assert (unchanged(one, other) is other) is expected


def test_a_mapping_in_another_order_is_another() -> None:
    old = {"a": 1, "b": 2}
    assert unchanged({"a": 1, "b": 2}, old) is old
    assert list(unchanged({"b": 2, "a": 1}, old)) == ["b", "a"]


def _demand_doubled(scenario: Scenario) -> Scenario:
    data = scenario.model_dump()
    data["workloads"]["chat"]["streams"]["eu"]["demand"] = 77.0
    return graft(scenario, Scenario.model_validate(data))


def _taken_over(after: Problem, before: Problem) -> set[str]:
    names = [field.name for field in fields(Problem) if field.name != "made"]
    return {name for name in names if getattr(after, name) is getattr(before, name)}


def test_a_change_of_demand_leaves_every_other_table() -> None:
    scenario = random_scenario(3)
    before = build_problem(scenario)
    after = build_problem(_demand_doubled(scenario), before)
    everything = {field.name for field in fields(Problem)} - {"made"}
    assert everything - _taken_over(after, before) == {"streams"}
    changed = [field.name for field in fields(after.streams)]
    assert [n for n in changed if getattr(after.streams, n) is not getattr(before.streams, n)] == ["demand"]


def test_a_change_of_demand_leaves_matrix_and_costs() -> None:
    scenario = random_scenario(3)
    data = scenario.model_dump()
    data["workloads"]["chat"]["migration_usd_per_unit"] = 0.0
    data["workloads"]["agents"]["migration_usd_per_unit"] = 0.0
    scenario = graft(scenario, Scenario.model_validate(data))
    problem = build_problem(scenario)
    model = build_model(problem)
    after = build_model(build_problem(_demand_doubled(scenario), problem), model)
    changed = [
        field.name
        for field in fields(after.program)
        if getattr(after.program, field.name) is not getattr(model.program, field.name)
    ]
    assert set(changed) <= {"upper", "row_lower", "row_upper"}
    assert {"upper", "row_lower"} <= set(changed)
    assert after.blocks is model.blocks


def test_a_price_leaves_the_pattern_of_the_matrix_and_the_money_unit_can_be_kept() -> None:
    scenario = random_scenario(4)
    problem = build_problem(scenario)
    model = build_model(problem)
    data = scenario.model_dump()
    for offer in data["offers"]:
        price = offer["usd_per_hour"]
        offer["usd_per_hour"] = {k: v * 50 for k, v in price.items()} if isinstance(price, dict) else price * 50
    dearer = build_problem(graft(scenario, Scenario.model_validate(data)), problem)
    unit = model.program.usd_per_unit
    after = build_model(dearer, model, unit)
    assert after.program.usd_per_unit == unit
    assert after.program.column_indices is model.program.column_indices
    assert after.program.row_starts is model.program.row_starts
    assert build_model(dearer, model).program.usd_per_unit > unit
    assert _taken_over(dearer, problem) >= {"pools", "pairs", "runs", "streams", "windows"}


def test_the_same_scenario_gives_the_same_program() -> None:
    scenario = random_scenario(5)
    problem = build_problem(scenario)
    model = build_model(problem)
    again = build_problem(scenario, problem)
    assert build_model(again, model).program is model.program


def _follow(scenario: Scenario, rng: random.Random, steps: int, keep_unit: bool) -> None:
    """Edit upon edit, with a return to an earlier scenario now and then; each build starts from the one before."""
    problem = build_problem(scenario)
    model = build_model(problem)
    unit = model.program.usd_per_unit if keep_unit else None
    earlier = [scenario]
    for step in range(steps):
        scenario = rng.choice(earlier) if step % 6 == 5 else edited(scenario, rng)
        earlier.append(scenario)
        problem = build_problem(scenario, problem)
        model = build_model(problem, model, unit)
        assert_as_afresh(scenario, problem, model, unit)


@pytest.mark.parametrize("seed", range(24))
def test_after_any_edits_all_arrays_are_as_afresh(seed: int) -> None:
    _follow(random_scenario(seed), random.Random(seed), steps=25, keep_unit=seed % 2 == 0)


@pytest.mark.parametrize("name", ["tiny", "scale-up", "frontier-lab"])
def test_after_any_edits_of_a_shipped_scenario_all_arrays_are_as_afresh(name: str) -> None:
    _follow(load_scenario(shipped_folder() / f"{name}.yaml"), random.Random(name), steps=12, keep_unit=True)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_every_edit_passes_the_checks_for_some_scenario(edit: Edit) -> None:
    scenarios = [random_scenario(seed) for seed in range(12)]
    assert any(applied(edit, made, random.Random(seed)) is not made for seed, made in enumerate(scenarios))
