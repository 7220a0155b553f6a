"""Records made without validation are those that validation would have made."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, ValidationError

from router.plan.document import Plan, RentalRecord, TierRecord
from router.plan.making import named, records_of
from tests.plan.random_scenarios import documents
from tests.scenarios import scenario
from tests.solving import answer


def shape(value: Any) -> Any:
    """A value with the exact type of everything in it, and the order of fields."""
    if isinstance(value, BaseModel):
        fields = {name: shape(part) for name, part in value.__dict__.items()}
        return type(value), list(fields.items()), value.model_extra
    if isinstance(value, list):
        return [shape(part) for part in value]
    if isinstance(value, dict):
        return [(name, shape(part)) for name, part in value.items()]
    return type(value), value


@given(parts=documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_is_what_validation_makes_of_it(parts: dict[str, Any]) -> None:
    plan = answer(scenario(**parts)).plan
    for validated in (Plan.model_validate(plan.model_dump()), Plan.model_validate_json(plan.model_dump_json())):
        assert validated == plan
        assert shape(validated) == shape(plan)


def rentals(**changes: Any) -> list[RentalRecord]:
    columns: dict[str, Any] = {
        "pool": ["a", "b"],
        "purchase_option": "spot",
        "contract": None,
        "period": np.array([0, 3]),
        "slice": ["all", "all"],
        "instances": np.array([1.0, 2.5]),
        **changes,
    }
    return records_of(RentalRecord, 2, **columns)


def test_records_of_columns_behave_like_any() -> None:
    made = rentals()
    expected = RentalRecord(pool="b", purchase_option="spot", contract=None, period=3, slice="all", instances=2.5)
    assert made[1] == expected
    assert shape(made[1]) == shape(expected)
    assert repr(made[1]) == repr(expected)
    assert hash(made[1]) == hash(expected)
    assert made[1].model_dump() == expected.model_dump()
    assert made[1].model_fields_set == expected.model_fields_set
    assert pickle.loads(pickle.dumps(made[1])) == expected
    assert copy.deepcopy(made[1]) == expected
    assert made[1].model_copy(update={"pool": "c"}).pool == "c"
    with pytest.raises(ValidationError, match="frozen"):
        made[1].pool = "c"


def test_no_records_of_no_rows() -> None:
    empty = np.zeros(0)
    assert records_of(RentalRecord, 0, **dict.fromkeys(RentalRecord.model_fields, empty)) == []


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="RentalRecord: instances is not finite"):
        rentals(instances=np.array([1.0, bad]))


def test_a_field_more_or_less_is_refused() -> None:
    with pytest.raises(ValueError, match=r"RentalRecord: fields \['colour'\]"):
        rentals(colour=["red", "red"])
    with pytest.raises(ValueError, match=r"TierRecord: fields .*'contract'"):
        records_of(TierRecord, 0)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"RentalRecord: columns of \[1, 2\] values for 2 records"):
        rentals(pool=["a"])


def test_names_of_indices() -> None:
    assert named(("a", "b"), np.array([1, -1, 0])) == ["b", None, "a"]


@pytest.mark.parametrize("change", [{"quantity": "many"}, {"colour": "red"}, {"spot": "perhaps"}])
def test_what_is_read_is_still_validated(change: dict[str, Any]) -> None:
    plan = answer(scenario()).plan
    data = plan.model_dump()
    data["serving"][0].update(change)
    with pytest.raises(ValidationError):
        Plan.model_validate(data)
