"""No field of a plan can be changed without a finding, but for words and what only the solver knows."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from router.audit.audit import audit
from router.plan.document import Plan

from . import hand_made

SCENARIO = hand_made.scenario()
DATA: dict[str, Any] = hand_made.plan().model_dump(mode="json")
PARTS = [key for key, value in DATA.items() if isinstance(value, list) and value and isinstance(value[0], dict)]

NOT_CHECKED = {
    ("unserved", "because"),
    ("breaches", "words"),
    ("solve", "gap_asked"),
    ("solve", "closed_by"),
    ("solve", "columns"),
    ("solve", "rows"),
    ("solve", "nonzeros"),
    ("solve", "integer_columns"),
    ("solve", "threads"),
}
"""Words, and counts of a model that the audit does not know."""


def _others(value: Any, same_field: list[Any]) -> Iterator[Any]:
    yield from [other for other in same_field if other != value][:1]
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value * 1.01 + 0.5 if isinstance(value, float) else value + 1
        case str():
            yield "2031-01-01" if value[:2] == "20" and "-" in value else "other"
        case dict():
            for key in value:
                yield value | {key: value[key] + 1}


def _changes() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for part in PARTS:
        for field in DATA[part][0]:
            for index in (0, len(DATA[part]) - 1):
                for other in _others(DATA[part][index][field], [record[field] for record in DATA[part]]):
                    changed = list(DATA[part])
                    changed[index] = changed[index] | {field: other}
                    yield part, field, DATA | {part: changed}
    for part in ("solve", "totals"):
        for field in DATA[part]:
            for other in _others(DATA[part][field], []):
                yield part, field, DATA | {part: DATA[part] | {field: other}}


def test_no_field_can_be_changed_unseen() -> None:
    seen: set[tuple[str, str]] = set()
    unseen: set[tuple[str, str]] = set()
    for part, field, data in _changes():
        try:
            plan = Plan.model_validate(data)
        except ValidationError:
            continue
        (unseen if audit(SCENARIO, plan).passed else seen).add((part, field))
    assert unseen == NOT_CHECKED
    assert len(seen) > 90


@pytest.mark.parametrize("part", PARTS)
def test_no_record_can_be_dropped_unseen(part: str) -> None:
    for index in range(len(DATA[part])):
        data = deepcopy(DATA)
        del data[part][index]
        assert not audit(SCENARIO, Plan.model_validate(data)).passed, DATA[part][index]
