"""Whatever parses as a plan has a report: never an exception, never a finding of two lines."""

from __future__ import annotations

import re
import warnings
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from router.audit.audit import AuditReport, audit
from router.plan.document import Plan, Record

from . import hand_made

SCENARIO = hand_made.scenario()
DATA: dict[str, Any] = hand_made.plan().model_dump(mode="json")
PARTS = [key for key, value in DATA.items() if isinstance(value, list) and value and isinstance(value[0], dict)]

FLOATS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0.0, -1.0, 0.5, 5e-324, 1e15, 1e308])
)
INTEGERS = st.one_of(st.integers(-3, 40), st.sampled_from([10**30, -(10**30), 10**400]))
TEXTS = st.one_of(st.sampled_from(["azure", "chat", "us", "macc", "peak", "", "\n", "[']"]), st.text(max_size=3))
DATES = st.one_of(st.dates(), st.dates(date(2025, 6, 1), date(2027, 8, 1))).map(date.isoformat)


def _like(value: Any) -> st.SearchStrategy[Any]:
    """Values that may stand where this one stands."""
    match value:
        case bool():
            return st.booleans()
        case int():
            return INTEGERS
        case float():
            return FLOATS
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return DATES
        case str():
            return TEXTS
        case dict():
            return st.dictionaries(st.one_of(st.sampled_from(sorted(value) or [""]), TEXTS), FLOATS, max_size=3)
        case _:
            return st.one_of(st.none(), TEXTS, INTEGERS, DATES)


def _report(plan: Plan) -> AuditReport:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = audit(SCENARIO, plan)
    assert report.passed == (not report.findings)
    assert report.checks > 0
    for finding in report.findings:
        assert len(str(finding).splitlines()) == 1
    return report


@st.composite
def edited_plans(draw: st.DrawFn) -> dict[str, Any]:
    """The hand-made plan with some values of some records changed, and records dropped, doubled or moved."""
    data = deepcopy(DATA)
    for _ in range(draw(st.integers(1, 6))):
        part = draw(st.sampled_from(PARTS))
        if not data[part]:
            continue
        index = draw(st.integers(0, len(data[part]) - 1))
        match draw(st.sampled_from(["change", "change", "change", "drop", "double", "empty"])):
            case "change":
                field = draw(st.sampled_from(sorted(data[part][index])))
                others = st.sampled_from([record[field] for record in data[part]])
                data[part][index][field] = draw(st.one_of(others, _like(data[part][index][field])))
            case "drop":
                del data[part][index]
            case "double":
                data[part].append(deepcopy(data[part][index]))
            case _:
                data[part] = []
    for part in ("solve", "totals", "scenario"):
        if draw(st.booleans()):
            field = draw(st.sampled_from(sorted(data[part])))
            data[part][field] = draw(_like(data[part][field]))
    return data


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(edited_plans())
def test_an_edited_plan_has_a_report(data: dict[str, Any]) -> None:
    try:
        plan = Plan.model_validate(data)
    except ValidationError:
        return
    _report(plan)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_each_value_may_be_anything_its_type_allows(part: str, data: st.DataObject) -> None:
    changed = deepcopy(DATA)
    record: dict[str, Any] = data.draw(st.sampled_from(changed[part]))
    kind: type[Record] = Plan.model_fields[part].annotation.__args__[0]  # type: ignore[union-attr]
    field = data.draw(st.sampled_from(sorted(record)))
    drawn = data.draw(st.from_type(kind.model_fields[field].annotation))  # type: ignore[arg-type]
    try:
        record[field] = drawn
        plan = Plan.model_validate(changed)
    except ValidationError:
        return
    _report(plan)


def test_an_empty_plan_has_a_report() -> None:
    data = deepcopy(DATA) | {part: [] for part in PARTS}
    report = _report(Plan.model_validate(data))
    rules = {finding.rule for finding in report.findings}
    assert {"periods", "demand_met", "one_run_per_job", "commitment_window", "price_tiers", "totals"} <= rules


def test_a_plan_of_another_scenario_has_a_report() -> None:
    other = SCENARIO.model_copy(
        update={
            "pools": {"elsewhere": next(iter(SCENARIO.pools.values()))},
            "contracts": {},
            "workloads": {"other": SCENARIO.workloads["chat"]},
            "limits": type(SCENARIO.limits)(),
        }
    )
    report = audit(other, hand_made.plan())
    assert "references" in {finding.rule for finding in report.findings}
