"""`router-whatif/1`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest

from router.answer.answer import Answer
from router.report.whatif.document.answers import WhatIfDocument
from router.report.whatif.json import whatif_schema, whatif_text
from tests.answer.made_up import full_answer, question


@cache
def text() -> str:
    return whatif_text([full_answer(count=40)])


@cache
def answer() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text())["answers"][0]
    return found


def test_it_keeps_to_its_schema() -> None:
    schema = whatif_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(text()), schema)


def test_it_reads_back_to_the_same_text() -> None:
    assert WhatIfDocument.model_validate_json(text()).model_dump_json(indent=1) + "\n" == text()


def test_the_same_answers_give_the_same_text() -> None:
    assert whatif_text([full_answer(count=40)]) == text()


def test_version_and_every_case() -> None:
    document = json.loads(text())
    assert document["format"] == "router-whatif/1"
    known = full_answer(count=40).question
    assert [case["name"] for case in answer()["cases"]] == [case.name for case in known.cases]
    assert answer()["failed"] == ["impossible", "price-and-slip/7", "uncertain/3"]
    assert answer()["not_planned"] == ["not-yet"]


def test_figures_of_whatifs_are_in_full_and_of_others_in_short() -> None:
    for case in answer()["cases"]:
        figures = case["figures"]
        if figures is None:
            assert case["failure"] or case["name"] == "not-yet"
        elif case["group"] is None:
            assert sum(part["usd"] for part in figures["causes"]) == pytest.approx(figures["cost_usd"])
            assert sum(figures["cash_by_period_usd"]) == pytest.approx(figures["cash_usd"], rel=1e-2)
            assert len(figures["cash_by_period_usd"]) == len(answer()["question"]["period_boundaries"]) - 1
        else:
            assert figures["causes"] is None


def test_comparisons_agree_with_the_cases() -> None:
    costs = {case["name"]: case["figures"]["cost_usd"] for case in answer()["cases"] if case["figures"]}
    assert len(answer()["comparisons"]) == 5
    for each in answer()["comparisons"]:
        assert each["cost_usd"]["change"] == costs[each["after"]] - costs["base"]
        assert sum(part["change_usd"] for part in each["causes"]) == pytest.approx(each["cost_usd"]["change"], abs=1)
        assert each["proof"]["least_usd"] <= each["cost_usd"]["change"] <= each["proof"]["most_usd"]


def test_sweeps_have_what_their_kind_gives() -> None:
    sweeps = {sweep["name"]: sweep for sweep in answer()["sweeps"]}
    assert sweeps["each"]["tornado"][0]["factor"] == "inference"
    assert sweeps["oracle-price"]["curve_shape"] == "rising"
    assert len(sweeps["three"]["grids"]) == 3
    (grid,) = sweeps["price-and-slip"]["grids"]
    assert sum(usd is None for row in grid["difference_usd"] for usd in row) == 1
    assert sweeps["price-and-slip"]["failed"] == 1
    assert [sweeps["paths"][key] for key in ("tornado", "curve", "grids")] == [None, None, None]


def test_draws_count_what_they_are_from() -> None:
    (draws,) = answer()["draws"]
    assert (draws["asked"], draws["count"], draws["failed"], draws["not_planned"]) == (40, 39, 1, 0)
    assert draws["cost_usd"]["count"] == 39
    assert list(draws["cost_usd"]["percentiles"]) == ["5", "25", "50", "75", "95"]
    assert set(draws["fan"]["cash_usd"]) == {"5", "25", "50", "75", "95"}


def test_break_evens() -> None:
    found = {each["name"]: each for each in answer()["break_evens"]}
    assert found["discount-worth-it"]["value"] == pytest.approx(0.117, abs=0.001)
    assert found["never"]["value"] is None
    assert found["never"]["cheaper_throughout"] == "second"
    assert found["never"]["words"][0].startswith("No break-even")


def test_nothing_planned() -> None:
    document = json.loads(whatif_text([Answer(question(), {})]))
    jsonschema.validate(document, whatif_schema())
    assert document["answers"][0]["cases"][0]["figures"] is None


def test_several_answers_in_one_document() -> None:
    document = json.loads(whatif_text([full_answer(count=3), Answer(question(), {})]))
    assert len(document["answers"]) == 2
