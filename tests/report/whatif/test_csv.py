"""Answers as CSV."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest

from router.answer.answer import Answer
from router.report.whatif.csv import cases_csv, causes_csv, comparison_csv
from router.whatif.case import Case
from tests.answer.made_up import answered, full_answer, question


@cache
def made_up() -> Answer:
    return full_answer(count=20)


def read(text: str) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(text)))
    assert all(len(row) == len(rows[0]) for row in rows)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_line_for_each_whatif() -> None:
    rows = {row["whatif"]: row for row in read(comparison_csv(made_up()))}
    assert list(rows) == [case.name for case in made_up().whatifs]
    base, deal, broken = rows["base"], rows["aws-deal"], rows["impossible"]
    assert base["difference_usd"] == "0.00"
    assert float(deal["difference_usd"]) == pytest.approx(float(deal["cost_usd"]) - float(base["cost_usd"]))
    assert deal["verdict"] == "dearer"
    assert rows["spot-doubles"]["proved"] == "no"
    assert float(deal["shortfall_aws-edp/yearly_usd"]) == pytest.approx(0.71e9)
    years = sum(float(deal[f"cash_{year}_usd"]) for year in (2026, 2027, 2028))
    assert years == pytest.approx(float(deal["cash_usd"]))
    assert broken["cost_usd"] == ""
    assert broken["failure"] == "the search found no plan in 5 s"


def test_a_line_for_each_case_with_its_factors() -> None:
    rows = read(cases_csv(made_up()))
    assert len(rows) == len(made_up().answered)
    by_name = {row["case"]: row for row in rows}
    assert by_name["base"]["factor_price"] == ""
    assert by_name["oracle-price/1"]["factor_price"] == "0.8"
    assert by_name["oracle-price/1"]["group"] == "oracle-price"
    assert by_name["uncertain/3"]["failure"]
    assert "not-yet" not in by_name


def test_causes_add_up_to_the_differences() -> None:
    sums: dict[str, float] = {}
    for row in read(causes_csv(made_up())):
        sums[row["whatif"]] = sums.get(row["whatif"], 0.0) + float(row["change_usd"])
        assert row["provider"] in ("", "aws", "azure", "oracle")
    differences = {row["whatif"]: row["difference_usd"] for row in read(comparison_csv(made_up()))}
    assert sums == {name: pytest.approx(float(differences[name]), abs=0.2) for name in sums}
    assert len(sums) == 5


def test_names_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    cases = (Case("base", "=1+1"), Case("@evil", "-2+3\nnext"))
    answer = Answer(question(whatifs=cases), {case.name: answered(case.name) for case in cases})
    rows = read(comparison_csv(answer))
    assert rows[0]["title"] == "'=1+1"
    assert rows[1]["whatif"] == "'@evil"
    assert rows[1]["title"] == "'-2+3\\nnext"


def test_nothing_planned() -> None:
    answer = Answer(question(), {})
    assert len(comparison_csv(answer).splitlines()) == 1
    assert len(cases_csv(answer).splitlines()) == 1
    assert len(causes_csv(answer).splitlines()) == 1
