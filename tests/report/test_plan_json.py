"""plan.json: there and back, and mistakes told in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.plan.document import BillCategory, BillLine, Plan
from router.reading.problems import ScenarioError
from router.report.plan_json import plan_schema, plan_text, read_plan

from .sample_plans import empty_plan, frontier_plan, small_plan

AMOUNT = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("build", [small_plan, empty_plan, frontier_plan])
def test_round_trip(build: Callable[[], Plan]) -> None:
    text = plan_text(build())
    assert read_plan(text) == build()
    assert plan_text(read_plan(text.encode())) == text
    jsonschema.validate(json.loads(text), plan_schema())


@given(st.text(), AMOUNT, AMOUNT, st.sampled_from(BillCategory))
def test_any_name_and_number_comes_back(name: str, quantity: float, amount: float, category: BillCategory) -> None:
    line = BillLine(
        period=0,
        category=category,
        provider=None,
        item=name,
        quantity=quantity,
        unit="GB",
        usd_per_unit=0.1,
        amount_usd=amount,
    )
    plan = empty_plan().model_copy(update={"bill": [line], "notes": [name]})
    assert read_plan(plan_text(plan)) == plan


def test_keys_are_in_the_order_of_the_document() -> None:
    data = json.loads(plan_text(small_plan()))
    assert list(data) == list(Plan.model_fields)
    assert list(data["bill"][0]) == list(BillLine.model_fields)


def test_floats_are_short() -> None:
    solve = small_plan().solve.model_copy(update={"gap": 0.1 + 0.2, "gap_asked": 1e-4})
    text = plan_text(small_plan().model_copy(update={"solve": solve}))
    assert '"gap":0.30000000000000004,"gap_asked":0.0001' in text


def test_the_schema_is_valid_and_strict() -> None:
    schema = plan_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(plan_text(small_plan()))
    data["runs"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda plan: plan.update(format="router-plan/2"),
            "p.json: format: found 'router-plan/2', expected 'router-plan/1'; did you mean 'router-plan/1'?",
        ),
        (lambda plan: plan.pop("format"), "p.json: format: found nothing, expected 'router-plan/1'"),
        (
            lambda plan: plan["bill"][3].update(category="usag"),
            "p.json: bill[3].category: found 'usag', expected one of",
        ),
        (
            lambda plan: plan["runs"][0].update(pol="x"),
            "p.json: runs[0].pol: found the unknown key 'pol', expected one of",
        ),
        (lambda plan: plan["runs"][0].pop("pool"), "p.json: runs[0].pool: found nothing, expected text"),
        (
            lambda plan: plan["bill"][3].update(quantity="5"),
            "p.json: bill[3].quantity: found text '5', expected a number",
        ),
        (
            lambda plan: plan["bill"][3].update(quantity=float("nan")),
            "p.json: bill[3].quantity: found .nan, expected a finite number",
        ),
        (
            lambda plan: plan["bill"][3].update(quantity=float("inf")),
            "p.json: bill[3].quantity: found .inf, expected a finite number",
        ),
        (lambda plan: plan["bill"][3].update(period=1.5), "p.json: bill[3].period: found 1.5, expected a whole number"),
        (
            lambda plan: plan["bill"][3].update(period=77),
            "p.json: bill[3].period: found 77, expected a period from 0 to 3",
        ),
        (
            lambda plan: plan["runs"][0].update(last_period=-1),
            "p.json: runs[0].last_period: found -1, expected a period",
        ),
        (
            lambda plan: plan["runs"][1].update(first_period=3),
            "p.json: runs[1].last_period: found 2, expected at least 3",
        ),
        (
            lambda plan: plan["windows"][0].update(settled_in_period=4),
            "p.json: windows[0].settled_in_period: found 4, expected a period from 0 to 3",
        ),
        (
            lambda plan: plan["serving"][3].update(slice="peek"),
            "p.json: serving[3].slice: found text 'peek', expected one of peak, base",
        ),
        (
            lambda plan: plan["periods"][3].update(start="2027-13-01"),
            "p.json: periods[3].start: found text '2027-13-01', expected a date such as 2026-01-31",
        ),
        (
            lambda plan: plan["periods"][3].update(start="2027-04-02"),
            "p.json: periods[3].start: found the date 2027-04-02, expected 2027-04-01, where the last ends",
        ),
        (lambda plan: plan["periods"][2].update(index=0), "p.json: periods[2].index: found 0, expected 2"),
        (
            lambda plan: plan["periods"][1].update(slice_hours={"peak": 1.0}),
            "p.json: periods[1].slice_hours: found a mapping (peak), expected the slices of the first period",
        ),
        (lambda plan: plan.update(periods=[]), "p.json: periods: found an empty list, expected at least one period"),
        (lambda plan: plan.pop("solve"), "p.json: solve: found nothing, expected a mapping with the keys status"),
        (lambda plan: plan.update(bill=None), "p.json: bill: found nothing, expected a list"),
    ],
)
def test_mistakes(change: Change, line: str) -> None:
    data = json.loads(plan_text(small_plan()))
    change(data)
    with pytest.raises(ScenarioError) as caught:
        read_plan(json.dumps(data), "p.json")
    assert str(caught.value).splitlines()[0].startswith(line)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "p.json:1:1: found text that is no JSON"),
        ("nul", "p.json:1:3: found text that is no JSON"),
        ('{\n"a": ]', "p.json:2:6: found text that is no JSON"),
        ("[1]", "p.json: found a list of 1 entry, expected a plan"),
        ('"x"', "p.json: found text 'x', expected a plan"),
        (b"\xff\xfe", "p.json:1:1: found text that is no JSON"),
        ("[" * 100_000, "p.json:1:"),
        ('{"a":' * 100_000, "p.json:1:"),
        ("{}", "p.json: router_version: found nothing, expected text"),
        ('{"solve": ' + "9" * 5000 + "}", "p.json:1:"),
        ('{"solve": ' + "9" * 4200 + "}", "p.json: router_version: found nothing"),
        ('{"solve": {"a": ' + "[" * 100 + "]" * 100 + "}}", "p.json: router_version: found nothing"),
    ],
)
def test_text_that_is_no_plan(text: str | bytes, start: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_plan(text, "p.json")
    assert str(caught.value).splitlines()[0].startswith(start)


def test_many_mistakes_are_told_at_once_but_not_without_end() -> None:
    data = json.loads(plan_text(frontier_plan()))
    for line in data["bill"]:
        line["period"] = "x"
    with pytest.raises(ScenarioError) as caught:
        read_plan(json.dumps(data))
    assert len(caught.value.problems) == 50
