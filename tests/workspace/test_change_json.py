"""Changes as JSON: back they are the same, to the type and the last bit."""

from __future__ import annotations

import json
import random
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.change.change import Change, Dates, Operation, Span
from router.workspace.change_json import change_from_json, change_to_json, from_json, to_json
from tests.change.random_changes import random_change, scenario_of
from tests.workspace.sessions import TINY

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.builds(Span, st.integers(), st.integers())
)
_KEYS = st.text() | st.dates() | st.sampled_from(["$date", "$map", "$", "$x"])
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner), max_leaves=12)


def _there_and_back(change: Change) -> Change:
    return change_from_json(json.loads(json.dumps(change_to_json(change), allow_nan=False)))


@given(_VALUES)
def test_any_value_comes_back_exactly(value: Any) -> None:
    """Compared as text: that tells 1 from 1.0 and from true, one order of keys from another, and knows NaN."""
    assert repr(from_json(json.loads(json.dumps(to_json(value), allow_nan=False)))) == repr(value)


def test_random_changes_come_back_exactly() -> None:
    for seed in range(12):
        scenario = scenario_of(seed)
        rng = random.Random(seed)
        for _ in range(150):
            change = random_change(scenario, rng)
            assert repr(_there_and_back(change)) == repr(change)


def test_what_else_a_change_may_hold() -> None:
    day = date(2026, 3, 1)
    change = Change(("pools", "p", "capacity", day), Operation.ADD, {day: 4.0}, before=date(2026, 4, 1))
    assert _there_and_back(change) == change
    limited = Change(("a", 0), Operation.SET, datetime(2026, 1, 1, 12), Dates(day, date(2027, 1, 1)))
    assert _there_and_back(limited) == limited
    numbers = Change(("a",), Operation.SET, [np.float64(0.1), np.int64(3), (1, 2)])
    assert _there_and_back(numbers).value == [0.1, 3, [1, 2]]
    part = Change(("workloads", "x"), Operation.ADD, TINY.workloads["chat"])
    assert _there_and_back(part).value == TINY.workloads["chat"].model_dump(exclude_unset=True)


@pytest.mark.parametrize("value", [object(), {1}, b"x", {"a": [1, object()]}])
def test_what_no_scenario_holds_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no value of a scenario"):
        change_to_json(Change(("a",), Operation.SET, value))


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"path": ["a"]},
        {"path": ["a"], "operation": "sett"},
        {"path": [1.5], "operation": "remove"},
        {"path": 3, "operation": "remove"},
        {"path": ["a"], "operation": "set", "value": {"$date": "soon"}},
        {"path": ["a"], "operation": "set", "value": {"$date": 3}},
        {"path": ["a"], "operation": "set", "value": {"$what": 3}},
        {"path": ["a"], "operation": "set", "value": {"$map": [[1]]}},
        {"path": ["a"], "operation": "set", "value": {"$map": [[[], 1]]}},
        {"path": ["a"], "operation": "set", "value": {"$span": 2}},
        {"path": ["a"], "operation": "set", "value": {"$date": "2026-01-01", "b": 1}},
        {"path": ["a"], "operation": "set", "dates": ["2026-01-01"]},
        {"path": ["a"], "operation": "add", "before": 4},
    ],
)
def test_what_is_no_change_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        change_from_json(entry)
