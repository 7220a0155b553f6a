"""Random changes of a scenario: of every part, by every operation, sensible or not."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from router.change.change import Change, Dates, Operation, Span
from router.change.tree import plain
from router.reading.key_path import KeyPath
from router.scenario.base import Part
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.series import Growth, Points, Stairs, Values
from tests.audit.random_scenarios import random_scenario

CONFIGS = Path(__file__).parents[2] / "configs"
SHIPPED = ("tiny", "scale-up", "frontier-lab")
_SERIES = (Points, Growth, Values, Stairs)
_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    0.5,
    3,
    "2 M",
    "40 %",
    "aws",
    "",
    float("nan"),
    date(2027, 1, 1),
    [],
    {},
    [1],
    {"a": 1},
)


def scenario_of(seed: int) -> Scenario:
    """Shipped scenarios and random ones by turns."""
    number = seed % 6
    return load_scenario(CONFIGS / f"{SHIPPED[number]}.yaml") if number < 3 else random_scenario(seed)


def random_change(scenario: Scenario, rng: random.Random) -> Change:
    """A change that often can be made."""
    path, value = _place(scenario, rng)
    operation = rng.choice(_fitting(value, path))
    if operation is Operation.ADD:
        return _addition(path, value, rng)
    if operation is Operation.REMOVE:
        return Change(path, operation)
    if operation is Operation.SHIFT:
        return Change(path, operation, Span(rng.randint(-15, 15), rng.randint(-40, 40)))
    dates = _dates(scenario, rng) if rng.random() < 0.5 and _is_over_time(value, path) else None
    return Change(path, operation, _value(value, operation, rng), dates)


def form(value: Any) -> str:
    """All of a value that an exact inverse must bring back: numbers to the last bit, order, which keys are given."""
    return repr(plain(value))


def _place(scenario: Scenario, rng: random.Random) -> tuple[KeyPath, Any]:
    value: Any = scenario
    path: KeyPath = ()
    while True:
        if isinstance(value, Part) and not (isinstance(value, _SERIES) and rng.random() < 0.6):
            step = rng.choice([*type(value).model_fields, *sorted(value.model_fields_set)])
            if value is scenario and rng.random() < 0.7:
                step = rng.choice(["workloads", "pools", "offers", "contracts"])
            path, value = (*path, step), getattr(value, step)
        elif isinstance(value, Mapping) and value and rng.random() < 0.8:
            step = rng.choice(list(value))
            path, value = (*path, step), value[step]
        elif isinstance(value, list) and value and rng.random() < 0.8:
            index = rng.randrange(len(value))
            path, value = (*path, index), value[index]
        else:
            return path, value
        if isinstance(value, Part) and rng.random() < 0.15:
            return path, value


def _is_over_time(value: Any, path: KeyPath) -> bool:
    return isinstance(value, _SERIES) or path[-1] in ("demand", "capacity", "spot_capacity", "usd_per_hour")


def _fitting(value: Any, path: KeyPath) -> list[Operation]:
    if value is None:
        return [Operation.SET, Operation.ADD]
    if isinstance(value, bool):
        return [Operation.SET, Operation.REMOVE]
    if isinstance(value, (int, float, *_SERIES)) or _is_over_time(value, path):
        return [Operation.SET, Operation.SCALE, Operation.INCREASE, Operation.SHIFT, Operation.REMOVE]
    if isinstance(value, date):
        return [Operation.SHIFT, Operation.SET, Operation.REMOVE]
    if isinstance(value, (list, Mapping)):
        return [Operation.ADD, Operation.ADD, Operation.SET, Operation.SCALE, Operation.REMOVE]
    if isinstance(value, Part):
        return [Operation.SET, Operation.REMOVE, Operation.SHIFT]
    return [Operation.SET, Operation.SET, *Operation]


def _addition(path: KeyPath, value: Any, rng: random.Random) -> Change:
    if isinstance(value, Mapping) and value:
        like = rng.choice(list(value))
        key = like + timedelta(days=rng.randint(1, 50)) if isinstance(like, date) else f"{like} again"
        before = str(rng.choice(list(value))) if rng.random() < 0.5 else None
        return Change((*path, key), Operation.ADD, plain(value[like]), before=before)
    if isinstance(value, list) and value:
        return Change((*path, rng.randint(0, len(value))), Operation.ADD, plain(rng.choice(value)))
    return Change(path, Operation.ADD, rng.choice(_ODD))


def _value(value: Any, operation: Operation, rng: random.Random) -> Any:
    if rng.random() < 0.1:
        return rng.choice(_ODD)
    if operation is Operation.SCALE:
        return rng.choice([0.5, 1.1, 2, "120 %", 0, -1])
    if operation is Operation.INCREASE:
        return rng.choice([1, 0.25, -0.1, "1 k", "5 %"])
    if isinstance(value, _SERIES):
        return rng.choice([plain(value), 12.5, {"start": 3, "growth_per_year": "40 %"}])
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return rng.choice([value, value * 0.9, value + 1, 0])
    if isinstance(value, date):
        return value + timedelta(days=rng.randint(-100, 100))
    return rng.choice([plain(value), None])


def _dates(scenario: Scenario, rng: random.Random) -> Dates:
    start = scenario.horizon.start + timedelta(days=rng.randint(-60, 400))
    return Dates(start, start + timedelta(days=rng.randint(1, 400)))
