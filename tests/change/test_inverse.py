"""Any change that can be made is taken back exactly, and goes no further than it says."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from router.change.apply import apply, apply_all
from router.change.change import Change, Operation
from router.change.error import ChangeError
from router.change.tree import plain
from router.reading.key_path import KeyPath
from router.scenario.base import Part
from router.scenario.checks.every import findings
from router.scenario.scenario import Scenario
from tests.change.random_changes import form, random_change, scenario_of


@pytest.mark.parametrize("seed", range(12))
def test_random_changes_are_taken_back_exactly(seed: int) -> None:
    """And leave a scenario that its file would give, in which all else is the same objects."""
    rng = random.Random(seed)
    scenario = scenario_of(seed)
    made: Counter[Operation] = Counter()
    refused = 0
    told: list[str] = []
    for _ in range(80):
        change = random_change(scenario, rng)
        before = form(scenario)
        try:
            applied = apply(scenario, change)
        except ChangeError as error:
            lines = str(error).splitlines()
            refused += bool(lines) and all(line.startswith("change 1: ") and ": found " in line for line in lines)
            told.append(str(error))
            continue
        made[change.operation] += 1
        _is_valid(applied.scenario)
        _all_else_is_the_same(scenario, applied.scenario, change.path)
        back = apply_all(applied.scenario, applied.inverse)
        assert form(back.scenario) == before
        assert back.scenario == scenario
        assert form(apply_all(back.scenario, back.inverse).scenario) == form(applied.scenario)
        if change.dates is None and change.operation in (Operation.SET, Operation.REMOVE):
            assert form(applied.scenario) == form(Scenario.model_validate(_in_plain_data(scenario, change)))
        scenario = applied.scenario
    assert made.total() >= 12
    assert refused == len(told) >= 5, told


@pytest.mark.parametrize("seed", range(4))
def test_groups_of_random_changes_are_taken_back_exactly(seed: int) -> None:
    """Several changes as one, their inverses in reverse."""
    rng = random.Random(1000 + seed)
    start = scenario_of(seed)
    changes: list[Change] = []
    scenario = start
    while len(changes) < 15:
        change = random_change(scenario, rng)
        try:
            scenario = apply(scenario, change).scenario
        except ChangeError:
            continue
        changes.append(change)
    applied = apply_all(start, changes)
    assert form(applied.scenario) == form(scenario)
    assert form(apply_all(applied.scenario, applied.inverse).scenario) == form(start)


def _is_valid(scenario: Scenario) -> None:
    assert not list(findings(scenario))
    assert form(Scenario.model_validate(plain(scenario))) == form(scenario)


def _all_else_is_the_same(one: Any, other: Any, path: KeyPath) -> None:
    """All that the path passes by is the same objects; a list's entries as far as it has them in place."""
    for step in path:
        if type(one) is not type(other):
            return
        if isinstance(one, Part):
            for name, held in one:
                if name != step and isinstance(held, (Part, dict, list)) and name in one.model_fields_set:
                    assert getattr(other, name) is held
            one, other = getattr(one, str(step)), getattr(other, str(step))
        elif isinstance(one, dict):
            key = next((name for name in one if str(name) == str(step)), None)
            for name, held in one.items():
                if name != key and isinstance(held, Part):
                    assert other[name] is held
            if key is None or key not in other:
                return
            one, other = one[key], other[key]
        elif isinstance(one, list):
            assert isinstance(step, int)
            kept = [held for index, held in enumerate(one) if index != step and isinstance(held, Part)]
            assert all(any(held is entry for entry in other) for held in kept)
            if len(one) != len(other):
                return
            one, other = one[step], other[step]


def _in_plain_data(scenario: Scenario, change: Change) -> Any:
    """The file of a scenario with a value set or a key removed."""
    data = plain(scenario)
    holder, typed = data, scenario
    for step in change.path[:-1]:
        below = getattr(typed, str(step)) if isinstance(typed, Part) else typed[step]
        if isinstance(holder, dict) and holder.get(step) is None:
            holder[step] = {} if below is None else plain(below)
        holder, typed = holder[step], below
    if change.operation is Operation.REMOVE:
        del holder[change.path[-1]]
    else:
        holder[change.path[-1]] = change.value
    return data
